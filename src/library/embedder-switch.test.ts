import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import type { EmbeddingStamp, StampedVector } from '../pipeline/embed/stamp.ts';
import { FlatIndex } from '../pipeline/index/flat.ts';
import { Bm25Index } from '../pipeline/index/keyword.ts';
import { StampedCollection } from '../pipeline/index/stamped.ts';
import { EmbedderSwitch, type Followed } from './embedder-switch.ts';
import type { EmbedderModel } from './models.ts';
import type { EmptyShelf } from './reembedding.ts';
import type { Switching } from './state.ts';

const tick = () => new Promise((resolve) => setTimeout(resolve));

const documentOf = (path: string, text: string): Document => ({
  ...{ path, name: path, kind: 'text', title: '', author: '', date: '', text, parts: [], blocks: [] },
  ...{ shown: { as: 'text' }, notes: [], omitted: [], inner: [] },
});

/** A passage for so many words as `passageTokens` says. */
function cut({ path, text }: Document, { passageTokens }: ChunkSettings): Passage[] {
  const words = text.split(' ');
  const starts = words.flatMap((_, i) => (i % passageTokens === 0 ? [i] : []));
  return starts.map((at) => {
    const own = words.slice(at, at + passageTokens).join(' ');
    return { id: own, path, start: at, end: at + 1, context: '', text: own, tokens: 1 };
  });
}

/** The documents of the page, as they are while they change. */
class List implements Followed {
  entries: Followed['entries'] = [];
  quiet = true;
  private heard: () => void = () => undefined;

  put(path: string, text: string): void {
    const document = documentOf(path, text);
    this.entries = [...this.entries.filter((entry) => entry.path !== path), { path, document, passages: [] }];
  }

  remove(path: string): void {
    this.entries = this.entries.filter((entry) => entry.path !== path);
  }

  settle(): void {
    this.quiet = true;
    this.heard();
  }

  async settled(): Promise<void> {
    if (!this.quiet) await new Promise<void>((resolve) => (this.heard = resolve));
  }
}

/** A collection without workers, whose embedder answers when told to. */
class HeldShelf implements EmptyShelf {
  readonly stamped = new StampedCollection(new Bm25Index(), FlatIndex.create);
  readonly asked: string[] = [];
  closed = false;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly stamp: EmbeddingStamp,
    readonly lose: () => void,
    private readonly open: () => boolean,
  ) {}

  readonly reader: EmptyShelf['reader'] = {
    rechunk: (document, settings) => Promise.resolve(cut(document, settings)),
  };

  async passage(text: string, { signal }: { signal?: AbortSignal } = {}): Promise<StampedVector> {
    signal?.throwIfAborted();
    this.asked.push(text);
    if (!this.open()) await new Promise<void>((resolve) => this.waiting.push(resolve));
    signal?.throwIfAborted();
    if (text === 'bad') throw new Error('The embedder ran out of memory.');
    return { vector: Float32Array.of(1, 0, 0), stamp: this.stamp };
  }

  /** The passages in hand get their vectors. */
  answer(): Promise<unknown> {
    for (const resume of this.waiting.splice(0)) resume();
    return tick();
  }

  put(path: string, passages: readonly Passage[]): Promise<readonly string[]> {
    return Promise.resolve(this.stamped.collection.put(path, passages));
  }

  addVector(path: string, id: string, vector: StampedVector): Promise<boolean> {
    return Promise.resolve(this.stamped.addVector(path, id, vector));
  }

  remove(path: string): Promise<void> {
    this.stamped.collection.remove(path);
    return Promise.resolve();
  }
}

/** What was taken into use, and the list as it was then. */
interface Adopted {
  readonly id: string;
  readonly shelf: HeldShelf;
  /** Texts of the passages by path, as they were given and as they should be. */
  readonly texts: Record<string, string[]>;
  readonly wanted: Record<string, string[]>;
  /** Passages without a vector. */
  readonly bare: number;
}

const textsOf = (all: Iterable<readonly [string, readonly Passage[]]>) =>
  Object.fromEntries([...all].map(([path, passages]) => [path, passages.map(({ text }) => text)]));

function desk(open = false) {
  const documents = new List();
  const shelves: HeldShelf[] = [];
  const states: (Switching | null)[] = [];
  const adopted: Adopted[] = [];
  const settings = { strategy: 'fixed' as const, passageTokens: 1, overlapTokens: 0 };
  const gate = { open };
  const opening = new Map<string, Promise<void>>();
  const change = new EmbedderSwitch<HeldShelf>({
    documents,
    open: async (id) => {
      await opening.get(id);
      const stamp = { model: id, weights: id, tokenizer: '', dimensions: 3 };
      const form = { pooling: 'mean' as const, queryPrefix: '', passagePrefix: '' };
      return {
        modelId: id,
        files: new Map(),
        wasmPaths: '',
        form,
        stamp: { ...stamp, ...form },
      } satisfies EmbedderModel;
    },
    shelves: {
      prepare: ({ stamp }, onLost) => {
        const shelf = new HeldShelf(stamp, onLost, () => gate.open);
        shelves.push(shelf);
        return shelf;
      },
      abandon: (shelf) => (shelf.closed = true),
    },
    settings: () => settings,
    onState: (state) => states.push(state),
    adopt: (id, shelf, passages) => {
      const wanted = documents.entries.map(({ path, document }) => [path, cut(document!, settings)] as const);
      const { size, embedded } = shelf.stamped.collection;
      adopted.push({ id, shelf, texts: textsOf(passages), wanted: textsOf(wanted), bare: size - embedded });
    },
  });
  return { documents, shelves, states, adopted, settings, gate, opening, change };
}

describe('EmbedderSwitch', () => {
  it('takes the new shelf into use in one step, when every passage has its vector', async () => {
    const { documents, shelves, states, adopted, change } = desk();
    documents.put('a.txt', 'one two');
    documents.put('b.txt', 'three');
    const done = change.begin('other');
    await tick();
    expect(states[0]).toEqual({ state: 'loading', to: 'other', done: 0, total: 0 });
    expect(states.at(-1)).toEqual({ state: 'embedding', to: 'other', done: 0, total: 3 });
    expect([adopted.length, change.to]).toEqual([0, 'other']);
    await shelves[0]!.answer();
    expect(await done).toBe(true);
    const texts = { 'a.txt': ['one', 'two'], 'b.txt': ['three'] };
    expect(adopted).toMatchObject([{ id: 'other', texts, bare: 0 }]);
    expect(states.slice(-2)).toEqual([{ state: 'embedding', to: 'other', done: 3, total: 3 }, null]);
    expect([change.to, shelves[0]!.closed]).toEqual([null, false]);
  });

  it('needs no documents', async () => {
    const { adopted, change } = desk();
    expect(await change.begin('other')).toBe(true);
    expect(adopted).toMatchObject([{ id: 'other', texts: {} }]);
  });

  it('takes along what is added, replaced, removed or cut otherwise meanwhile', async () => {
    const { documents, shelves, settings, adopted, change } = desk();
    for (const path of ['kept', 'replaced', 'removed']) documents.put(path, `old ${path}`);
    const done = change.begin('other');
    await tick();
    documents.put('added', 'quite new');
    documents.put('replaced', 'another text');
    documents.remove('removed');
    change.follow();
    settings.passageTokens = 2;
    change.follow();
    await tick();
    await shelves[0]!.answer();
    await done;
    const texts = { kept: ['old kept'], replaced: ['another text'], added: ['quite new'] };
    expect(adopted).toMatchObject([{ texts, bare: 0 }]);
    expect(adopted[0]!.shelf.stamped.collection.size).toBe(3);
  });

  it('takes along what changed unheard at the very end', async () => {
    const { documents, shelves, adopted, change } = desk();
    documents.put('a.txt', 'one');
    const done = change.begin('other');
    await tick();
    documents.put('a.txt', 'two');
    await shelves[0]!.answer();
    expect(adopted).toEqual([]);
    await shelves[0]!.answer();
    await done;
    expect(adopted).toMatchObject([{ texts: { 'a.txt': ['two'] }, bare: 0 }]);
  });

  it('waits for what is being read, which the tokenizer of the embedder in use cuts', async () => {
    const { documents, shelves, adopted, change } = desk(true);
    documents.put('a.txt', 'one');
    documents.quiet = false;
    const done = change.begin('other');
    await tick();
    expect([shelves[0]!.asked, adopted]).toEqual([['one'], []]);
    // Another one arrives in the very moment in which nothing is being read.
    documents.settle();
    documents.quiet = false;
    await tick();
    expect(adopted).toEqual([]);
    documents.put('b.txt', 'two');
    documents.settle();
    await done;
    expect(adopted).toMatchObject([{ texts: { 'a.txt': ['one'], 'b.txt': ['two'] }, bare: 0 }]);
  });

  it('ends in the list as it is, whatever was done to it in between', async () => {
    const path = fc.constantFrom('a', 'b', 'c');
    const step = fc.oneof(
      fc
        .tuple(path, fc.constantFrom('one', 'two one', 'two three four', 'one one'))
        .map(([name, text]) => ({ name, text })),
      path.map((name) => ({ name, text: null })),
      fc.constantFrom(1, 2, 3).map((tokens) => ({ tokens })),
      fc.constant('answer' as const),
      fc.constant('wait' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.boolean(), async (steps, told) => {
        const { documents, shelves, settings, gate, adopted, change } = desk();
        documents.put('a', 'one two three');
        const done = change.begin('other');
        await tick();
        for (const one of steps) {
          if (adopted.length > 0) break;
          if (one === 'answer') await shelves[0]!.answer();
          else if (one === 'wait') await tick();
          else if ('tokens' in one) settings.passageTokens = one.tokens;
          else if (one.text === null) documents.remove(one.name);
          else documents.put(one.name, one.text);
          if (told && adopted.length === 0) change.follow();
        }
        gate.open = true;
        await shelves[0]!.answer();
        expect(await done).toBe(true);
        const [{ texts, shelf, bare, wanted }] = adopted as [(typeof adopted)[0]];
        expect([adopted.length, bare]).toEqual([1, 0]);
        expect(texts).toEqual(wanted);
        expect(shelf.stamped.collection.size).toBe(Object.values(wanted).flat().length);
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  it('stopped, leaves nothing behind and embeds nothing more', async () => {
    const { documents, shelves, states, adopted, change } = desk();
    documents.put('a.txt', 'one two');
    const done = change.begin('other');
    await tick();
    change.stop();
    expect([states.at(-1), change.to]).toEqual([null, null]);
    expect(await done).toBe(false);
    // The vectors that were in hand come too late.
    await shelves[0]!.answer();
    documents.put('b.txt', 'three');
    change.follow();
    await tick();
    expect(shelves[0]).toMatchObject({ closed: true, asked: ['one', 'two'] });
    expect([adopted, states.at(-1)]).toEqual([[], null]);
  });

  it('stopped while the model is being loaded, fills no shelf', async () => {
    const { opening, shelves, change } = desk();
    let loaded: () => void = () => undefined;
    opening.set('other', new Promise((resolve) => (loaded = resolve)));
    const done = change.begin('other');
    change.stop();
    loaded();
    expect(await done).toBe(false);
    expect(shelves).toEqual([]);
  });

  it('to a third embedder midway gives up the second', async () => {
    const { documents, shelves, states, adopted, gate, change } = desk();
    documents.put('a.txt', 'one');
    const second = change.begin('second');
    await tick();
    const third = change.begin('third');
    expect(await second).toBe(false);
    expect([change.to, change.begin('third')]).toEqual(['third', third]);
    gate.open = true;
    for (const shelf of shelves) await shelf.answer();
    expect(await third).toBe(true);
    expect(shelves.map(({ closed }) => closed)).toEqual([true, false]);
    expect(adopted).toMatchObject([{ id: 'third', texts: { 'a.txt': ['one'] }, bare: 0 }]);
    const last = states.findLastIndex((state) => state?.to === 'second');
    expect(states.slice(last + 1).every((state) => state === null || state.to === 'third')).toBe(true);
    expect(states.at(-1)).toBe(null);
  });

  it('whose model cannot be had says so, and leaves all as it was', async () => {
    const { documents, shelves, states, adopted, opening, change } = desk(true);
    documents.put('a.txt', 'one');
    opening.set('other', Promise.reject(new Error('other is damaged.')));
    await expect(change.begin('other')).rejects.toThrow('other is damaged.');
    expect([shelves, adopted, states.at(-1), change.to]).toEqual([[], [], null, null]);
    // It can be tried again.
    opening.delete('other');
    expect(await change.begin('other')).toBe(true);
  });

  it('whose embedder fails at a passage says so, and leaves all as it was', async () => {
    const { documents, shelves, states, adopted, change } = desk(true);
    documents.put('a.txt', 'good bad good');
    await expect(change.begin('other')).rejects.toThrow('out of memory');
    expect([shelves[0]!.closed, adopted, states.at(-1), change.to]).toEqual([true, [], null, null]);
  });

  it('whose index is lost with its worker says so, and leaves all as it was', async () => {
    const { documents, shelves, states, adopted, change } = desk();
    documents.put('a.txt', 'one');
    const done = change.begin('other');
    const told = expect(done).rejects.toThrow('stopped working');
    await tick();
    shelves[0]!.lose();
    await told;
    expect([shelves[0]!.closed, adopted, states.at(-1), change.to]).toEqual([true, [], null, null]);
  });
});
