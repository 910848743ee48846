/** The stages from the prompt to the checks, each run by itself with what the one before gave. */
import type { StageId, StageSettings } from '../lab/stages.ts';
import type { Found, Source } from '../pipeline/answer.ts';
import {
  checkedAnswer,
  extractiveDraft,
  generatedDraft,
  promptPassage,
  refusedDraft,
  type Model,
  type Understood,
} from '../pipeline/pipeline.ts';
import type { Prompt } from '../pipeline/prompt/prompt.ts';
import { embedTextBy, placeOf, readAsOf } from './ask.ts';
import type { GlassDesk, GlassRun, Step, Written } from './glass-box.ts';
import type { Entry } from './state.ts';
import { inSentence } from './writers.ts';

export interface Given {
  readonly understood: Understood;
  readonly found: Found;
  readonly sources: readonly Source[];
  readonly settings: StageSettings;
  readonly entries: readonly Entry[];
  readonly embedding: boolean;
}

export interface Running {
  readonly step: Step;
  readonly signal: AbortSignal;
  onText(piece: string): void;
  onStage(stage: StageId): void;
}

type LastStages = Pick<GlassRun['stages'], 'prompt' | 'read' | 'write' | 'check'>;

/** @throws Error with a sentence when the model cannot be had */
export async function answerFrom(given: Given, running: Running, desk: GlassDesk): Promise<LastStages> {
  const { settings, found, sources } = given;
  const { step } = running;
  const refused = refusedDraft(found, sources);
  if (refused || settings.generator === 'off') {
    const prompt = await step('prompt', () => Promise.resolve(null));
    const read = await step('read', () => Promise.resolve(null));
    const write = await step('write', async () => ({ draft: refused ?? (await wordForWord(given, desk)), tokens: [] }));
    return { prompt, read, write, check: await checked(given, running, desk, write.outcome) };
  }
  const { generator } = settings;
  try {
    return await desk.between(() => written(given, running, desk, generator));
  } catch (error) {
    running.signal.throwIfAborted();
    throw inSentence(desk.writers, error);
  }
}

async function written(
  given: Given,
  running: Running,
  { writers, engine, ...desk }: GlassDesk,
  generator: 'adapter' | 'base',
): Promise<LastStages> {
  const { understood, sources, settings } = given;
  const { step, signal } = running;
  const readAs = readAsOf(generator, settings);
  // Loading is no stage of an answer: the model is here, or comes once.
  const model = async (): Promise<Model> => {
    const writer = await writers.own(generator, readAs, signal);
    if (writer.made === 'extractive') throw new Error(writer.because);
    return writer.load();
  };
  const loaded = await model();
  const prompt = await step('prompt', () => loaded.prompt(sources.map(promptPassage), understood.text));
  const asked: Prompt = prompt.outcome!;
  const before = asked.pieces.system.length + asked.pieces.passages.flat().length;
  const read = await step('read', async () => {
    if (readAs.reading === 'once') await loaded.readAhead(asked, signal);
    return { tokens: before };
  });
  let readUntil = 0;
  const from = performance.now();
  const write = await step('write', async () => {
    const { temperature, seed } = settings;
    const { generated, tokens } = await engine.writeShown(asked.pieces, readAs, signal, {
      sampling: { temperature, seed },
      onRead: () => (readUntil = performance.now()),
      onText: (piece) => running.onText(piece),
    });
    return { draft: generatedDraft(generator, generated, asked, sources), tokens };
  });
  // What is read together is read by the call that writes: its time is told apart.
  const together = readAs.reading === 'together' && readUntil > 0 ? readUntil - from : 0;
  return {
    prompt,
    read: together > 0 ? { ...read, milliseconds: together } : read,
    write: { ...write, milliseconds: write.milliseconds - together },
    check: await checked(given, running, { writers, engine, ...desk }, write.outcome),
  };
}

function checked(
  { understood, found, sources, entries, embedding }: Given,
  { step }: Running,
  desk: GlassDesk,
  { draft }: Written,
) {
  const place = (passage: Parameters<typeof placeOf>[0]) => placeOf(passage, entries);
  return step('check', () =>
    checkedAnswer(understood, found, sources, draft, { place, embedText: embedTextBy(desk.shelf, embedding) }),
  );
}

function wordForWord({ understood, sources, embedding }: Given, desk: GlassDesk) {
  const because = 'The language model was switched off for this answer.';
  return extractiveDraft(understood.text, understood.vector, sources, because, {
    embedText: embedTextBy(desk.shelf, embedding),
  });
}
