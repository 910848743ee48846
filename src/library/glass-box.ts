/**
 * An answer made once more, stage by stage, by the page's own walk: what each stage gave is held, so that after a change
 * only the stages run that depend on it. All of it happens beside the desk and the conversation, which stay as they are.
 */
import { stageIds, stagesToRun, type StageId, type StageSettings } from '../lab/stages.ts';
import type { Answer, Candidate, Evidence, Found, Maker, Source } from '../pipeline/answer.ts';
import type { Passage } from '../pipeline/document.ts';
import type { Draft, Understood } from '../pipeline/pipeline.ts';
import type { Prompt } from '../pipeline/prompt/prompt.ts';
import { usualDepth } from '../pipeline/retrieve/hits.ts';
import type { Query } from '../pipeline/retrieve/second-step.ts';
import type { Fused, LookedUpWithVectors } from '../pipeline/retrieve/steps.ts';
import type { Numbers } from '../pipeline/retrieve/numbering.ts';
import type { Within } from '../pipeline/retrieve/within.ts';
import type { ShownToken } from '../workers/generator.ts';
import type { Engine } from './engine.ts';
import { GlassCollection, startWorkers, type GlassShelf, type VectorsGiven } from './glass-collection.ts';
import { choosePassages, fuseHits, judge, lookUp } from './glass-search.ts';
import { answerFrom } from './glass-answer.ts';
import { takeApart, type TakenApart } from './take-apart.ts';
import type { Shelf } from './shelf.ts';
import type { AskSettings, Entry, Settings } from './state.ts';
import { isHere } from './waiting.ts';
import type { Writers } from './writers.ts';

/** What is asked, and what of the answer has to be the same each time. */
export interface GlassQuestion {
  /** As it was searched. */
  readonly text: string;
  readonly corrections: Answer['trace']['corrections'];
  readonly within: Within | null;
  /** Of the passages that the answer was given. */
  readonly numbers: Numbers;
}

/** The desk as it is when the box is opened. */
export interface GlassDesk {
  readonly shelf: Pick<Shelf, 'vectors' | 'embedder' | 'embedders'> & {
    readonly reader: Pick<Shelf['reader'], 'rechunk'>;
  };
  readonly entries: readonly Entry[];
  readonly writers: Pick<Writers, 'own' | 'instead'>;
  readonly engine: Pick<Engine, 'writeShown'>;
  /** An empty collection beside it. */
  apart(onLost: () => void): GlassShelf;
  /** Does what needs its embedder from start to end. @throws Error with a sentence where another has come into use */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Does what needs the generator, not in the middle of another answer. */
  between<T>(work: () => Promise<T>): Promise<T>;
}

/** What each stage gives. */
export interface Outcomes {
  readonly cut: GlassCollection;
  readonly words: { readonly passages: number };
  readonly vectors: VectorsGiven;
  readonly index: StageSettings['index'];
  /** Null without an embedder. */
  readonly question: Float32Array | null;
  readonly search: LookedUpWithVectors & { readonly query: Query };
  readonly fuse: Fused;
  readonly choose: Chosen;
  readonly evidence: Judged;
  /** Null where no model is asked. */
  readonly prompt: Prompt | null;
  /** Tokens that the model reads before the question; null where no model is asked. */
  readonly read: { readonly tokens: number } | null;
  readonly write: Written;
  readonly check: Answer;
}

export interface Chosen {
  readonly candidates: readonly Candidate[];
  readonly sources: readonly Source[];
  /** What was searched once more, for a question that asks several things; null for none. */
  readonly second: string | null;
}

export interface Judged extends Evidence {
  /** What `threshold` is where it is not set by hand. */
  readonly calibratedThreshold: number;
}

export interface Written {
  readonly draft: Draft;
  /** None where no model wrote. */
  readonly tokens: readonly ShownToken[];
}

export interface StageRun<S extends StageId = StageId> {
  readonly outcome: Outcomes[S];
  readonly milliseconds: number;
}

export interface GlassRun {
  readonly settings: StageSettings;
  readonly stages: { readonly [S in StageId]: StageRun<S> };
  /** The others kept what they had given before. */
  readonly ran: ReadonlySet<StageId>;
}

export interface GlassProgress {
  onStage(stage: StageId): void;
  onEmbedded(done: number, total: number): void;
  /** Text of the answer as it grows. */
  onText(piece: string): void;
}

/** Runs a stage, or takes what it gave before. */
export type Step = <S extends StageId>(stage: S, work: () => Promise<Outcomes[S]>) => Promise<StageRun<S>>;

/** The settings that an answer was made with; another generator than the page's own is not asked. */
export function startingSettings(askedWith: AskSettings, settings: Settings, made: Maker): StageSettings {
  const { search, promptPassages: most, promptText, reading } = askedWith;
  const { strategy, passageTokens, overlapTokens, index } = settings;
  return {
    ...{ strategy, passageTokens, overlapTokens, index, most, promptText, reading },
    ...({ by: search === 'words' ? 'words' : 'both', depth: usualDepth, fusion: 'z', threshold: null } as const),
    vectorWeight: search === 'meaning' ? 1 : null,
    generator: generatorOf(askedWith.generator, made),
    ...{ temperature: 0, seed: 1 },
  };
}

/** Where the model was not here, nothing is asked of it now either. */
function generatorOf(asked: AskSettings['generator'], made: Maker): StageSettings['generator'] {
  if (made === 'extractive' || asked === 'off') return 'off';
  return asked === 'base' ? 'base' : 'adapter';
}

export function questionOf(
  { sources, trace }: Pick<Answer, 'sources' | 'trace'>,
  { within }: Pick<AskSettings, 'within'>,
): GlassQuestion {
  const numbers = new Map(sources.map(({ passage, number }) => [passage.id, number]));
  return { text: trace.question, corrections: trace.corrections, within, numbers };
}

export class GlassBox {
  private first: GlassRun | null = null;
  private last: GlassRun | null = null;
  private lost: Error | null = null;
  private closed = false;

  constructor(
    readonly question: GlassQuestion,
    private readonly desk: GlassDesk,
  ) {}

  /**
   * Makes the answer with these settings, from what the first or the last run gave as far as that serves.
   * @throws Error with a sentence; the signal's reason when it is stopped: the runs before stay
   */
  async run(settings: StageSettings, signal: AbortSignal, progress: GlassProgress): Promise<GlassRun> {
    if (this.lost) throw this.lost;
    const before = this.nearest(settings);
    const ran = before ? stagesToRun(before.settings, settings) : null;
    const made: GlassCollection[] = [];
    const step: Step = async (stage, work) => {
      if (before && !ran!.has(stage)) return before.stages[stage];
      signal.throwIfAborted();
      progress.onStage(stage);
      const from = performance.now();
      const outcome = await work();
      signal.throwIfAborted();
      return { outcome, milliseconds: performance.now() - from };
    };
    try {
      const run = await this.desk.during(() => this.walk(settings, step, made, signal, progress));
      this.keep({ ...run, settings, ran: ran ?? new Set(stageIds) });
      return this.last!;
    } catch (error) {
      for (const one of made) one.close();
      throw this.lost ?? error;
    }
  }

  /** The stages that `run` would run with these settings. */
  toRun(settings: StageSettings): ReadonlySet<StageId> {
    const before = this.nearest(settings);
    return before ? stagesToRun(before.settings, settings) : new Set(stageIds);
  }

  /** Back to the first run; what was made since is let go. */
  reset(): void {
    if (!this.first || !this.last) return;
    if (this.last.stages.cut.outcome !== this.first.stages.cut.outcome) this.last.stages.cut.outcome.close();
    this.last = this.first;
  }

  /** The scores of a passage of a run, in their parts. @throws Error with a sentence */
  takeApart(run: GlassRun, passage: Passage): Promise<TakenApart> {
    const { shelf, entries } = run.stages.cut.outcome;
    return takeApart(shelf, this.question.text, passage, entries);
  }

  /** The tokens that the embedder makes of the question. @throws Error with a sentence */
  async questionTokens(): Promise<readonly string[]> {
    const { tokens } = await this.desk.shelf.embedders.tokens(this.question.text, 'question');
    return tokens.map(({ text }) => text);
  }

  /** Ends its workers. */
  close(): void {
    this.closed = true;
    const runs = [this.first, this.last].flatMap((run) => run ?? []);
    for (const one of new Set(runs.map(({ stages }) => stages.cut.outcome))) one.close();
  }

  private nearest(settings: StageSettings): GlassRun | null {
    const { first, last } = this;
    if (!first || !last) return null;
    const size = (run: GlassRun) => stagesToRun(run.settings, settings).size;
    return size(first) < size(last) ? first : last;
  }

  private keep(run: GlassRun): void {
    const collections = new Set([this.first ?? run, run].map(({ stages }) => stages.cut.outcome));
    const old = this.last?.stages.cut.outcome;
    if (old && !collections.has(old)) old.close();
    this.first ??= run;
    this.last = run;
    if (this.closed) this.close();
  }

  /** A collection beside the desk, its workers at work already: what starting them takes is no time of a stage. */
  private async emptyBeside(settings: StageSettings, signal: AbortSignal): Promise<GlassShelf> {
    const onLost = () => {
      this.lost = new Error(
        'The search stopped working in the glass box. Your documents are as they were; open it again.',
      );
    };
    const shelf = this.desk.apart(onLost);
    try {
      await startWorkers(shelf, this.desk.shelf.reader, this.desk.entries, settings, signal);
      return shelf;
    } catch (error) {
      shelf.close();
      throw error;
    }
  }

  private async walk(
    settings: StageSettings,
    step: Step,
    made: GlassCollection[],
    signal: AbortSignal,
    progress: GlassProgress,
  ): Promise<Pick<GlassRun, 'stages'>> {
    const { desk, question } = this;
    const embedding = await isHere(desk.shelf.embedder);
    const beside = this.toRun(settings).has('cut') ? await this.emptyBeside(settings, signal) : null;
    const cut = await step('cut', async () => {
      const collection = await GlassCollection.cut(beside!, desk.shelf.reader, desk.entries, settings, signal);
      made.push(collection);
      return collection;
    });
    const collection = cut.outcome;
    const words = await step('words', async () => {
      await collection.put(signal);
      return { passages: collection.passages.length };
    });
    const vectors = await step('vectors', () => {
      const held = [this.last, this.first].flatMap((run) => (run ? [run.stages.cut.outcome.shelf] : []));
      return collection.fill([desk.shelf, ...held], embedding, signal, (...given) => progress.onEmbedded(...given));
    });
    const index = await step('index', async () => {
      await collection.useIndex(settings.index);
      return settings.index;
    });
    const asked = await step('question', async () =>
      embedding ? (await desk.shelf.embedders.question(question.text, signal)).vector : null,
    );
    const search = await step('search', async () => {
      // A run that failed may have left it in another one.
      await collection.useIndex(settings.index);
      return lookUp(collection.shelf, { words: question.text, vector: asked.outcome }, question, settings, signal);
    });
    const fuse = await step('fuse', () => Promise.resolve(fuseHits(search.outcome, settings)));
    const choose = await step('choose', () =>
      choosePassages(collection, search.outcome, fuse.outcome, question, settings, signal),
    );
    const embedder = search.outcome.query.vector ? (await desk.shelf.embedder).stamp.model : null;
    const evidence = await step('evidence', () => Promise.resolve(judge(fuse.outcome, embedder, settings)));
    const { candidates, sources } = choose.outcome;
    const { calibratedThreshold: _, ...judged } = evidence.outcome;
    const found: Found = { candidates, ...judged, searched: search.outcome.searched };
    const understood: Understood = {
      ...{ text: question.text, corrections: question.corrections },
      ...{ vector: asked.outcome, warning: '' },
    };
    const answer = await answerFrom(
      { understood, found, sources, settings, entries: collection.entries, embedding },
      { step, signal, onText: (piece) => progress.onText(piece), onStage: (stage) => progress.onStage(stage) },
      desk,
    );
    return { stages: { cut, words, vectors, index, question: asked, search, fuse, choose, evidence, ...answer } };
  }
}
