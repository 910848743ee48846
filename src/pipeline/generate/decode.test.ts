import { expect, it } from 'vitest';
import { decode, type Beginning } from './decode.ts';

/** One small letter a token; 26 ends. */
const codec = {
  encode: (text: string) => Array.from(text, (letter) => letter.charCodeAt(0) - 97),
  decode: (ids: number[]) => String.fromCharCode(...ids.map((id) => id + 97)),
};

/** A model that writes this text, whatever it reads, and what it was given to read. */
function writing(text: string, parts: readonly (readonly number[])[] = [[7]]) {
  const read: (readonly number[])[] = [];
  let released = 0;
  const ids = [...codec.encode(text), 26];
  const begun: Beginning = {
    parts,
    reader: {
      read: (given) => {
        read.push(given);
        const next = ids[read.length - parts.length];
        return Float32Array.from({ length: 27 }, (_, id) => (id === next ? 1 : 0));
      },
      release: () => released++,
    },
  };
  return { begun, read, released: () => released };
}

const options = { codec, ends: [26], maxTokens: 100 };

it('reads the prompt in its parts, then each token that it wrote, and lets go of all', async () => {
  const { begun, read, released } = writing('cab', [[1, 2], [3, 4], [5]]);
  const events: string[] = [];
  const onText = (piece: string) => events.push(piece);
  const written = await decode(begun, { ...options, onRead: () => events.push(`read ${read.length}`), onText });
  expect(written).toEqual({ text: 'cab', ids: [2, 0, 1], ended: 'end-token' });
  expect(read).toEqual([[1, 2], [3, 4], [5], [2], [0], [1]]);
  expect(events).toEqual(['read 3', 'c', 'a', 'b']);
  expect(released()).toBe(1);
});

it('hears Stop between two parts of the prompt', async () => {
  const { begun, read, released } = writing('cab', [[1], [2], [3]]);
  const stop = new AbortController();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => stop.abort();
  port2.postMessage('stop');
  const written = await decode(begun, { ...options, signal: stop.signal });
  port1.close();
  expect(written).toEqual({ text: '', ids: [], ended: 'stopped' });
  expect(read.length).toBeLessThan(3);
  expect(released()).toBe(1);
});

it('ends when it only repeats itself', async () => {
  const { ids, ended } = await decode(writing('the cat '.replaceAll(' ', 'x').repeat(12)).begun, options);
  expect(ended).toBe('repetition');
  expect(ids.length).toBeLessThan(40);
});

it('lets go also where the model fails', async () => {
  const { begun, released } = writing('cab');
  const failing: Beginning = {
    ...begun,
    reader: { ...begun.reader, read: () => Promise.reject(new Error('The model failed.')) },
  };
  await expect(decode(failing, options)).rejects.toThrow('The model failed.');
  expect(released()).toBe(1);
});
