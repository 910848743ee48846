/** The class behind the page: documents, conversation, models and what is shown of them. */
import type { GalleryCase } from '../lab/gallery/case.ts';
import type { ArmRun } from '../lab/gallery/run.ts';
import { sameCut, type ChunkSettings } from '../pipeline/chunk/chunk.ts';
import type { Answer, Source } from '../pipeline/answer.ts';
import type { Passage, Span } from '../pipeline/document.ts';
import { summariseQuestion } from '../pipeline/survey/request.ts';
import type { CellProgress } from './cells.ts';
import type { CellSetProgress } from './cell-set.ts';
import type { LeftOut } from './placing.ts';
import { Conversation } from './conversation.svelte.ts';
import { Documents } from './documents.svelte.ts';
import { Engine } from './engine.ts';
import { EmbedderSwitch } from './embedder-switch.ts';
import { GeneratorSwitch } from './generator-switch.ts';
import type { GalleryStep } from './gallery.ts';
import { otherId } from './generators.ts';
import { LightMode } from './light-mode.svelte.ts';
import { cannotCompute, hasRoomForTwo, thisMachine, tooSmall } from './machine.ts';
import {
  bytesToFetch,
  embedderId,
  modelChoices,
  neededModels,
  openEmbedder,
  openGenerator,
  OpenedModels,
} from './models.ts';
import { prepareOffline, type Offline } from './offline.ts';
import { Install } from './install.svelte.ts';
import { Kept } from './kept/kept.svelte.ts';
import type { GlassBox } from './glass-box.ts';
import type { Practice } from './practice.ts';
import { QuestionSet } from './question-set.svelte.ts';
import { Privacy } from './network/privacy.svelte.ts';
import { Carrying } from './carried/carrying.svelte.ts';
import { mayBeCollection } from './carried/recognise.ts';
import { Listing } from './listing.svelte.ts';
import type { MapApi } from './map-state.ts';
import { readSamples } from './samples.ts';
import { sentenceOf } from './sentence.ts';
import { namedDocuments } from './survey.ts';
import { defaultSettings, loadSettings, saveSettings, sound } from './settings.ts';
import type { Shelf } from './shelf.ts';
import type {
  AskSettings,
  GeneratorChoice,
  Incoming,
  LibraryApi,
  ModelState,
  Notice,
  OfflineState,
  Settings,
  Switching,
  Viewing,
} from './state.ts';
import { takeApart, type TakenApart } from './take-apart.ts';
import type { Compared, TrialProgress, TrialSettings } from './trial.ts';
import type { TuningLab } from './tuning-lab.ts';
import { Updates } from './updates.svelte.ts';
import { Writers } from './writers.ts';
import type { WrittenTokens } from './written-tokens.ts';

export class Library implements LibraryApi {
  notices = $state.raw<readonly Notice[]>([]);
  models = $state.raw<ModelState>({ state: 'idle' });
  offline = $state.raw<OfflineState>({ state: 'preparing', done: 0, total: 0 });
  settings = $state.raw<Settings>(loadSettings());
  viewing = $state.raw<Viewing | null>(null);
  sampleQuestions = $state.raw<readonly string[]>([]);
  embedders = $state.raw<readonly string[]>([embedderId]);
  switching = $state.raw<Switching | null>(null);
  generators = $state.raw<readonly GeneratorChoice[]>([]);
  loading = $state.raw<Switching | null>(null);

  /** The workers: `carrel.engine.embedders.calls` counts what a change costs. */
  readonly engine: Engine;
  readonly kept: Kept;
  readonly questionSet = new QuestionSet();
  readonly install = new Install(window);
  readonly privacy: Privacy;
  readonly update: Updates;
  readonly carried: Carrying;
  readonly listing: Listing;
  private readonly opened: OpenedModels;
  private readonly documents: Documents;
  private readonly conversation: Conversation;
  private readonly writers: Writers;
  private readonly embedderSwitch: EmbedderSwitch<Shelf>;
  private readonly generatorSwitch: GeneratorSwitch;
  /** Why this machine gets no language model of the page's own, as a sentence; '' if it does. */
  private readonly tooSmall = cannotCompute() || tooSmall(thisMachine().gigabytes);
  private readonly lightMode = new LightMode(thisMachine(), !this.tooSmall);
  private readonly keeper: Offline;
  private nextNotice = 1;
  private mapOpened: MapApi | null = null;
  /** What stands in the question's box. */
  private drafted = $state.raw('');
  private allow: () => void = () => undefined;

  constructor() {
    // First of all: it is to see every request and every worker.
    this.privacy = new Privacy({
      collections: () => this.kept.collections,
      ask: async (question) => {
        await this.ask(question);
        const turn = this.turns.at(-1);
        return turn?.answer?.text ?? turn?.error ?? '';
      },
    });
    const allowed = new Promise<void>((resolve) => {
      this.allow = resolve;
    });
    const onProgress = (done: number, total: number) => {
      // What is told of one model stays while the other is still on its way.
      if (this.models.state !== 'partly') this.models = { state: 'downloading', done, total };
      this.keeper.modelProgress(done, total);
    };
    const { embedder } = this.settings;
    const opened = new OpenedModels({
      ...{ allowed, embedder, onProgress, tooSmall: this.tooSmall },
      ...{ impossible: cannotCompute(), leftOut: this.lightMode.without !== '' },
      onFailure: (reason) => (this.models = { state: 'partly', reason }),
      onReplaced: (reason) => {
        this.tell('problem', reason);
        // Yet another one may have been taken into use meanwhile.
        if (this.settings.embedder === embedder) this.keep({ ...this.settings, embedder: embedderId });
      },
    });
    const settings = () => this.settings;
    this.opened = opened;
    this.engine = new Engine({
      models: opened,
      hasRoomForTwo: hasRoomForTwo(thisMachine()),
      index: () => this.settings.index,
      onCollectionLost: () => void this.refill(),
    });
    const { engine } = this;
    this.documents = new Documents({
      engine,
      settings,
      onChanged: (path, passages) => {
        this.conversation.documentChanged(path);
        this.embedderSwitch.follow();
        this.listing.follow(path);
        if (this.viewing?.path !== path) return;
        this.viewing = passages.length ? { ...this.viewing, span: null } : null;
      },
      onEmbedded: (path) => this.listing.follow(path),
    });
    this.listing = new Listing({
      ...{ documents: this.documents, settings, shelf: () => engine.shelf },
      vectorsOf: (path) => engine.shelf.vectors(path),
      mayChange: () => this.mayChange(),
      onLimit: () => this.conversation.limitChanged(),
      tell: (kind, text) => this.tell(kind, text),
    });
    this.writers = new Writers({
      ...{ engine, models: opened, without: () => this.tooSmall || this.lightMode.without },
      open: (id, signal) => openGenerator(id, { signal }),
      onLost: (id, reason) => this.ownGeneratorAgain(id, reason),
    });
    this.conversation = new Conversation({
      ...{ engine, models: opened, documents: this.documents, settings },
      opened: () => this.viewing?.path ?? null,
      limit: () => this.listing.limit,
      writers: this.writers,
    });
    this.generatorSwitch = new GeneratorSwitch({
      open: openGenerator,
      load: (model, signal) =>
        this.conversation.between(async () => {
          if (!signal.aborted) await engine.otherModel(model.modelId, () => Promise.resolve(model));
        }),
      onState: (state) => (this.loading = state),
    });
    this.embedderSwitch = new EmbedderSwitch({
      ...{ documents: this.documents, settings, open: openEmbedder, shelves: engine },
      onState: (state) => (this.switching = state),
      adopt: (id, shelf, passages) => {
        engine.adopt(shelf);
        this.documents.reshelved(passages);
        this.keep({ ...this.settings, embedder: id });
      },
    });
    this.kept = new Kept({
      ...{ documents: this.documents, conversation: this.conversation, questionSet: this.questionSet, settings },
      limit: () => this.listing.limit,
      limitTo: (limit) => this.listing.limitTo(limit),
      embedder: () => engine.shelf.embedder,
      vectorsOf: (path) => engine.shelf.vectors(path),
      clear: () => {
        this.listing.reset();
        this.conversation.reset();
        this.documents.clear();
        this.questionSet.clear();
        this.sampleQuestions = [];
      },
      use: (kept) => this.use(kept),
      useDefaults: () => this.use(defaultSettings),
      tell: (kind, text) => this.tell(kind, text),
    });
    this.update = new Updates({
      desk: () => {
        const { entries, turns, switching, drafted: draft } = this;
        const { questions } = this.questionSet;
        return { entries, turns, questions, switching, draft, keeping: this.kept.state };
      },
      kept: () => this.kept.written(),
    });
    this.keeper = prepareOffline({
      models: opened.kept,
      onState: (state) => this.offlineIs(state),
      onRegistered: (...registered) => this.update.watch(...registered),
    });
    this.carried = new Carrying({ kept: this.kept, tell: (kind, text) => this.tell(kind, text) });
    void opened.embedder.then(
      () => this.recut(),
      () => undefined,
    );
    void opened.kept.then(
      () => (this.models = { state: 'ready' }),
      () => undefined,
    );
    void this.start();
    void this.kept.begin();
  }

  get entries() {
    return this.documents.entries;
  }

  get desk() {
    return this.documents.desk;
  }

  get turns() {
    return this.conversation.turns;
  }

  get removed() {
    return this.conversation.removed;
  }

  get ahead() {
    return this.conversation.ahead;
  }

  get busy() {
    return this.conversation.busy;
  }

  get light() {
    return this.lightMode.state;
  }

  goWithout(): void {
    this.lightMode.choose('light');
  }

  fetchGenerator(): void {
    if (this.lightMode.without === '') return;
    this.lightMode.choose('full');
    const kept = this.opened.addGenerator();
    this.keeper.alsoNeeds(kept);
    kept.then(
      () => this.models.state === 'downloading' && (this.models = { state: 'ready' }),
      () => undefined,
    );
  }

  allowDownload(): void {
    this.offline = { state: 'preparing', done: 0, total: 0 };
    this.allow();
  }

  async add(all: readonly Incoming[], desk = this.desk): Promise<void> {
    const unsure = all.filter(({ path }) => mayBeCollection(path));
    const documents = all.filter(({ path }) => !mayBeCollection(path));
    const others = unsure.length > 0 ? this.carried.withoutCollections(unsure) : Promise.resolve(unsure);
    await Promise.all([this.addDocuments(documents, desk), others.then((files) => this.addDocuments(files, desk))]);
  }

  private async addDocuments(files: readonly Incoming[], desk: number): Promise<void> {
    if (files.length === 0 || !this.mayChange()) return;
    if (desk === this.desk) return this.documents.add(files);
    const what = files.length === 1 ? `“${files[0]!.path}” was` : `${files.length} files were`;
    const why = 'the desk was cleared, or another opened, before they had come';
    this.tell('problem', `${what} not added: ${why}. Add them again where they belong.`);
  }

  async addSamples(): Promise<void> {
    if (!this.mayChange()) return;
    const { desk } = this;
    try {
      const { files, questions } = await readSamples();
      if (desk === this.desk) this.sampleQuestions = questions;
      await this.add(files, desk);
    } catch (error) {
      this.tell('problem', sentenceOf(error));
    }
  }

  cancel(path: string): void {
    if (this.mayChange()) this.documents.cancel(path);
  }

  remove(path: string): void {
    if (this.mayChange()) this.listing.remove([path]);
  }

  clear(): void {
    if (!this.mayChange()) return;
    this.listing.remove(this.entries.map(({ path }) => path));
    this.sampleQuestions = [];
  }

  async keepBoth(path: string): Promise<void> {
    if (this.mayChange()) await this.documents.keepBoth(path);
  }

  async unlock(path: string, password: string): Promise<void> {
    if (this.mayChange()) await this.documents.unlock(path, password);
  }

  async recognise(path: string): Promise<void> {
    if (this.mayChange()) await this.documents.recognise(path);
  }

  async takeTime(path: string): Promise<void> {
    if (this.mayChange()) await this.documents.takeTime(path);
  }

  async resume(path: string): Promise<void> {
    if (this.mayChange()) await this.documents.resume(path);
  }

  ask(question: string): Promise<void> {
    if (question.trim() === this.drafted.trim()) this.drafted = '';
    return this.conversation.ask(question);
  }

  draft(question: string): void {
    this.drafted = question;
    this.conversation.draft(question);
  }

  citeInstead(turn: number, sentence: number): void {
    this.conversation.citeInstead(turn, sentence);
  }

  edit(turn: number, question: string): Promise<void> {
    return this.conversation.edit(turn, question);
  }

  askAsWritten(turn: number): Promise<void> {
    return this.conversation.askAsWritten(turn);
  }

  askAgain(turn: number, settings?: AskSettings): Promise<void> {
    return this.conversation.askAgain(turn, settings);
  }

  summarise(path: string): Promise<void> {
    const name = namedDocuments(this.entries).find((one) => one.path === path)?.name ?? path;
    const { limit } = this.listing;
    // Of this document the person asks, whatever other questions are limited to.
    const within = limit && !limit.paths.includes(path) ? { paths: [path], heading: '' } : limit;
    return this.conversation.ask(summariseQuestion(name), within);
  }

  removeTurn(turn: number): void {
    this.conversation.remove(turn);
  }

  undoRemove(): void {
    this.conversation.undoRemove();
  }

  stop(): void {
    this.conversation.stop();
  }

  takeApart(question: string, passage: Passage): Promise<TakenApart> {
    const { shelf } = this.engine;
    return shelf.during(() => takeApart(shelf, question, passage, this.entries));
  }

  async showTokens(answer: Answer, askedWith: AskSettings, signal: AbortSignal): Promise<WrittenTokens> {
    // Only the trace needs it.
    const { writtenTokens } = await import('./written-tokens.ts');
    const { engine, writers } = this;
    return this.conversation.between(() => writtenTokens(engine, writers, answer, askedWith, signal));
  }

  writeCells(question: string, found: readonly Source[], signal: AbortSignal, progress: CellProgress): Promise<void> {
    return this.conversation.between(async () => {
      // Only the lab needs it.
      const { writeCells } = await import('./cells.ts');
      await writeCells(this.writers, question, found, signal, progress);
    });
  }

  async writeCellSet(signal: AbortSignal, progress: CellSetProgress): Promise<readonly LeftOut[]> {
    // Only the lab needs it.
    const { writeCellSet } = await import('./cell-set.ts');
    const { engine, entries, settings, writers, questionSet } = this;
    const { shelf } = engine;
    const desk = {
      ...{ shelf, entries, writers, embedder: settings.embedder, asked: { ...settings, search: 'both' } as const },
      between: (work: () => Promise<void>) => this.conversation.between(work),
    };
    return shelf.during(() => writeCellSet(questionSet.questions, desk, signal, progress));
  }

  async tuning(): Promise<TuningLab> {
    // Only the lab and the lessons need it.
    const { TuningLab } = await import('./tuning-lab.ts');
    const { engine, writers } = this;
    return new TuningLab({
      writers,
      weigh: (...given) => engine.weigh(...given),
      between: (work) => this.conversation.between(work),
    });
  }

  async practise(cut: ChunkSettings): Promise<Practice> {
    // Only the lessons need it.
    const { Practice } = await import('./practice.ts');
    const { engine, writers } = this;
    return Practice.open({
      ...{ writers, cut, embedder: () => this.settings.embedder },
      apart: (onLost) => engine.apart(onLost),
      between: (work) => this.conversation.between(work),
    });
  }

  async compare(
    settings: readonly [TrialSettings, TrialSettings],
    signal: AbortSignal,
    progress: TrialProgress,
  ): Promise<Compared> {
    // Only the lab needs it.
    const { runTrials } = await import('./trial.ts');
    const { engine, entries } = this;
    const { shelf } = engine;
    const desk = {
      ...{ shelf, entries, embedder: this.settings.embedder, cut: this.settings },
      apart: (onLost: () => void) => engine.apart(onLost),
    };
    return shelf.during(() => runTrials(this.questionSet.questions, settings, desk, signal, progress));
  }

  async runCase(
    one: GalleryCase,
    signal: AbortSignal,
    onStep: (step: GalleryStep) => void,
  ): Promise<readonly [ArmRun, ArmRun]> {
    // Only the lab needs it.
    const { runCase } = await import('./gallery.ts');
    const { engine, writers } = this;
    const { shelf } = engine;
    const desk = {
      ...{ shelf, writers, embedder: this.settings.embedder },
      apart: (onLost: () => void) => engine.apart(onLost),
      between: <T>(work: () => Promise<T>) => this.conversation.between(work),
    };
    return shelf.during(() => runCase(one, desk, signal, onStep));
  }

  async openGlassBox(answer: Answer, askedWith: AskSettings): Promise<GlassBox> {
    // Only the lab needs it.
    const { GlassBox, questionOf } = await import('./glass-box.ts');
    const { engine, entries, writers } = this;
    const { shelf } = engine;
    return new GlassBox(questionOf(answer, askedWith), {
      ...{ shelf, entries, writers, engine },
      apart: (onLost) => engine.apart(onLost),
      during: async (work) => {
        if (engine.shelf === shelf) return shelf.during(work);
        throw new Error(
          'Another embedder has come into use since the glass box was opened. Close it and open it again.',
        );
      },
      between: (work) => this.conversation.between(work),
    });
  }

  async map(): Promise<MapApi> {
    // Only the lab needs it.
    const { PassageMap } = await import('./passage-map.svelte.ts');
    return (this.mapOpened ??= new PassageMap({ entries: () => this.entries, shelf: () => this.engine.shelf }));
  }

  open(path: string, span?: Span): void {
    this.viewing = { path, span: span ? this.relocate(path, span) : null, opened: (this.viewing?.opened ?? 0) + 1 };
  }

  close(): void {
    this.viewing = null;
  }

  dismiss(notice: number): void {
    this.notices = this.notices.filter(({ id }) => id !== notice);
  }

  async change(settings: Partial<Settings>): Promise<void> {
    const before = this.settings;
    const changesIndex = settings.embedder !== undefined || !sameCut({ ...before, ...settings }, before);
    if (changesIndex && !this.mayChange()) return;
    const { embedder, generator, ...others } = sound({ ...before, ...settings });
    this.keep({ ...others, embedder: before.embedder, generator: before.generator });
    const switched = [
      settings.embedder === undefined ? undefined : this.useEmbedder(embedder),
      settings.generator === undefined ? undefined : this.useGenerator(generator),
    ];
    if (others.index !== before.index) await this.engine.useIndex(others.index);
    if (!sameCut(others, before)) {
      this.embedderSwitch.follow();
      await this.documents.rechunk();
    }
    await Promise.all(switched);
  }

  stopSwitching(): void {
    this.embedderSwitch.stop();
  }

  /** Downloads at once, unless the browser asks to save data: then the person is asked first. */
  private async start(): Promise<void> {
    ({ embedders: this.embedders, generators: this.generators } = await modelChoices());
    const writer = otherId(this.settings.generator);
    if (writer !== null && !this.generators.some(({ id }) => id === writer))
      this.ownGeneratorAgain(writer, 'It is neither on this site nor stored in this browser any more.');
    const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
    const bytes = connection?.saveData
      ? await bytesToFetch(neededModels(!this.tooSmall && !this.lightMode.without))
      : 0;
    if (bytes === 0) return this.allow();
    this.offline = { state: 'asking', bytes };
    this.opened.ask();
  }

  /** What was read before the embedder was here was cut by estimate. */
  private async recut(): Promise<void> {
    await this.documents.settled();
    if (this.engine.shelf.reader.countFromNowOn()) await this.documents.rechunk();
  }

  /** The one in use goes on answering until the other has made an index of everything. */
  private async useEmbedder(id: string): Promise<void> {
    const { embedder: inUse } = this.settings;
    if (id === inUse) return this.embedderSwitch.stop();
    try {
      await this.embedderSwitch.begin(id);
    } catch (error) {
      this.tell(
        'problem',
        `${id} could not be taken into use. ${sentenceOf(error)} ${inUse} goes on as before; nothing was lost.`,
      );
    }
  }

  /** The page's own, or none, at once; another one when it is loaded: until then the one before writes. */
  private async useGenerator(generator: Settings['generator']): Promise<void> {
    const id = otherId(generator);
    if (id === null || generator === this.settings.generator) {
      this.generatorSwitch.stop();
      return this.keep({ ...this.settings, generator });
    }
    try {
      if (await this.generatorSwitch.begin(id)) this.keep({ ...this.settings, generator });
    } catch (error) {
      this.tell('problem', `${id} could not be taken into use. ${sentenceOf(error)} Answers are written as before.`);
    }
  }

  private ownGeneratorAgain(id: string, reason: string): void {
    this.tell('problem', `${id} cannot write the answers. ${reason} The model that comes with Carrel does.`);
    if (otherId(this.settings.generator) === id) this.keep({ ...this.settings, generator: 'adapter' });
  }

  /** A collection's settings, while the desk is empty. Another generator follows when it is loaded. */
  private async use({ generator, embedder, ...others }: Settings): Promise<void> {
    void this.useGenerator(generator);
    const kept = sound({ ...this.settings, ...others });
    if (kept.index !== this.settings.index) await this.engine.useIndex(kept.index);
    this.keep({ ...kept, generator: this.settings.generator, embedder: this.settings.embedder });
    await this.useEmbedder(embedder);
  }

  /** False, and it is told, while another tab keeps the collection on the desk. */
  private mayChange(): boolean {
    if (this.kept.state.state !== 'following') return true;
    const name = this.kept.open?.name ?? '';
    this.tell(
      'problem',
      `“${name}” is open in another tab, which keeps it. Change its documents there, or close it there.`,
    );
    return false;
  }

  private keep(settings: Settings): void {
    this.settings = settings;
    saveSettings(settings);
  }

  private offlineIs(state: OfflineState): void {
    // Progress of the page's own files must not take the question off the screen.
    if (this.offline.state === 'asking' && state.state === 'preparing') return;
    this.offline = state;
  }

  /** Where the passage that an answer cites stands now; null, and a notice, when it is gone. */
  private relocate(path: string, span: Span): Span | null {
    const text = this.documents.entry(path)?.document?.text;
    const cited = this.conversation.sourceAt(path, span);
    if (!cited || text?.slice(span.start, span.end) === cited.text) return span;
    const at = text?.indexOf(cited.text) ?? -1;
    if (at >= 0) return { start: at, end: at + cited.text.length };
    this.tell('info', `The cited passage no longer stands in “${path}”: the document has changed since the answer.`);
    return null;
  }

  private async refill(): Promise<void> {
    this.tell(
      'problem',
      'The search stopped working and was started anew. Your documents are being indexed again; nothing was lost.',
    );
    await this.documents.refill();
  }

  private tell(kind: Notice['kind'], text: string): void {
    this.notices = [...this.notices, { id: this.nextNotice++, kind, text }];
  }
}
