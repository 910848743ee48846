import { beforeEach, describe, expect, it } from 'vitest';
import type { StageId, StageSettings } from '../lab/stages.ts';
import { chunk } from '../pipeline/chunk/chunk.ts';
import { estimateTokens } from '../pipeline/chunk/estimate.ts';
import type { Document } from '../pipeline/document.ts';
import { normalise } from '../pipeline/embed/pool.ts';
import type { EmbeddingStamp } from '../pipeline/embed/stamp.ts';
import { FlatIndex } from '../pipeline/index/flat.ts';
import { Bm25Index } from '../pipeline/index/keyword.ts';
import { StampedCollection } from '../pipeline/index/stamped.ts';
import { words } from '../pipeline/index/words.ts';
import { answerQuestion, type Model } from '../pipeline/pipeline.ts';
import { lookUpWithVectors } from '../pipeline/retrieve/steps.ts';
import { searchCollection } from '../pipeline/retrieve/search.ts';
import { placeOf } from './ask.ts';
import { GlassBox, questionOf, startingSettings, type GlassDesk, type GlassRun } from './glass-box.ts';
import type { GlassShelf } from './glass-collection.ts';
import { defaultSettings } from './settings.ts';
import type { AskSettings, Entry } from './state.ts';

const text = [
  'The rent of the mill house is 500 euros a month, and it is due on the first day of each month by bank transfer.',
  'The deposit is 900 euros. It is paid in three parts, and it is given back within two months after the keys.',
  'Dogs may be kept with the consent of the owner, who may take it back where neighbours are disturbed at night.',
  'The garden behind the mill house is shared by three tenants, who mow it in turn from May to October.',
].join('\n\n');
const lease: Document = {
  ...({ path: 'lease.txt', name: 'lease.txt', kind: 'text', title: 'lease', text, author: '', date: '' } as const),
  ...{ parts: [], shown: { as: 'text' }, notes: [], omitted: [], inner: [] },
  blocks: [...text.matchAll(/[^\n]+/g)].map((match) => ({
    ...({ kind: 'paragraph', start: match.index, end: match.index + match[0].length } as const),
  })),
};
const dimensions = 64;
const stamp = { ...{ model: 'fake', weights: '', tokenizer: '', dimensions }, pooling: 'mean' } as EmbeddingStamp;
/** Words fall into so many numbers. */
const vectorOf = (of: string): Float32Array => {
  const vector = new Float32Array(dimensions).fill(0.01);
  for (const term of words(of))
    vector[[...term].reduce((sum, sign) => sum * 31 + sign.charCodeAt(0), 7) % dimensions]! += 1;
  return normalise(vector);
};

let calls: Record<string, number>;
const count = (what: string) => (calls[what] = (calls[what] ?? 0) + 1);
let open: Set<GlassShelf>;

const embedders = {
  passage: (of: string) => (count('embed'), Promise.resolve(vectorOf(of))),
  question: (of: string) => (count('embed question'), Promise.resolve({ vector: vectorOf(of), leftOut: 0 })),
} as unknown as GlassShelf['embedders'];

/** A collection in this thread, which counts what it is asked. */
function shelf(): GlassShelf & { readonly stamped: StampedCollection } {
  const stamped = new StampedCollection(new Bm25Index(), FlatIndex.create);
  const { collection } = stamped;
  const one: GlassShelf & { readonly stamped: StampedCollection } = {
    stamped,
    embedder: Promise.resolve({ stamp }) as unknown as GlassShelf['embedder'],
    embedders,
    put: (path, passages) => (count('put'), Promise.resolve(collection.put(path, passages))),
    vectors: (path) => Promise.resolve(stamped.vectorsAt(path)),
    restore: (path, vectors) => Promise.resolve(stamped.restore(path, vectors)),
    passage: async (of) => ({ vector: await embedders.passage(of), stamp }),
    addVector: (path, id, vector) => Promise.resolve(stamped.addVector(path, id, vector)),
    useIndex: () => (count('index'), stamped.useIndex(FlatIndex.create), Promise.resolve()),
    lookUp: (of, vector, part) => (
      count('look up'),
      Promise.resolve(lookUpWithVectors(collection, { words: of, vector }, part))
    ),
    explain: (question, { path, id }) => Promise.resolve(collection.explain(question, path, id)),
    close: () => void open.delete(one),
  };
  return one;
}

/** Writes what the first passage begins with; by another token where it is warm. */
const model: Model = {
  prompt: (passages, question) => {
    count('prompt');
    const given = { passages: passages.length, passageLeftOut: 0, questionLeftOut: 0 };
    const pieces = { system: [1], passages: passages.map(({ number }) => [number, number]), question: [7, 8] };
    return Promise.resolve({ text: `${passages[0]?.text} ${question}`, pieces, ...given });
  },
  readAhead: () => (count('read'), Promise.resolve()),
  generate: () => Promise.reject(new Error('It is asked by its tokens.')),
};

const desk = shelf();
const cut = { strategy: 'structure', passageTokens: 48, overlapTokens: 0 } as const;
const passages = chunk(lease, cut, estimateTokens);
desk.stamped.collection.put(lease.path, passages);
for (const { id, text: of } of passages) desk.stamped.addVector(lease.path, id, { vector: vectorOf(of), stamp });
const entry = { path: lease.path, name: lease.name, document: lease, passages } as unknown as Entry;

const question = 'How much is the deposit?';
const askedWith = { ...defaultSettings, search: 'both', within: null } as AskSettings;
const usual = startingSettings(askedWith, { ...defaultSettings, ...cut, index: 'flat' }, 'adapter');

const given: GlassDesk = {
  shelf: {
    ...{ embedder: desk.embedder, embedders, vectors: (path) => desk.vectors(path) },
    reader: {
      rechunk: (document, settings) => (count('cut'), Promise.resolve(chunk(document, settings, estimateTokens))),
    },
  },
  entries: [entry],
  writers: {
    own: (made) => Promise.resolve({ made, load: () => Promise.resolve(model) }),
    instead: () => null,
  },
  engine: {
    writeShown: (pieces, _, __, { sampling, onRead, onText } = {}) => {
      count('write');
      onRead?.();
      const said =
        sampling!.temperature > 0 ? `The deposit is ${sampling!.seed} euros [1].` : 'The deposit is 900 euros [1].';
      onText?.(said);
      const generated = { text: said, ids: [9], ended: 'end-token', readBefore: pieces.system.length } as const;
      return Promise.resolve({ generated, tokens: [] });
    },
  },
  apart: () => {
    const one = shelf();
    open.add(one);
    return one;
  },
  during: (work) => work(),
  between: (work) => work(),
};

const { signal } = new AbortController();
const entered: StageId[] = [];
const progress = {
  onStage: (stage: StageId) => void entered.push(stage),
  onEmbedded: () => undefined,
  onText: () => undefined,
};

let box: GlassBox;
let first: GlassRun;
/** What a run asks of the workers, and of which stages. */
async function asked(change: Partial<StageSettings>, from = usual) {
  calls = {};
  entered.length = 0;
  const run = await box.run({ ...from, ...change }, signal, progress);
  return { run, calls: { ...calls }, entered: [...entered] };
}

beforeEach(async () => {
  open = new Set();
  calls = {};
  box = new GlassBox({ text: question, corrections: [], within: null, numbers: new Map() }, given);
  first = await box.run(usual, signal, progress);
});

describe('the glass box', () => {
  it('makes the answer as the page does: the same candidates, evidence, prompt and text', async () => {
    const page = await answerQuestion(
      question,
      {
        understand: (of) => Promise.resolve({ text: of, corrections: [], vector: vectorOf(of), warning: '' }),
        embedText: (of) => embedders.passage(of),
        search: (of, vector) =>
          Promise.resolve(searchCollection(desk.stamped.collection, of, vector, { most: 2, embedder: 'fake' })),
        writer: {
          made: 'adapter',
          load: () =>
            Promise.resolve({
              ...model,
              generate: () =>
                Promise.resolve({ text: 'The deposit is 900 euros [1].', ids: [9], ended: 'end-token', readBefore: 1 }),
            }),
        },
        place: (passage) => placeOf(passage, [entry]),
      },
      signal,
    );
    const { check } = first.stages;
    expect({ ...check.outcome, trace: { ...check.outcome.trace, times: [] } }).toEqual({
      ...page,
      trace: { ...page.trace, times: [] },
    });
    expect(questionOf(page, askedWith)).toMatchObject({ text: question, within: null });
    expect(first.ran.size).toBe(13);
  });

  it('takes the vectors of the desk, and makes none anew', () => {
    expect(first.stages.vectors.outcome).toEqual({ reused: passages.length, made: 0 });
    expect(passages.length).toBeGreaterThan(2);
    expect(calls['embed']).toBeUndefined();
  });

  it('runs nothing where nothing has changed', async () => {
    const again = await asked({});
    expect(again.calls).toEqual({});
    expect(again.entered).toEqual([]);
    expect(again.run.stages).toEqual(first.stages);
  });

  it('neither searches nor embeds for another threshold, and asks no model where it refuses', async () => {
    const refused = await asked({ threshold: 1 });
    expect(refused.calls).toEqual({});
    expect(refused.run.stages.check.outcome).toMatchObject({
      refused: true,
      made: 'evidence',
      trace: { threshold: 1 },
    });
    expect(refused.run.stages.prompt.outcome).toBeNull();
    const answered = await asked({ threshold: 0 });
    expect(answered.calls).toEqual({ prompt: 1, read: 1, write: 1 });
    expect(answered.run.stages.check.outcome.refused).toBe(false);
  });

  it('only writes for another temperature or seed', async () => {
    const warm = await asked({ threshold: 0, temperature: 1, seed: 41 });
    expect(warm.run.stages.check.outcome.text).toContain('41 euros');
    const other = await asked({ threshold: 0, temperature: 1, seed: 42 });
    expect(other.calls).toEqual({ write: 1 });
    expect(other.entered).toEqual(['write', 'check']);
    expect(other.run.stages.check.outcome.sentences[0]!.support.supported).toBe(false);
    expect(other.run.stages.search).toBe(first.stages.search);
  });

  it('fuses anew for other weights, and neither searches nor embeds', async () => {
    const { run, calls: made, entered: stages } = await asked({ vectorWeight: 1, fusion: 'rrf' });
    expect(made['look up'] ?? 0).toBe(0);
    expect(made['embed'] ?? 0).toBe(0);
    expect(made['embed question'] ?? 0).toBe(0);
    expect(stages.slice(0, 3)).toEqual(['fuse', 'choose', 'evidence']);
    expect(run.stages.fuse.outcome.ordered).not.toEqual(first.stages.fuse.outcome.ordered);
  });

  it('searches anew for another depth, and embeds nothing; another index is filled once', async () => {
    expect((await asked({ depth: 1 })).calls).toMatchObject({ 'look up': 1 });
    const voy = await asked({ index: 'voy' });
    expect(voy.calls).toMatchObject({ index: 1, 'look up': 1 });
    expect([voy.calls['embed'], voy.calls['cut'], voy.calls['put']]).toEqual([undefined, undefined, undefined]);
  });

  it('cuts anew beside the desk, and embeds only what the desk has no vector for', async () => {
    const whole = await asked({ passageTokens: 300 });
    const { made, reused } = whole.run.stages.vectors.outcome;
    expect(whole.calls['embed']).toBe(made);
    expect(made + reused).toBe(new Set(whole.run.stages.cut.outcome.passages.map(({ id }) => id)).size);
    expect(whole.run.stages.words.outcome.passages).toBeLessThan(passages.length);
    expect(whole.calls['embed question']).toBeUndefined();
    expect(desk.stamped.collection.size).toBe(passages.length);
    const back = await asked({});
    expect([back.calls['cut'], back.calls['embed']]).toEqual([undefined, undefined]);
    expect(back.run.stages.cut).toBe(first.stages.cut);
  });

  it('holds two collections at the most, and none when it is closed', async () => {
    await asked({ passageTokens: 300 });
    await asked({ passageTokens: 120 });
    expect(open.size).toBe(2);
    box.reset();
    expect(open.size).toBe(1);
    expect((await asked({ threshold: 1 })).entered).toEqual(['evidence', 'prompt', 'read', 'write', 'check']);
    box.close();
    expect(open.size).toBe(0);
  });

  it('keeps the runs before where it is stopped in the middle', async () => {
    const stop = new AbortController();
    const stopping = {
      ...progress,
      onStage: (stage: StageId) => stage === 'vectors' && stop.abort(new Error('Stopped.')),
    };
    await expect(box.run({ ...usual, passageTokens: 300 }, stop.signal, stopping)).rejects.toThrow('Stopped.');
    expect(open.size).toBe(1);
    expect((await asked({})).calls).toEqual({});
  });

  it('says that the search has died, whatever is changed then', async () => {
    const died: (() => void)[] = [];
    const dying = new GlassBox(box.question, {
      ...given,
      apart: (onLost) => {
        died.push(onLost);
        return given.apart(onLost);
      },
    });
    await dying.run(usual, signal, progress);
    died[0]!();
    await expect(dying.run({ ...usual, depth: 3 }, signal, progress)).rejects.toThrow(
      'The search stopped working in the glass box. Your documents are as they were; open it again.',
    );
    dying.close();
  });

  it('says why there is no model, and keeps what there was', async () => {
    const because = 'The language model is still being loaded. Ask again when it is here.';
    const own = () => Promise.resolve({ made: 'extractive', because } as const);
    const without = new GlassBox(box.question, { ...given, writers: { own, instead: () => null } });
    await expect(without.run({ ...usual, threshold: 0 }, signal, progress)).rejects.toThrow(because);
    const extracts = await without.run({ ...usual, threshold: 0, generator: 'off' }, signal, progress);
    expect(extracts.stages.check.outcome).toMatchObject({ made: 'extractive', refused: false });
  });
});
