/** A case of the failure gallery, run with the page's own stages on a desk beside the person's, which stays as it is. */
import { needsModel, type Arm, type GalleryCase } from '../lab/gallery/case.ts';
import { unfolded, type ArmRun, type Asking } from '../lab/gallery/run.ts';
import type { ChunkSettings } from '../pipeline/chunk/chunk.ts';
import { hash64 } from '../pipeline/chunk/hash.ts';
import type { Found } from '../pipeline/answer.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import { answerQuestion, type Stages, type Writer } from '../pipeline/pipeline.ts';
import { askStages } from './ask.ts';
import { embedMissing } from './indexing.ts';
import { defaultSettings } from './settings.ts';
import type { Shelf } from './shelf.ts';
import type { Entry } from './state.ts';
import { aborted } from './waiting.ts';
import { inSentence, type Writers } from './writers.ts';

/** What a case is run with. */
export interface GalleryDesk {
  /** Whose reader and embedder work for it; its documents are not touched. */
  readonly shelf: Shelf;
  /** Id of its embedder. */
  readonly embedder: string;
  readonly writers: Pick<Writers, 'own' | 'instead'>;
  /** An empty collection beside it. */
  apart(onLost: () => void): Shelf;
  /** Does what needs the generator, not in the middle of an answer. */
  between<T>(work: () => Promise<T>): Promise<T>;
}

/** What is being done for the arm, 0 or 1. */
export interface GalleryStep {
  readonly arm: 0 | 1;
  readonly doing: 'waiting' | 'reading' | 'embedding' | 'searching' | 'writing';
}

/**
 * @throws the signal's reason when it is stopped; Error with a sentence when a model cannot be had or a worker dies
 */
export async function runCase(
  one: GalleryCase,
  desk: GalleryDesk,
  signal: AbortSignal,
  onStep: (step: GalleryStep) => void,
): Promise<readonly [ArmRun, ArmRun]> {
  onStep({ arm: 0, doing: 'waiting' });
  await Promise.race([desk.shelf.embedder, aborted(signal)]);
  const run = async (): Promise<readonly [ArmRun, ArmRun]> => {
    onStep({ arm: 0, doing: 'reading' });
    const documents = await Promise.all(one.files.map((file) => read(file, desk.shelf, signal)));
    const failing = await runArm(one, one.arms[0], documents, desk, signal, (doing) => onStep({ arm: 0, doing }));
    const remedied = await runArm(one, one.arms[1], documents, desk, signal, (doing) => onStep({ arm: 1, doing }));
    return [failing, remedied];
  };
  if (!needsModel(one)) return run();
  return desk.between(async () => {
    signal.throwIfAborted();
    return run();
  });
}

interface Read {
  readonly file: File;
  readonly document: Document;
}

async function read({ name, text }: GalleryCase['files'][number], shelf: Shelf, signal: AbortSignal): Promise<Read> {
  const file = new File([text], name);
  const { document } = await shelf.reader.read({
    ...{ path: name, file, help: {}, settings: defaultSettings, signal },
    onStarted: () => undefined,
    onRecognised: () => undefined,
  });
  return { file, document };
}

async function runArm(
  one: GalleryCase,
  arm: Arm,
  documents: readonly Read[],
  desk: GalleryDesk,
  signal: AbortSignal,
  onStep: (doing: GalleryStep['doing']) => void,
): Promise<ArmRun> {
  const lost = new AbortController();
  const either = AbortSignal.any([signal, lost.signal]);
  const shelf = desk.apart(() => lost.abort(new Error('The search stopped working during this case. Run it again.')));
  try {
    onStep('embedding');
    const there = documents.filter(({ document }) => !arm.without?.includes(document.path));
    const { entries, unread } = await filled(shelf, arm, there, desk.shelf, either);
    onStep('searching');
    const askings: Asking[] = [];
    for (const of of arm.each ? there.map(({ document }) => document.path) : [null])
      askings.push(await ask(one, arm, of, { shelf, entries, desk }, either, onStep));
    return { passages: entries.flatMap(({ passages }) => passages), unread, askings };
  } catch (error) {
    either.throwIfAborted();
    throw error;
  } finally {
    shelf.close();
  }
}

/** The documents as the arm cuts them, embedded and searchable. */
async function filled(
  shelf: Shelf,
  { cut }: Arm,
  documents: readonly Read[],
  { reader }: Shelf,
  signal: AbortSignal,
): Promise<{ readonly entries: readonly Entry[]; readonly unread: ArmRun['unread'] }> {
  const entries: Entry[] = [];
  const unread: ArmRun['unread'][number][] = [];
  for (const { file, document } of documents) {
    const settings: ChunkSettings = { ...defaultSettings, ...(cut === 'whole' ? { strategy: 'sentences' } : cut) };
    const passages = await reader.rechunk(document, settings, signal);
    const put = cut === 'whole' ? [wholeOf(document, passages)] : passages;
    const missing = await shelf.put(document.path, put);
    if (cut === 'whole') {
      const tokens = await embedWhole(shelf, put[0]!, signal);
      if (tokens > 0) unread.push({ file: document.path, tokens });
    } else await embedMissing(shelf, put, missing, signal, () => undefined);
    entries.push(entryOf(file, document, put));
  }
  return { entries, unread };
}

/** A document that is not cut. */
function wholeOf({ path, text }: Document, passages: readonly Passage[]): Passage {
  // Of each passage, the two that the tokenizer adds.
  const tokens = passages.reduce((sum, passage) => sum + passage.tokens - 2, 2);
  return { id: hash64(`${path}\n${text}`), path, start: 0, end: text.length, context: '', text, tokens };
}

/** As the embedder reads a question: what is over its limit is left out. Returns how many tokens that is. */
async function embedWhole(shelf: Shelf, { path, id, text }: Passage, signal: AbortSignal): Promise<number> {
  const { vector, leftOut } = await shelf.embedders.question(text, signal);
  await shelf.addVector(path, id, { vector, stamp: (await shelf.embedder).stamp });
  return leftOut;
}

interface Ready {
  readonly shelf: Shelf;
  readonly entries: readonly Entry[];
  readonly desk: GalleryDesk;
}

async function ask(
  one: GalleryCase,
  arm: Arm,
  of: string | null,
  { shelf, entries, desk }: Ready,
  signal: AbortSignal,
  onStep: (doing: GalleryStep['doing']) => void,
): Promise<Asking> {
  const question = arm.question ?? one.question;
  const within = of === null ? arm.within : [of];
  const stages = askStages({
    ...{ shelf, embedding: true, embedder: desk.embedder, entries },
    writer: await writerFor(arm, desk.writers, signal),
    most: arm.passages ?? defaultSettings.promptPassages,
    promptText: arm.promptText ?? 'passages',
    searchBy: arm.search ?? 'both',
    within: within ? { paths: within, heading: '' } : null,
    numbers: new Map(),
    onQuestionCut: () => undefined,
  });
  const search: Stages['search'] = async (...asked) => changed(await stages.search(...asked), arm);
  if (one.compares !== 'answer') {
    const { text, vector } = await stages.understand(question, signal);
    return { question: text, of, found: await search(text, vector, signal), answer: null };
  }
  try {
    let found: Found | null = null;
    const kept: Stages['search'] = async (...asked) => (found = await search(...asked));
    const answer = await answerQuestion(question, { ...stages, search: kept }, signal, {
      onStage: (stage) => stage === 'load' && onStep('writing'),
    });
    signal.throwIfAborted();
    return { question: answer.trace.question, of, found: found!, answer };
  } catch (error) {
    throw signal.aborted ? error : inSentence(desk.writers, error);
  }
}

/** @throws Error with a sentence when the model cannot be had */
async function writerFor({ writer }: Arm, writers: GalleryDesk['writers'], signal: AbortSignal): Promise<Writer> {
  if (writer === undefined || writer === 'extractive') return { made: 'extractive', because: '' };
  const own = await writers.own(writer, { reading: defaultSettings.reading }, signal);
  if (own.made === 'extractive') throw new Error(own.because);
  return own;
}

/** What the page does and the arm does without. */
function changed(found: Found, { folding, threshold, passages = defaultSettings.promptPassages }: Arm): Found {
  return {
    ...found,
    ...(folding === false && { candidates: unfolded(found.candidates, passages) }),
    ...(threshold === false && { threshold: 0 }),
  };
}

function entryOf(file: File, document: Document, passages: readonly Passage[]): Entry {
  return {
    ...{ path: document.path, name: document.name, bytes: file.size, file, document, passages },
    status: { state: 'ready', passages: passages.length },
    ...{ outer: null, help: {}, note: '', canKeepBoth: false },
  };
}
