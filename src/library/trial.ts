/**
 * A question set under two settings of the search. Where a setting cuts documents otherwise, they are cut and embedded
 * anew in a collection beside the desk's, which stays as it is.
 */
import type { Placed } from '../lab/quotes.ts';
import type { Question } from '../lab/question.ts';
import { score, type Row } from '../lab/score.ts';
import { sameCut, type ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { Passage } from '../pipeline/document.ts';
import type { Stages } from '../pipeline/pipeline.ts';
import { searchStages } from './ask.ts';
import { embedMissing } from './indexing.ts';
import { placeAll, type LeftOut } from './placing.ts';
import type { Shelf } from './shelf.ts';
import type { AskSettings, Entry } from './state.ts';
import { isHere } from './waiting.ts';

/** Passages that count for recall; documents, for questions that want documents. */
export const recallAt = 5;

/** What is tried. */
export interface TrialSettings extends ChunkSettings, Pick<AskSettings, 'search' | 'promptPassages' | 'promptText'> {}

export interface Trial {
  /** One for each question that could be asked, in their order. */
  readonly rows: readonly Row[];
  /** Of each: spelling, embedding and search. */
  readonly milliseconds: readonly number[];
  readonly passages: number;
}

export interface Compared {
  readonly trials: readonly [Trial, Trial];
  readonly leftOut: readonly LeftOut[];
}

export interface TrialProgress {
  /** Passages that had to be embedded for a setting. */
  onEmbedded(done: number, total: number): void;
  onAsked(done: number, total: number): void;
}

/** The desk as it is when the trial begins. */
export interface TrialDesk {
  readonly shelf: Shelf;
  /** Id of its embedder. */
  readonly embedder: string;
  readonly entries: readonly Entry[];
  /** How they are cut. */
  readonly cut: ChunkSettings;
  /** An empty collection beside it. */
  apart(onLost: () => void): Shelf;
}

/** The documents as they are cut one way, ready to be searched. */
interface Collection {
  readonly cut: ChunkSettings;
  readonly shelf: Shelf;
  readonly entries: readonly Entry[];
}

/** One of the two, ready to be asked. */
interface Side {
  readonly stages: Stages;
  readonly passages: readonly Passage[];
}

/**
 * Each question is asked of both in turn, so that their times compare.
 * @throws the signal's reason when it is stopped; Error with a sentence when a worker dies
 */
export async function runTrials(
  questions: readonly Question[],
  settings: readonly [TrialSettings, TrialSettings],
  desk: TrialDesk,
  signal: AbortSignal,
  progress: TrialProgress,
): Promise<Compared> {
  const { ready, leftOut } = placeAll(questions, desk.entries);
  const lost = new AbortController();
  const either = AbortSignal.any([signal, lost.signal]);
  const onLost = () =>
    lost.abort(
      new Error('The search stopped working during the comparison. Your documents are as they were; try again.'),
    );
  const embedding = await isHere(desk.shelf.embedder);
  const collections: Collection[] = [desk];
  const sides: Side[] = [];
  try {
    for (const one of settings) {
      let collection = collections.find(({ cut }) => sameCut(cut, one));
      if (!collection) {
        collection = await cutAnew(one, desk, embedding, either, onLost, progress);
        collections.push(collection);
      }
      sides.push(sideOf(one, desk.embedder, collection, embedding));
    }
    const asked = sides.map(() => ({ rows: [] as Row[], milliseconds: [] as number[] }));
    for (const [i, question] of ready.entries()) {
      const turn = [0, 1];
      for (const side of i % 2 === 0 ? turn : turn.reverse()) {
        const { row, milliseconds } = await ask(question, sides[side]!, either);
        asked[side]!.rows.push(row);
        asked[side]!.milliseconds.push(milliseconds);
      }
      progress.onAsked(i + 1, ready.length);
    }
    const [a, b] = asked.map((one, i) => ({ ...one, passages: sides[i]!.passages.length }));
    return { trials: [a!, b!], leftOut };
  } catch (error) {
    either.throwIfAborted();
    throw error;
  } finally {
    for (const { shelf } of collections) if (shelf !== desk.shelf) shelf.close();
  }
}

async function cutAnew(
  cut: ChunkSettings,
  desk: TrialDesk,
  embedding: boolean,
  signal: AbortSignal,
  onLost: () => void,
  { onEmbedded }: TrialProgress,
): Promise<Collection> {
  const shelf = desk.apart(onLost);
  try {
    const put: { readonly entry: Entry; readonly missing: readonly string[] }[] = [];
    for (const entry of desk.entries) {
      if (!entry.document) continue;
      const passages = await desk.shelf.reader.rechunk(entry.document, cut, signal);
      put.push({ entry: { ...entry, passages }, missing: await shelf.put(entry.path, passages) });
      signal.throwIfAborted();
    }
    const total = put.reduce((sum, { missing }) => sum + missing.length, 0);
    let before = 0;
    for (const { entry, missing } of embedding ? put : []) {
      await embedMissing(shelf, entry.passages, missing, signal, (done) => onEmbedded(before + done, total));
      before += missing.length;
    }
    return { cut, shelf, entries: put.map(({ entry }) => entry) };
  } catch (error) {
    shelf.close();
    throw error;
  }
}

function sideOf(settings: TrialSettings, embedder: string, { shelf, entries }: Collection, embedding: boolean): Side {
  const stages = searchStages({ shelf, embedding, embedder, entries }, settings);
  return { stages, passages: entries.flatMap(({ passages }) => passages) };
}

async function ask(question: Placed, { stages, passages }: Side, signal: AbortSignal) {
  const from = performance.now();
  const { text, vector } = await stages.understand(question.question, signal);
  const found = await stages.search(text, vector, signal);
  signal.throwIfAborted();
  const milliseconds = performance.now() - from;
  const read = found.candidates.flatMap(({ fate, passage }) => (fate.kept ? [passage] : []));
  return { row: score(question, found, read, passages, recallAt), milliseconds };
}
