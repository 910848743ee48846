import { describe, expect, it } from 'vitest';
import type { Passage } from '../pipeline/document.ts';
import type { ExplainedScore } from '../pipeline/index/interface.ts';
import type { Shelf } from './shelf.ts';
import { takeApart } from './take-apart.ts';

const passage: Passage = {
  ...{ id: 'a1', path: 'lease.txt', start: 5, end: 20, context: 'Lease', lead: 'Lease', tokens: 5 },
  text: 'It is 900 euros.',
};
const entries = [{ path: 'lease.txt', passages: [passage] }];
const explained: ExplainedScore = { score: 0, terms: [], length: 5, meanLength: 5, passages: 1 };

function shelf({ embedder = Promise.resolve({}) as Promise<unknown>, held = true } = {}) {
  const embedded: string[] = [];
  const vector = Float32Array.of(1, 0);
  const embedders = {
    question: (text: string) => (embedded.push(text), Promise.resolve({ vector, leftOut: 0 })),
    tokens: (input: string) => (embedded.push(input), Promise.resolve({ input })),
  };
  const given = { embedder, embedders, explain: () => Promise.resolve(held ? explained : null) };
  return { embedded, given: given as unknown as Pick<Shelf, 'embedder' | 'embedders' | 'explain'> };
}

describe('a passage taken apart', () => {
  it('is the one that was embedded, not the longer one that stood in the prompt', async () => {
    const { given, embedded } = shelf();
    const around = { ...passage, start: 0, end: 90, text: 'Of the deposit. It is 900 euros. It is paid in May.' };
    const apart = await takeApart(given, 'How much?', around, entries);
    expect(apart.passage).toBe(passage);
    expect(apart.words).toBe(explained);
    expect(apart.meaning).toMatchObject({ state: 'read', tokens: { input: 'Lease\nIt is 900 euros.' } });
    expect(embedded).toEqual(['How much?', 'Lease\nIt is 900 euros.']);
  });

  it('has its words also without an embedder, and says why it has no more', async () => {
    const missing = Promise.reject(new Error('It is not on the server.'));
    const apart = await takeApart(shelf({ embedder: missing }).given, 'How much?', passage, entries);
    expect(apart.words).toBe(explained);
    expect(apart.meaning).toEqual({ state: 'missing', why: 'The embedder is not here, so nothing can be embedded.' });
  });

  it('is told to be gone where the document or the index does not hold it any more', async () => {
    await expect(takeApart(shelf().given, 'How much?', passage, [])).rejects.toThrow('no longer there');
    const { given } = shelf({ held: false });
    await expect(takeApart(given, 'How much?', passage, entries)).rejects.toThrow('Ask again');
  });
});
