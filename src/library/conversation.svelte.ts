/** Questions and answers, one after the other. */
import type { Stage } from '../pipeline/answer.ts';
import { citeInstead } from '../pipeline/cite/recite.ts';
import type { Passage, Span } from '../pipeline/document.ts';
import { answerQuestion, type Writer } from '../pipeline/pipeline.ts';
import { askStages, phaseOf } from './ask.ts';
import type { Documents } from './documents.svelte.ts';
import type { Engine } from './engine.ts';
import type { OpenedModels } from './models.ts';
import { sentenceOf } from './sentence.ts';
import type { Settings, Turn } from './state.ts';

/** A generator that will be here within so many seconds is waited for; else the answer is extractive. */
const worthWaiting = 20;

export interface ConversationOptions {
  readonly engine: Engine;
  readonly models: OpenedModels;
  readonly documents: Documents;
  settings(): Settings;
}

export class Conversation {
  turns = $state.raw<readonly Turn[]>([]);
  busy = $derived(this.turns.some(({ phase }) => phase !== 'done' && phase !== 'failed'));
  private asking: AbortController | null = null;
  private last: Promise<void> = Promise.resolve();
  private nextId = 1;

  constructor(private readonly options: ConversationOptions) {}

  async ask(question: string): Promise<void> {
    const asked = question.trim();
    if (!asked) return;
    const id = this.nextId++;
    const empty = { streamed: '', answer: null, error: '', changedSources: [] };
    this.turns = [...this.turns, { id, question: asked, phase: 'waiting', ...empty }];
    this.last = this.last.then(() => this.answer(id, asked));
    await this.last;
  }

  stop(): void {
    this.asking?.abort(new Error('Stopped.'));
  }

  /** Lets a sentence cite the source that was offered for it. */
  citeInstead(id: number, sentence: number): void {
    const answer = this.turns.find((turn) => turn.id === id)?.answer;
    if (answer) this.update(id, { answer: citeInstead(answer, sentence) });
  }

  /** Marks the answers whose sources no longer stand in the document. */
  documentChanged(path: string): void {
    const text = this.options.documents.entry(path)?.document?.text ?? '';
    this.turns = this.turns.map((turn) => {
      const lost = turn.answer?.sources.find(({ passage }) => passage.path === path && !text.includes(passage.text));
      if (!lost || turn.changedSources.includes(lost.documentName)) return turn;
      return { ...turn, changedSources: [...turn.changedSources, lost.documentName] };
    });
  }

  /** The passage that an answer took from this span of the document, as it then was. */
  sourceAt(path: string, { start, end }: Span): Passage | undefined {
    return this.turns
      .flatMap(({ answer }) => answer?.sources ?? [])
      .findLast(({ passage }) => passage.path === path && passage.start === start && passage.end === end)?.passage;
  }

  private async answer(id: number, question: string): Promise<void> {
    const { engine, documents, settings } = this.options;
    const controller = new AbortController();
    const { signal } = controller;
    this.asking = controller;
    try {
      await Promise.race([documents.settled(), aborted(signal)]);
      const { entries } = documents;
      if (!entries.some(({ document }) => document)) throw new Error(nothingToSearch(entries.length));
      // The writer first: whoever waits for the generator has the embedder by then.
      const writer = await this.writer(signal);
      // Together: while it is waited for the embedder another one may come into use.
      const { shelf } = engine;
      const { embedder, promptPassages: most, promptText } = settings();
      let cut = '';
      let streamed = '';
      const progress = {
        onStage: (stage: Stage) => this.update(id, { phase: phaseOf(stage) }),
        onText: (piece: string) => {
          streamed += piece;
          this.update(id, { streamed });
        },
      };
      const made = await shelf.during(async () => {
        const stages = askStages({
          ...{ shelf, embedding: await isHere(shelf.embedder), embedder, writer, most, promptText, entries },
          onQuestionCut: (leftOut) => (cut = questionCut(leftOut)),
        });
        return answerQuestion(question, stages, signal, progress);
      });
      const answer = { ...made, madeBecause: [made.madeBecause, cut].filter(Boolean).join(' ') };
      this.update(id, { phase: 'done', answer, streamed: answer.text });
    } catch (error) {
      const stopped = 'Stopped before anything was written. The question is kept: ask it again when you like.';
      this.update(id, { phase: 'failed', error: signal.aborted ? stopped : sentenceOf(error) });
    } finally {
      this.asking = null;
    }
  }

  private async writer(signal: AbortSignal): Promise<Writer> {
    const { engine, models, settings } = this.options;
    const made = settings().generator;
    if (made === 'off') return { made: 'extractive', because: 'The language model is switched off in the settings.' };
    const ready = models.generator.then(() => null, sentenceOf);
    const late = 'The language model is still being loaded. Ask again when it is here.';
    const patience = models.secondsLeft() < worthWaiting ? worthWaiting * 1000 : 0;
    const because = await Promise.race([ready, after(patience, late), aborted(signal)]);
    if (because !== null) return { made: 'extractive', because };
    return { made, load: () => engine.model(made === 'adapter' ? 1 : 0, signal) };
  }

  private update(id: number, change: Partial<Turn>): void {
    this.turns = this.turns.map((turn) => (turn.id === id ? { ...turn, ...change } : turn));
  }
}

function nothingToSearch(documents: number): string {
  return documents === 0
    ? 'There is nothing to search yet. Add documents, or try the sample documents, and ask again.'
    : 'None of the documents could be read, so there is nothing to search. The list says why for each of them.';
}

function questionCut(tokens: number): string {
  return (
    `The question is long: its last ${tokens} tokens (pieces of words) were left out of the search by meaning. ` +
    'All of its words were searched.'
  );
}

function after<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));
}

/** Rejects when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Whether the promise has been fulfilled already. */
function isHere(promise: Promise<unknown>): Promise<boolean> {
  const yes = promise.then(
    () => true,
    () => false,
  );
  return Promise.race([yes, after(0, false)]);
}
