/** Cases run on a desk of the real stages, but for a fake embedder and a fake model. */
import { describe, expect, it } from 'vitest';
import type { AnswerCase, RankingCase } from '../lab/gallery/case.ts';
import { cases } from '../lab/gallery/cases.ts';
import { chunk, type ChunkSettings } from '../pipeline/chunk/chunk.ts';
import { estimateTokens } from '../pipeline/chunk/estimate.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import { Collection } from '../pipeline/index/collection.ts';
import { FlatIndex } from '../pipeline/index/flat.ts';
import { Bm25Index } from '../pipeline/index/keyword.ts';
import { readDocument } from '../pipeline/read/read.ts';
import { searchCollection, type SearchOptions } from '../pipeline/retrieve/search.ts';
import { modelReading } from '../../tests/support/model.ts';
import { normalised } from '../../tests/support/vectors.ts';
import { runCase, type GalleryDesk, type GalleryStep } from './gallery.ts';
import type { Shelf } from './shelf.ts';
import type { Writers } from './writers.ts';

const dimensions = 26;
/** Characters that the fake embedder reads. */
const limit = 400;

/** Letters counted: enough to be the same for the same text. */
function letters(text: string): Float32Array {
  const counts = Array.from({ length: dimensions }, () => 0.01);
  for (const letter of text.toLowerCase()) if (/[a-z]/.test(letter)) counts[letter.charCodeAt(0) - 97]! += 1;
  return normalised(counts);
}

/** What `runCase` asks of a shelf, on the real collection. */
function fakeShelf(log: string[]): Shelf {
  const collection = new Collection(new Bm25Index(), FlatIndex.create(dimensions));
  const shelf = {
    embedder: Promise.resolve({ stamp: {} }),
    reader: {
      read: async ({ path, file }: { path: string; file: File }) => ({
        document: await readDocument({ path, bytes: new Uint8Array(await file.arrayBuffer()) }),
      }),
      rechunk: (document: Document, settings: ChunkSettings) =>
        Promise.resolve(chunk(document, settings, estimateTokens)),
    },
    embedders: {
      question: (text: string) =>
        Promise.resolve({ vector: letters(text.slice(0, limit)), leftOut: Math.max(0, text.length - limit) }),
      passage: (text: string) => Promise.resolve(letters(text)),
    },
    passage: (text: string) => Promise.resolve({ vector: letters(text), stamp: {} }),
    put: (path: string, passages: readonly Passage[]) => Promise.resolve(collection.put(path, passages)),
    addVector: (path: string, id: string, { vector }: { vector: Float32Array }) => {
      collection.addVector(path, id, vector);
      return Promise.resolve(true);
    },
    correct: (text: string) => Promise.resolve({ text, corrections: [] }),
    search: (text: string, vector: Float32Array | null, options: SearchOptions) =>
      Promise.resolve(searchCollection(collection, text, vector, { ...options, embedder: null })),
    close: () => log.push('closed'),
  };
  return shelf as unknown as Shelf;
}

function desk(writers: Partial<Writers> = {}): { readonly given: GalleryDesk; readonly log: string[] } {
  const log: string[] = [];
  const given: GalleryDesk = {
    ...{ shelf: fakeShelf(log), embedder: 'letters' },
    apart: () => fakeShelf(log),
    writers: {
      own: (made) => {
        log.push(`asked for ${made}`);
        const generate = modelReading(2, (prompt, _, onRead, onText) => {
          onRead();
          onText(prompt.text);
          return Promise.resolve({ text: `Ten [1].`, ids: [1], ended: 'end-token', readBefore: 0 });
        });
        return Promise.resolve({ made, load: () => Promise.resolve(generate) });
      },
      instead: () => null,
      ...writers,
    },
    between: async (work) => {
      log.push('between');
      return work();
    },
  };
  return { given, log };
}

const never = new AbortController().signal;
const found = (id: string) => cases.find((one) => one.id === id)!;
const paths = (passages: readonly Passage[]): string[] => [...new Set(passages.map(({ path }) => path))];

const ranking: RankingCase = {
  ...{ id: 'r', title: '', why: '', remedy: '', limit: '', question: 'How many books may I borrow?' },
  ...{ compares: 'ranking', wants: 'first' },
  files: [
    { name: 'Old.txt', text: 'Members may borrow six books.' },
    { name: 'New.txt', text: 'Members may borrow ten books.' },
  ],
  right: [{ file: 'New.txt', words: 'ten books' }],
  arms: [{ name: 'all' }, { name: 'new', without: ['Old.txt'] }],
};

describe('running a case', () => {
  it('puts its files on two desks of their own, leaves out what an arm is without, and closes both', async () => {
    const { given, log } = desk();
    const steps: GalleryStep[] = [];
    const [all, without] = await runCase(ranking, given, never, (step) => steps.push(step));
    expect(paths(all.passages)).toEqual(['Old.txt', 'New.txt']);
    expect(paths(without.passages)).toEqual(['New.txt']);
    expect(all.askings[0]!.found.candidates.every(({ cosine }) => cosine !== null)).toBe(true);
    expect(log).toEqual(['closed', 'closed']);
    expect(steps.map(({ arm, doing }) => `${arm} ${doing}`)).toEqual([
      ...['0 waiting', '0 reading', '0 embedding', '0 searching', '1 embedding', '1 searching'],
    ]);
    expect((await given.shelf.search('books', null, { most: 2 }, never)).candidates).toEqual([]);
  });

  it('searches by words alone, limits the search, asks another question, and asks each file by itself', async () => {
    const arms = [
      { name: 'words', search: 'words' },
      { name: 'new', within: ['New.txt'], question: 'Ten?' },
    ] as const;
    const [words, within] = await runCase({ ...ranking, arms }, desk().given, never, () => undefined);
    expect(words.askings[0]!.found.candidates.every(({ cosine }) => cosine === null)).toBe(true);
    expect(within.askings[0]!.question).toBe('Ten?');
    expect(paths(within.askings[0]!.found.candidates.map(({ passage }) => passage))).toEqual(['New.txt']);

    const each = [arms[0], { name: 'each', each: true }] as const;
    const [, both] = await runCase({ ...ranking, arms: each }, desk().given, never, () => undefined);
    expect(both.askings.map(({ of }) => of)).toEqual(['Old.txt', 'New.txt']);
    for (const { of, found: one } of both.askings) expect(paths(one.candidates.map((c) => c.passage))).toEqual([of]);
  });

  it('gives a whole document to the embedder as far as that reads, and says what is left', async () => {
    const [whole, cut] = await runCase(found('too-long'), desk().given, never, () => undefined);
    expect(whole.passages).toHaveLength(3);
    const { text } = found('too-long').files[0]!;
    expect(whole.unread).toEqual([{ file: 'Boathouse handbook.txt', tokens: text.length - limit }]);
    expect(cut.unread).toEqual([]);
    expect(cut.passages.length).toBeGreaterThan(6);
  });

  it('leaves copies unfolded, and the threshold aside, where an arm does', async () => {
    const [copies, folded] = await runCase(found('near-duplicates'), desk().given, never, () => undefined);
    const read = ({ askings }: typeof copies) =>
      askings[0]!.found.candidates.flatMap(({ fate, passage }) => (fate.kept ? [passage.path] : []));
    expect(read(copies).every((path) => path !== 'Charges.txt')).toBe(true);
    expect(read(copies)).toHaveLength(2);
    expect(read(folded)).toContain('Charges.txt');
    const [open, closed] = await runCase(found('no-answer'), desk().given, never, () => undefined);
    expect(open.askings[0]!.answer).toMatchObject({ made: 'extractive', refused: false });
    expect(closed.askings[0]!.answer).toMatchObject({ made: 'evidence', refused: true });
  });

  it('has a model write between the answers of the page, and no other case waits for it', async () => {
    const { given, log } = desk();
    const one: AnswerCase = {
      ...{ ...ranking, compares: 'answer' as const, wants: { by: 'words', said: ['ten'], not: [] } },
      arms: [
        { name: 'base', writer: 'base' },
        { name: 'tuned', writer: 'adapter' },
      ],
    };
    const runs = await runCase(one, given, never, () => undefined);
    expect(runs.map(({ askings }) => askings[0]!.answer?.made)).toEqual(['base', 'adapter']);
    expect(log).toEqual(['between', 'asked for base', 'closed', 'asked for adapter', 'closed']);
  });

  it('ends with a sentence when there is no model, and when it is stopped, and closes what it opened', async () => {
    const because = 'This machine has too little memory.';
    const { given, log } = desk({ own: () => Promise.resolve({ made: 'extractive', because }) });
    const one = found('disagreement');
    await expect(runCase(one, given, never, () => undefined)).rejects.toThrow(because);
    expect(log).toEqual(['between', 'closed']);
    const stopped = AbortSignal.abort(new Error('Stopped.'));
    await expect(runCase(one, given, stopped, () => undefined)).rejects.toThrow('Stopped.');
  });

  it('says that the search has died during a case', async () => {
    const { given, log } = desk();
    const apart = (onLost: () => void): Shelf => {
      const search = () => {
        onLost();
        return Promise.reject(new Error('The search worker ended.'));
      };
      return Object.assign(fakeShelf(log), { search });
    };
    const run = runCase(ranking, { ...given, apart }, never, () => undefined);
    await expect(run).rejects.toThrow('The search stopped working during this case. Run it again.');
    expect(log).toEqual(['closed']);
  });
});
