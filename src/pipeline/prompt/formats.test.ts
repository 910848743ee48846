import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passageBudget } from './format.ts';
import { chat, plainInstruction } from './formats.ts';
import { buildPrompt, promptIds, type PromptPassage } from './prompt.ts';

/** One id a word, one a line's end. */
const encode = (text: string) => [...text.matchAll(/\n|\S+/g)].map(([word]) => word.length);

const words = (n: number, word: string) => Array.from({ length: n }, () => word).join(' ');
const passages: PromptPassage[] = [
  { number: 1, context: 'Rules', text: 'Dogs  may\nstay.' },
  { number: 4, context: '', text: 'Cats may not.' },
];
const instruction =
  'Answer the question in a sentence, from the passages only. ' +
  'If the passages do not answer it, say: Not in the documents.';

it('asks T5 in plain words, and nobody to cite', () => {
  expect(buildPrompt(passages, 'May a dog stay?', encode, plainInstruction).text).toBe(
    `${instruction}\n\nPassage 1: Rules: Dogs may stay.\n\nPassage 4: Cats may not.\n\n` +
      'Question: May a dog stay?\nAnswer:</s>',
  );
});

it('asks Qwen in ChatML', () => {
  expect(buildPrompt(passages, 'May a dog stay?', encode, chat).text).toBe(
    `<|im_start|>system\n${instruction}<|im_end|>\n<|im_start|>user\n` +
      'Passage 1: Rules: Dogs may stay.\n\nPassage 4: Cats may not.\n\n' +
      'Question: May a dog stay?<|im_end|>\n<|im_start|>assistant\n',
  );
});

describe('the encoder of T5', () => {
  const ofWords = fc.nat({ max: 700 }).map((n) => words(n, 'a'));

  it('is never given more than it was trained on, and what it is not given is told', () => {
    fc.assert(
      fc.property(fc.array(ofWords, { maxLength: 4 }), ofWords, (texts, question) => {
        const given = texts.map((text, i) => ({ number: i + 1, context: '', text }));
        const prompt = buildPrompt(given, question, encode, plainInstruction);
        expect(promptIds(prompt.pieces).length).toBeLessThanOrEqual(512);
        const read = given.slice(0, prompt.passages).map(({ text, number }) => `Passage ${number}: ${text}`);
        const shown = prompt.text.split('\n\n').slice(1, 1 + read.length);
        expect(shown.slice(1)).toEqual(read.slice(1));
        expect((shown[0] ?? '').length + prompt.passageLeftOut).toBe((read[0] ?? '').length);
        const asked = /Question: (.*)\nAnswer:/.exec(prompt.text)![1]!;
        expect(asked.length + prompt.questionLeftOut).toBe(question.length);
      }),
    );
  });

  it('has more room for passages the shorter the question is', () => {
    const given = [1, 2, 3].map((number) => ({ number, context: '', text: words(200, 'p') }));
    expect(buildPrompt(given, 'Why?', encode, plainInstruction).passages).toBe(2);
    expect(buildPrompt(given, words(120, 'why'), encode, plainInstruction).passages).toBe(1);
  });
});

it('counts the characters of a first passage that do not fit', () => {
  const text = words(1000, 'word');
  const prompt = buildPrompt([{ number: 1, context: '', text }], 'Why?', encode, chat);
  const kept = /Passage 1: (.*)\n\nQuestion/.exec(prompt.text)![1]!;
  expect(prompt.passageLeftOut).toBe(text.length - kept.length);
  expect([...prompt.pieces.system, ...prompt.pieces.passages.flat()].length).toBeLessThanOrEqual(passageBudget);
});

it('breaks every control token of T5, also those that breaking could join, and changes nothing else', () => {
  const names = ['</s>', '<pad>', '<unk>', '<extra_id_0>', '<extra_id_99>'];
  const piece = fc.oneof(fc.constantFrom(...names, '<', '>', '/s', 'pad', ' '), fc.string({ maxLength: 4 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const broken = plainInstruction.breakUp(pieces.join(''));
      for (const name of names) expect(broken).not.toContain(name);
    }),
  );
  expect(plainInstruction.breakUp('a < b > c, <b>bold</b>')).toBe('a < b > c, <b>bold</b>');
});
