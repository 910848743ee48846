/** Question -> Answer: composes the stages. Whoever calls it says where each stage runs. */
import type {
  Answer,
  Candidate,
  Found,
  Maker,
  OtherModel,
  OwnModel,
  Sentence,
  Source,
  Stage,
  Trace,
} from './answer.ts';
import { attribute } from './cite/attribute.ts';
import { checkedSentences } from './cite/checked.ts';
import { holdToGiven } from './cite/citations.ts';
import type { Passage } from './document.ts';
import { extractiveText } from './generate/extractive.ts';
import type { Generated } from './generate/generator.ts';
import { rankSentences, type ClosestSentence, type EmbedText } from './retrieve/closest.ts';
import type { Spelt } from './retrieve/spell.ts';
import { onlyWithin } from './retrieve/within.ts';
import { isRefusal, refusal } from './prompt/format.ts';
import { leftOut } from './prompt/left-out.ts';
import { promptIds, type Prompt, type PromptPassage } from './prompt/prompt.ts';

/** The generator, wherever it runs. */
export interface Model {
  prompt(passages: readonly PromptPassage[], question: string): Promise<Prompt>;
  /** Reads the prompt's passages before they are asked for, where the model reads each of them once. */
  readAhead(prompt: Prompt, signal: AbortSignal): Promise<void>;
  generate(
    prompt: Prompt,
    signal: AbortSignal,
    onRead: () => void,
    onText: (piece: string) => void,
  ): Promise<Generated>;
}

/** Who writes the answer: a model, or nobody and why (a sentence for the person). */
export type Writer =
  | { readonly made: OwnModel | OtherModel; readonly load: () => Promise<Model> }
  | { readonly made: 'extractive'; readonly because: string };

/** A question as it is searched and put to the model. */
export interface Understood extends Spelt {
  /** L2-normalised; null without an embedder. */
  readonly vector: Float32Array | null;
  /** What the person should know when nothing is found, as a sentence; '' if nothing. */
  readonly warning: string;
}

/** Where the stages run. */
export interface Stages {
  understand(question: string, signal: AbortSignal): Promise<Understood>;
  embedText: EmbedText;
  search(question: string, vector: Float32Array | null, signal: AbortSignal): Promise<Found>;
  writer: Writer;
  /** Name of the passage's document, and the part of it the passage lies in. */
  place(passage: Passage): { documentName: string; part: string };
}

export interface Progress {
  onStage?(stage: Stage): void;
  /** The answer's text as it grows. */
  onText?(piece: string): void;
}

/**
 * Answers one question. Stopping it (the signal) before the model wrote anything throws the signal's reason;
 * after that, what was written is checked and returned with `stopped`.
 */
export async function answerQuestion(
  question: string,
  stages: Stages,
  signal: AbortSignal,
  progress: Progress = {},
): Promise<Answer> {
  const clock = new StageClock(progress.onStage);
  clock.enter('embed');
  const understood = await stages.understand(question, signal);
  signal.throwIfAborted();
  clock.enter('search');
  const found = await stages.search(understood.text, understood.vector, signal);
  signal.throwIfAborted();
  const sources = sourcesOf(found.candidates, stages);
  const draft = await write(understood, found, sources, stages, signal, clock, progress);
  clock.enter('check');
  const answer = await checkedAnswer(understood, found, sources, draft, stages);
  return { ...answer, trace: { ...answer.trace, times: clock.times() } };
}

/** What was written, checked and with its sources: the answer, but for its times. */
export async function checkedAnswer(
  { text: asked, vector, corrections, warning }: Understood,
  found: Found,
  sources: readonly Source[],
  draft: Draft,
  stages: Pick<Stages, 'embedText' | 'place'>,
): Promise<Answer> {
  const given = sources.slice(0, draft.given).map(({ number }) => number);
  const { text: written, removed } = holdToGiven(draft.text.trim(), given);
  const refused = draft.made === 'evidence' || isRefusal(written);
  const { text, made } = attributed(written, asked, draft.made, refused ? [] : sources.slice(0, draft.given));
  const extracts =
    refused && draft.made !== 'evidence' && found.evidence >= found.strong
      ? await extract(asked, vector, sources, stages)
      : [];
  return {
    text,
    made,
    madeBecause: refused
      ? [draft.because, onlyWithin(found.searched.documents), warning].filter(Boolean).join(' ')
      : draft.because,
    refused,
    sources,
    sentences: refused ? [] : checked(text, asked, sources, draft.given, found.candidates, stages),
    removedCitations: removed,
    stopped: draft.stopped,
    offered: extracts[0] ? { text: extracts[0].text, source: extracts[0].source } : null,
    trace: {
      question: asked,
      corrections,
      candidates: found.candidates,
      evidence: found.evidence,
      features: found.features,
      calibrated: found.calibrated,
      threshold: found.threshold,
      searched: found.searched,
      prompt: draft.prompt,
      writtenIds: draft.ids,
      times: [],
    },
  };
}

/**
 * Finds the passages that an answer would be written from, and has the model read them: for a question that is still
 * being written. Nothing is read where the model would not be asked.
 * @returns how many passages it has read
 * @throws the signal's reason when it is stopped; what was read until then is kept
 */
export async function readAhead(question: string, stages: Stages, signal: AbortSignal): Promise<number> {
  const { writer } = stages;
  if (writer.made === 'extractive') return 0;
  const { text, vector } = await stages.understand(question, signal);
  signal.throwIfAborted();
  const found = await stages.search(text, vector, signal);
  signal.throwIfAborted();
  const sources = sourcesOf(found.candidates, stages);
  if (sources.length === 0 || found.evidence < found.threshold) return 0;
  const model = await writer.load();
  signal.throwIfAborted();
  const prompt = await model.prompt(sources.map(promptPassage), text);
  await model.readAhead(prompt, signal);
  return prompt.passages;
}

type WrittenBy = Exclude<Maker, object> | OtherModel;

/** An answer as it was written, before it is checked. */
export interface Draft {
  readonly text: string;
  readonly made: WrittenBy;
  readonly because: string;
  /** Passages that stood in the prompt; citations to others are removed. */
  readonly given: number;
  readonly stopped: boolean;
  readonly prompt: Trace['prompt'];
  readonly ids: readonly number[];
}

async function write(
  { text: question, vector }: Understood,
  found: Found,
  sources: readonly Source[],
  stages: Stages,
  signal: AbortSignal,
  clock: StageClock,
  progress: Progress,
): Promise<Draft> {
  const refused = refusedDraft(found, sources);
  if (refused) return refused;
  const { writer } = stages;
  if (writer.made === 'extractive') {
    clock.enter('write');
    return extractiveDraft(question, vector, sources, writer.because, stages);
  }
  clock.enter('load');
  const model = await writer.load();
  signal.throwIfAborted();
  clock.enter('prompt');
  const prompt = await model.prompt(sources.map(promptPassage), question);
  signal.throwIfAborted();
  clock.enter('read');
  const generated = await model.generate(
    prompt,
    signal,
    () => clock.enter('write'),
    (piece) => progress.onText?.(piece),
  );
  return generatedDraft(writer.made, generated, prompt, sources);
}

/** What is said where the evidence is too weak to ask the model; null where it is not. */
export function refusedDraft(
  { evidence, threshold }: Pick<Found, 'evidence' | 'threshold'>,
  sources: readonly Source[],
): Draft | null {
  if (sources.length > 0 && evidence >= threshold) return null;
  const because = sources.length
    ? 'The passages found are too far from the question, so the model was not asked.'
    : 'No passage was found.';
  return { ...unasked(sources), text: `${refusal}.`, made: 'evidence', because };
}

/** The closest sentences, word for word. */
export async function extractiveDraft(
  question: string,
  vector: Float32Array | null,
  sources: readonly Source[],
  because: string,
  stages: Pick<Stages, 'embedText'>,
): Promise<Draft> {
  const text = extractiveText(await extract(question, vector, sources, stages));
  return { ...unasked(sources), text: text || `${refusal}.`, made: 'extractive', because };
}

function unasked(sources: readonly Source[]) {
  return { stopped: false, prompt: null, ids: [], given: sources.length };
}

/** What a model wrote to a prompt. */
export function generatedDraft(
  made: OwnModel | OtherModel,
  { text, ids, ended, readBefore }: Generated,
  prompt: Prompt,
  sources: readonly Source[],
): Draft {
  return {
    ...{ text, made, ids },
    because: leftOut(prompt, sources),
    given: prompt.passages,
    stopped: ended === 'stopped',
    prompt: { text: prompt.text, ids: promptIds(prompt.pieces), readBefore },
  };
}

/** Another model does not cite: the page places the citations, to passages that stood in the prompt. */
function attributed(
  text: string,
  question: string,
  made: WrittenBy,
  given: readonly Source[],
): { readonly text: string; readonly made: Maker } {
  if (typeof made === 'string') return { text, made };
  const { text: citing, placed } = attribute(text, question, given);
  return { text: citing, made: { ...made, placed } };
}

export function promptPassage({ number, passage }: Source): PromptPassage {
  return { ...passage, number };
}

function extract(
  question: string,
  vector: Float32Array | null,
  sources: readonly Source[],
  stages: Pick<Stages, 'embedText'>,
): Promise<ClosestSentence[]> {
  const passages = sources.map(({ number, passage }) => ({ number, text: passage.text, context: passage.context }));
  return rankSentences(passages, question, vector, stages.embedText);
}

/** Passages beside those given that are tried for a sentence without support, best first: each costs milliseconds. */
const triedBeside = 12;

/** Each sentence against what it cites; what was found and not given is offered where it says what the sentence says. */
function checked(
  text: string,
  question: string,
  sources: readonly Source[],
  given: number,
  candidates: readonly Candidate[],
  stages: Pick<Stages, 'place'>,
): Sentence[] {
  const cut = candidates.flatMap(({ fate, passage }) => (fate.kept ? [] : [passage]));
  const places = Math.max(0, given + triedBeside - sources.length);
  const highest = Math.max(0, ...sources.map(({ number }) => number));
  const beside = cut.slice(0, places).map((passage, i): Source => ({
    number: highest + 1 + i,
    passage,
    ...stages.place(passage),
  }));
  const all = [...sources, ...beside];
  return checkedSentences(text, question, all.slice(0, given), all.slice(given));
}

/** In the order that they stand in the prompt: best first. */
export function sourcesOf(candidates: readonly Candidate[], stages: Pick<Stages, 'place'>): Source[] {
  return candidates.flatMap(({ fate, passage }) =>
    fate.kept ? [{ number: fate.number, passage, ...stages.place(passage) }] : [],
  );
}

/** Time by stage; a stage ends where the next begins. */
class StageClock {
  private readonly done: { stage: Stage; milliseconds: number }[] = [];
  private current: Stage | null = null;
  private since = 0;

  constructor(private readonly onStage: ((stage: Stage) => void) | undefined) {}

  enter(stage: Stage): void {
    this.leave();
    this.current = stage;
    this.since = performance.now();
    this.onStage?.(stage);
  }

  times() {
    this.leave();
    return this.done;
  }

  private leave(): void {
    if (this.current) this.done.push({ stage: this.current, milliseconds: performance.now() - this.since });
    this.current = null;
  }
}
