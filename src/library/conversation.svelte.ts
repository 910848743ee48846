/** Questions and answers, one after the other. */
import type { Answer, Stage } from '../pipeline/answer.ts';
import { citeInstead } from '../pipeline/cite/recite.ts';
import type { Passage, Span } from '../pipeline/document.ts';
import { answerQuestion, readAhead, type Stages, type Writer } from '../pipeline/pipeline.ts';
import type { Within } from '../pipeline/retrieve/within.ts';
import { surveyRequest, type SurveyRequest } from '../pipeline/survey/request.ts';
import { answerSurvey } from '../pipeline/survey/survey.ts';
import { askStages, phaseOf } from './ask.ts';
import type { Documents } from './documents.svelte.ts';
import { Draft } from './draft.ts';
import type { Engine } from './engine.ts';
import { otherId } from './generators.ts';
import { askAll, limitedTo } from './limit.ts';
import type { OpenedModels } from './models.ts';
import { onceMore } from './once-more.ts';
import { sentenceOf } from './sentence.ts';
import type { Ahead, AskSettings, Removed, Settings, Turn } from './state.ts';
import { namedDocuments, surveyStages } from './survey.ts';
import type { Shelf } from './shelf.ts';
import { TurnIds } from './turn-ids.ts';
import {
  askedAnew,
  attemptOf,
  changed,
  newTurn,
  numbersIn,
  understanding,
  withChangedSources,
  withStale,
} from './turns.ts';
import { aborted, isHere } from './waiting.ts';
import type { Writers } from './writers.ts';

export interface ConversationOptions {
  readonly engine: Engine;
  readonly models: OpenedModels;
  readonly documents: Documents;
  settings(): Settings;
  /** Path of the document that is open; null if none. */
  opened(): string | null;
  /** The documents that the next question is asked of; null for all. */
  limit(): Within | null;
  readonly writers: Writers;
}

export class Conversation {
  turns = $state.raw<readonly Turn[]>([]);
  removed = $state.raw<Removed | null>(null);
  ahead = $state.raw<Ahead>({ state: 'none' });
  busy = $derived(this.turns.some((turn) => !isDone(turn)));
  private asking: AbortController | null = null;
  /** Id of the turn that is being answered. */
  private current = 0;
  private last: Promise<void> = Promise.resolve();
  private readonly ids = new TurnIds();
  /** Another generator is about to take the worker. */
  private changing = 0;
  private readonly drafted = new Draft((question, signal) => this.readAhead(question, signal));

  constructor(private readonly options: ConversationOptions) {}

  /** The question in the box, as far as it has been written. */
  draft(question: string): void {
    this.ahead = { state: 'none' };
    this.drafted.change(question);
  }

  /** @param within the documents that it is asked of, in the place of those that questions are limited to */
  async ask(question: string, within: Within | null = this.options.limit()): Promise<void> {
    const asked = question.trim();
    if (!asked) return;
    const id = this.ids.next();
    this.turns = [...this.turns, { ...newTurn(id, asked), within }];
    this.removed = null;
    await this.inTurn(id);
  }

  async edit(id: number, question: string): Promise<void> {
    const asked = question.trim();
    if (asked) await this.anew(id, { question: asked, asWritten: false, earlier: [] });
  }

  askAsWritten(id: number): Promise<void> {
    return this.anew(id, { asWritten: true });
  }

  async askAgain(id: number, wanted: AskSettings | null = null): Promise<void> {
    const turn = this.turn(id);
    const within = wanted ? wanted.within : turn?.within;
    if (turn) await this.anew(id, { wanted, within: within ?? null, earlier: [...attemptOf(turn), ...turn.earlier] });
  }

  remove(id: number): void {
    const at = this.turns.findIndex((turn) => turn.id === id);
    const turn = this.turns[at];
    if (!turn) return;
    if (this.current === id) this.stop();
    this.turns = withStale(this.turns, id).filter((one) => one !== turn);
    this.removed = { turn, at };
  }

  undoRemove(): void {
    if (!this.removed) return;
    const { turn, at } = this.removed;
    // What it was stopped in does not go on by itself.
    const back = isDone(turn) ? turn : { ...turn, phase: 'failed' as const, error: stoppedEarly };
    const others = this.turns.map((one) => (one.from === turn.id ? { ...one, stale: false } : one));
    this.turns = others.toSpliced(at, 0, back);
    this.removed = null;
  }

  /** Ids tell the time from now on: those of two tabs then differ, and stand in the order of the questions. */
  numberByTime(): void {
    this.ids.byTime();
  }

  /** Takes turns in that an earlier visit or another tab has left, in the place of those of the same ids. */
  restore(turns: readonly Turn[]): void {
    const ids = new Set(turns.map(({ id }) => id));
    for (const id of ids) this.ids.saw(id);
    this.turns = [...this.turns.filter(({ id }) => !ids.has(id)), ...turns].sort((a, b) => a.id - b.id);
  }

  /** They were removed in another tab. */
  drop(ids: readonly number[]): void {
    this.turns = this.turns.filter(({ id }) => !ids.includes(id));
  }

  /** An empty one. */
  reset(): void {
    this.stop();
    this.drafted.stop();
    this.turns = [];
    this.removed = null;
    this.ahead = { state: 'none' };
  }

  stop(): void {
    this.asking?.abort(new Error('Stopped.'));
  }

  /** Lets a sentence cite the source that was offered for it. */
  citeInstead(id: number, sentence: number): void {
    const answer = this.turn(id)?.answer;
    if (answer) this.update(id, { answer: citeInstead(answer, sentence) });
  }

  private async anew(id: number, change: Partial<Turn>): Promise<void> {
    const turn = this.turn(id);
    if (!turn || !isDone(turn)) return;
    this.turns = askedAnew(this.turns, id, change);
    await this.inTurn(id);
  }

  /** Does what takes the generator away: not in the middle of an answer, and questions asked meanwhile wait for it. */
  between<T>(work: () => Promise<T>): Promise<T> {
    this.changing++;
    this.drafted.stop();
    const done = this.last.then(work).finally(() => this.changing--);
    this.last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  /** One question after the other. */
  private inTurn(id: number): Promise<void> {
    if (this.changing > 0) this.update(id, { phase: 'loading' });
    this.last = this.last.then(() => this.answer(id));
    return this.last;
  }

  private turn(id: number): Turn | undefined {
    return this.turns.find((turn) => turn.id === id);
  }

  /** Marks the answers whose sources no longer stand in the document; those whose sources do again lose the mark. */
  documentChanged(path: string): void {
    const text = this.options.documents.entry(path)?.document?.text ?? '';
    this.turns = this.turns.map((turn) => withChangedSources(turn, path, text));
  }

  /** What the model has read for the question in the box was found in other documents. */
  limitChanged(): void {
    this.drafted.stop();
    this.ahead = { state: 'none' };
  }

  /** The passage that an answer took from this span of the document, as it then was. */
  sourceAt(path: string, { start, end }: Span): Passage | undefined {
    return this.turns
      .flatMap(({ answer }) => answer?.sources ?? [])
      .findLast(({ passage }) => passage.path === path && passage.start === start && passage.end === end)?.passage;
  }

  private async answer(id: number): Promise<void> {
    const turn = this.turn(id);
    if (!turn) return;
    this.drafted.stop();
    this.ahead = { state: 'none' };
    const { engine, documents, settings, writers } = this.options;
    let askedWith = { ...(turn.wanted ?? askSettingsOf(settings())), within: turn.within };
    const read = understanding(this.turns, id);
    const question = read.kind === 'understood' ? read.question : turn.question;
    const understood = read.kind === 'understood' ? { understood: question, from: read.from } : {};
    this.update(id, { askedWith, open: read.kind === 'open', ...understood });
    this.current = id;
    const controller = new AbortController();
    const { signal } = controller;
    this.asking = controller;
    try {
      await Promise.race([documents.settled(), aborted(signal)]);
      const { entries } = documents;
      if (!entries.some(({ document }) => document)) throw new Error(nothingToSearch(entries.length));
      askedWith = { ...askedWith, within: limitedTo(turn.within, entries) };
      this.update(id, { askedWith });
      const request = surveyRequest(question, namedDocuments(entries), this.options.opened());
      if (request) return await this.survey(id, request, askedWith.within, signal);
      // The writer first: whoever waits for the generator has the embedder by then.
      const writer = await writers.chosen(askedWith, signal, () => this.update(id, { phase: 'loading' }));
      if (otherId(askedWith.generator) !== null && writer.made === 'adapter') {
        askedWith = { ...askedWith, generator: 'adapter' };
        this.update(id, { askedWith });
      }
      const { shelf } = engine;
      let cut = '';
      let streamed = '';
      const progress = {
        onStage: (stage: Stage) => this.update(id, { phase: phaseOf(stage) }),
        onText: (piece: string) => {
          streamed += piece;
          this.update(id, { streamed });
        },
      };
      const answered = (by: Writer): Promise<Answer> =>
        shelf.during(async () => {
          // What a worker had written before it died is written anew.
          if (streamed) this.update(id, { streamed: (streamed = '') });
          const stages = await this.stages(shelf, askedWith, by, (leftOut) => (cut = questionCut(leftOut)));
          return answerQuestion(question, stages, signal, progress);
        });
      const settled = () => Promise.race([documents.settled(), aborted(signal)]);
      const made = await onceMore(() => answered(writer), settled).catch((error: unknown) => {
        const instead = writers.instead(error);
        if (!instead) throw error;
        return answered(instead);
      });
      const answer = { ...made, madeBecause: [made.madeBecause, cut].filter(Boolean).join(' ') };
      this.update(id, { phase: 'done', answer, streamed: answer.text });
    } catch (error) {
      this.update(id, { phase: 'failed', error: signal.aborted ? stoppedEarly : sentenceOf(error) });
    } finally {
      this.asking = null;
    }
  }

  /** The model reads what the question would be answered from, if all that needs is here. */
  private async readAhead(question: string, signal: AbortSignal): Promise<void> {
    const { engine, models, documents, settings, writers } = this.options;
    const askedWith = { ...askSettingsOf(settings()), within: this.options.limit() };
    if (this.busy || this.changing > 0 || askedWith.generator !== 'adapter' || askedWith.reading !== 'once') return;
    if (!(await isHere(models.generator)) || !(await isHere(documents.settled()))) return;
    const read = understanding([...this.turns, newTurn(0, question)], 0);
    const asked = read.kind === 'understood' ? read.question : question;
    if (surveyRequest(asked, namedDocuments(documents.entries), this.options.opened())) return;
    const { shelf } = engine;
    signal.throwIfAborted();
    this.ahead = { state: 'reading' };
    let passages = 0;
    try {
      passages = await shelf.during(async () => {
        const writer = await writers.own('adapter', askedWith, signal);
        const stages = await this.stages(shelf, askedWith, writer, () => undefined);
        return readAhead(asked, stages, signal);
      });
    } finally {
      if (!signal.aborted) this.ahead = passages > 0 ? { state: 'read', passages } : { state: 'none' };
    }
  }

  private async stages(
    shelf: Shelf,
    { promptPassages: most, promptText, search: searchBy, reading, within }: AskSettings,
    writer: Writer,
    onQuestionCut: (leftOut: number) => void,
  ): Promise<Stages> {
    const { documents, settings } = this.options;
    // Together: while it is waited for the embedder another one may come into use.
    const { embedder } = settings();
    const once = writer.made === 'adapter' && reading === 'once';
    return askStages({
      ...{ shelf, embedder, writer, most, promptText, searchBy, onQuestionCut },
      embedding: await isHere(shelf.embedder),
      ...{ entries: documents.entries, within },
      numbers: once ? numbersIn(this.turns) : new Map(),
    });
  }

  private async survey(id: number, request: SurveyRequest, within: Within | null, signal: AbortSignal): Promise<void> {
    const { documents, engine } = this.options;
    const { shelf } = engine;
    if (request.kind === 'summarise' && within && !within.paths.includes(request.path))
      throw new Error(`“${request.name}” is not among the documents that this question is limited to. ${askAll}`);
    const survey = async () => {
      const embedding = await isHere(shelf.embedder);
      return answerSurvey(request, surveyStages(shelf, embedding, documents.entries, within), signal, {
        onRead: (done, total) => this.update(id, { phase: 'reading', reading: { done, total } }),
        onText: (streamed) => this.update(id, { streamed }),
      });
    };
    const settled = () => Promise.race([documents.settled(), aborted(signal)]);
    const answer = await onceMore(() => shelf.during(survey), settled);
    this.update(id, { phase: 'done', answer, streamed: answer.text, reading: null });
  }

  private update(id: number, change: Partial<Turn>): void {
    this.turns = changed(this.turns, id, change);
  }
}

const stoppedEarly = 'Stopped before anything was written. The question is kept: ask it again when you like.';

const isDone = ({ phase }: Turn): boolean => phase === 'done' || phase === 'failed';

const askSettingsOf = ({ generator, promptPassages, promptText, reading }: Settings): AskSettings => ({
  ...{ generator, promptPassages, promptText, reading, search: 'both', within: null },
});

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
