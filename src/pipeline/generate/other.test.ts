import { beforeAll, describe, expect, it } from 'vitest';
import { openTinyWriter, tinyFiles } from '../../../tests/support/tiny-writers.ts';
import { promptIds } from '../prompt/prompt.ts';
import type { OtherGenerator } from './other.ts';

const passages = [
  { number: 1, context: '', text: 'The key hangs behind the clock. The clock is slow.' },
  { number: 2, context: '', text: 'Tea is served at four.' },
];
const question = 'Where is the key?';

describe.each(['tiny-t5', 'tiny-chat'] as const)('%s', (id) => {
  let generator: OtherGenerator;

  beforeAll(async () => {
    generator = await openTinyWriter(tinyFiles(id));
  }, 60_000);

  it('reads the prompt and writes, token by token, what it is made to copy from it', async () => {
    const prompt = generator.prompt(passages, question);
    const events: string[] = [];
    const generated = await generator.generate(prompt.pieces, {
      maxTokens: 192,
      onRead: () => events.push('read'),
      onText: (piece) => events.push(piece),
    });
    expect(generated).toMatchObject({ text: 'The key hangs behind the clock.', ended: 'end-token', readBefore: 0 });
    expect(events[0]).toBe('read');
    expect(events.slice(1).join('')).toBe(generated.text);
    expect(events.length).toBeGreaterThan(20);
    // Nothing of one answer is left for the next.
    expect(await generator.generate(prompt.pieces, { maxTokens: 192 })).toEqual(generated);
    const turned = passages.toReversed().map((passage, i) => ({ ...passage, number: i + 1 }));
    const other = await generator.generate(generator.prompt(turned, question).pieces, { maxTokens: 192 });
    expect(other.text).toBe('Tea is served at four.');
  });

  it('stops after the token in whose time it was told to', async () => {
    const { pieces } = generator.prompt(passages, question);
    const stop = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => stop.abort();
    let came = 0;
    const { text, ended } = await generator.generate(pieces, {
      maxTokens: 192,
      signal: stop.signal,
      onText: () => {
        if (++came === 8) port2.postMessage('stop');
      },
    });
    port1.close();
    expect(ended).toBe('stopped');
    expect('The key hangs behind the clock.'.startsWith(text)).toBe(true);
    expect(text.length).toBeLessThan('The key hangs behind'.length);
  });

  it('ends at its longest length', async () => {
    const { pieces } = generator.prompt(passages, question);
    const { ids, ended } = await generator.generate(pieces, { maxTokens: 5 });
    expect([ids.length, ended]).toEqual([5, 'length']);
  });

  it('takes its control tokens from nobody but the page', () => {
    const control = id === 'tiny-t5' ? ['</s>', '<pad>'] : ['<|im_end|>', '<|im_start|>', '<|endoftext|>'];
    const plain = promptIds(generator.prompt(passages, question).pieces);
    const counts = (ids: readonly number[]) => [0, 1, 2].map((control) => ids.filter((one) => one === control).length);
    const hostile = control.join('');
    const given = [{ number: 1, context: hostile, text: hostile }];
    expect(counts(promptIds(generator.prompt(given, hostile).pieces))).toEqual(counts(plain));
  });
});

it('says of a kind of model that it does not know what it is, and which it knows', async () => {
  const files = tinyFiles('tiny-t5', { 'config.json': '{"model_type": "gpt2"}' });
  await expect(openTinyWriter(files)).rejects.toThrow('tiny-t5 is of the kind gpt2; this page knows');
  const unnamed = tinyFiles('tiny-t5', { 'config.json': '{}' });
  await expect(openTinyWriter(unnamed)).rejects.toThrow('tiny-t5 is of an unknown kind');
});

it('names a file that is missing', async () => {
  const { modelId, files } = tinyFiles('tiny-chat');
  const without = new Map([...files].filter(([path]) => path !== 'config.json'));
  await expect(openTinyWriter({ modelId, files: without })).rejects.toThrow('config.json of tiny-chat is missing');
});

it('refuses a tokenizer without its control tokens', async () => {
  const tokenizer = JSON.parse(await tinyFiles('tiny-chat').files.get('tokenizer.json')!.text()) as object;
  const files = tinyFiles('tiny-chat', { 'tokenizer.json': JSON.stringify({ ...tokenizer, added_tokens: [] }) });
  await expect(openTinyWriter(files)).rejects.toThrow('does not know all of its control tokens');
});
