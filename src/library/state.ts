/**
 * What the page shows, as data. `Library` (library.svelte.ts) owns it and is the only one to change it;
 * components read it and call the library's methods.
 */
import type { Answer, OwnModel, Source } from '../pipeline/answer.ts';
import type { ChunkSettings, ChunkStrategy } from '../pipeline/chunk/chunk.ts';
import type { Document, Passage, Span } from '../pipeline/document.ts';
import type { Reading } from '../pipeline/generate/reading.ts';
import type { GalleryCase } from '../lab/gallery/case.ts';
import type { ArmRun } from '../lab/gallery/run.ts';
import type { Question, Quote } from '../lab/question.ts';
import type { Within } from '../pipeline/retrieve/within.ts';
import type { CellProgress } from './cells.ts';
import type { CellSetProgress } from './cell-set.ts';
import type { LeftOut } from './placing.ts';
import type { GalleryStep } from './gallery.ts';
import type { GlassBox } from './glass-box.ts';
import type { LightState } from './light-mode.svelte.ts';
import type { TuningLab } from './tuning-lab.ts';
import type { Practice } from './practice.ts';
import type { MapApi } from './map-state.ts';
import type { PrivacyApi, UpdateApi } from './privacy-state.ts';
import type { RemovedDocuments } from './removals.svelte.ts';
import type { FoundPassages } from './seeker.ts';
import type { TakenApart } from './take-apart.ts';
import type { WrittenTokens } from './written-tokens.ts';
import type { Compared, TrialProgress, TrialSettings } from './trial.ts';

export type Status =
  | { readonly state: 'waiting' }
  | { readonly state: 'reading' }
  /** Text is being recognised in pictures; `done` of them so far. */
  | { readonly state: 'recognising'; readonly done: number }
  /** Searchable by words already. `done` and `total` count passages. */
  | { readonly state: 'embedding'; readonly done: number; readonly total: number }
  | { readonly state: 'ready'; readonly passages: number }
  /** Read and searchable by words, but without vectors; `reason` is a sentence. */
  | { readonly state: 'words-only'; readonly passages: number; readonly reason: string }
  /** Kept as it came, and not read to the end when the page was closed; `reason` is a sentence. It can be read anew. */
  | { readonly state: 'unfinished'; readonly reason: string }
  /** `remedy`: what the person can do about it here. */
  | { readonly state: 'failed'; readonly reason: string; readonly remedy?: 'password' | 'recognition' | 'time' };

/** How a file was read beyond the ordinary. The password lives as long as the page and is written nowhere. */
export interface Help {
  readonly password?: string;
  /** Text was recognised in its pictures. */
  readonly recognise?: boolean;
  /** Reading may take ten times as long. */
  readonly patient?: boolean;
}

/** One line of the list `Documents`. */
export interface Entry {
  readonly path: string;
  readonly name: string;
  readonly status: Status;
  readonly bytes: number;
  /** The dropped file; the viewer renders a PDF's pages from it. */
  readonly file: File;
  /** Null until it has been read. */
  readonly document: Document | null;
  readonly passages: readonly Passage[];
  /** The path of the mail or archive that this file came in; null for a file of its own. */
  readonly outer: string | null;
  /** The files inside it are still on their way into the list. */
  readonly unpacking?: boolean;
  readonly help: Help;
  /** The last thing that happened to it that a person should know: `Replaced: 3 of 41 passages were embedded again.` */
  readonly note: string;
  /** Set after a replacement, until something else happens to the document: the earlier file can be kept beside it. */
  readonly canKeepBoth: boolean;
}

export type Phase =
  | 'waiting' /* for documents that are still being read */
  | 'searching'
  | 'loading' /* the generator */
  | 'reading' /* the prompt */
  | 'writing'
  | 'done'
  | 'failed';

/** One question with its answer. */
export interface Turn {
  readonly id: number;
  readonly question: string;
  readonly phase: Phase;
  /** What has been written so far; the final text stands in `answer`. */
  readonly streamed: string;
  readonly answer: Answer | null;
  /** A sentence when `phase` is `failed`. */
  readonly error: string;
  /** Names of documents that this answer cites and that have changed or gone since. */
  readonly changedSources: readonly string[];
  /** How many of the passages have been read, while a list of points is being made; null else. */
  readonly reading: { readonly done: number; readonly total: number } | null;
  /** The question that was asked in its place, since it follows up on a turn before; '' where it was asked as written. */
  readonly understood: string;
  /** Id of the turn that it was understood from; null if none. */
  readonly from: number | null;
  /** That turn has been changed or removed since. */
  readonly stale: boolean;
  /** It points to something said before, and to what was not found. */
  readonly open: boolean;
  /** The person wants it asked as it stands. */
  readonly asWritten: boolean;
  /** The documents that it is asked of; null for all. Asked again it is the same, unless another choice is made. */
  readonly within: Within | null;
  /** What it is to be asked with in place of the settings; null for the settings. */
  readonly wanted: AskSettings | null;
  /** What the answer was made with; null before there is one. */
  readonly askedWith: AskSettings | null;
  /** Answers to the same question that were made before, newest first. */
  readonly earlier: readonly Attempt[];
}

/** What one answer is made with. */
export interface AskSettings extends Pick<Settings, 'generator' | 'promptPassages' | 'promptText' | 'reading'> {
  /** What ranks the passages: words and vectors, or one of them alone. */
  readonly search: 'both' | 'words' | 'meaning';
  /** Only these documents are searched; null for all. */
  readonly within: Within | null;
}

/** An answer with what it was made with. */
export interface Attempt {
  readonly answer: Answer;
  readonly askedWith: AskSettings;
  /** As it was understood. */
  readonly question: string;
}

/** A turn that was taken away, as long as it can be brought back. */
export interface Removed {
  readonly turn: Turn;
  /** Its place among the turns. */
  readonly at: number;
}

/** How far the model has read what the question in the box would be answered from. */
export type Ahead =
  { readonly state: 'none' } | { readonly state: 'reading' } | { readonly state: 'read'; readonly passages: number };

export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'problem';
  readonly text: string;
}

export type ModelState =
  | { readonly state: 'idle' }
  /** Bytes over all needed model files. */
  | { readonly state: 'downloading'; readonly done: number; readonly total: number }
  /** `words-only`: the embedder is missing; `no-generator`: answers are extractive. `reason` is a sentence. */
  | { readonly state: 'ready' }
  | { readonly state: 'partly'; readonly reason: string };

/** `asking`: the browser asks to save data, so the page asks before it downloads `bytes`. */
export type OfflineState =
  | { readonly state: 'asking'; readonly bytes: number }
  | { readonly state: 'preparing'; readonly done: number; readonly total: number }
  | { readonly state: 'ready' }
  | { readonly state: 'unavailable'; readonly reason: string };

/**
 * Another embedder or generator is on its way into use; until it is, the one in the settings answers.
 * `done` of `total` are bytes while it is `loading`, passages while the documents are `embedding`.
 */
export interface Switching {
  readonly state: 'loading' | 'embedding';
  /** Its id. */
  readonly to: string;
  readonly done: number;
  readonly total: number;
}

/** What the viewer shows: a document and, when it was opened from a citation, the cited span. */
export interface Viewing {
  readonly path: string;
  readonly span: Span | null;
  /** Counts up with every opening, so that opening the same citation again scrolls to it again. */
  readonly opened: number;
}

/** `model:` and the id of a generator that is not the page's own: of this site, or stored by models.html. */
export type OtherGenerator = `model:${string}`;

/** A generator that can be chosen beside the page's own. */
export interface GeneratorChoice {
  readonly id: string;
  readonly bytes: number;
}

export interface Settings {
  /** How documents are cut into passages. */
  readonly strategy: ChunkStrategy;
  /** Passage size in the embedder's tokens, context included. */
  readonly passageTokens: number;
  /** Tokens repeated from the end of one passage at the start of the next. */
  readonly overlapTokens: number;
  readonly index: 'auto' | 'voy' | 'flat';
  /** `off` gives extractive answers. */
  readonly generator: OwnModel | OtherGenerator | 'off';
  /** Passages offered to the prompt, 1 to 4; twice as many, at most 4, where a question asks several things. */
  readonly promptPassages: number;
  /** What the model reads: the passages that were found, or with them the passages around them. */
  readonly promptText: 'passages' | 'surroundings';
  /** How the fine-tuned model reads the passages. */
  readonly reading: Reading;
  /** Id of the embedder in use: the page's own, one of this site, or one that models.html has stored. */
  readonly embedder: string;
}

/** A dropped or chosen file with its relative path. */
export interface Incoming {
  readonly path: string;
  readonly file: File;
}

/** A collection that is kept in this browser. */
export interface CollectionInfo {
  readonly id: string;
  readonly name: string;
  /** Of everything in it, about. */
  readonly bytes: number;
  readonly documents: number;
}

/** What becomes of the desk when the page is closed. */
export type KeepingState =
  /** It goes. */
  | { readonly state: 'memory' }
  /** Documents of a collection, so far. */
  | { readonly state: 'opening'; readonly done: number; readonly total: number }
  /** It stays; so many of its documents are not in the collection yet. */
  | { readonly state: 'kept'; readonly pending: number }
  /** Another tab has the collection open and keeps its documents; this one follows what happens there. */
  | { readonly state: 'following' }
  /** What changes goes when the page is closed; `reason` is a sentence. What was kept before is whole. */
  | { readonly state: 'failed'; readonly reason: string };

/** Collections that stay in this browser, by choice. */
export interface KeptApi {
  readonly state: KeepingState;
  /** By name. */
  readonly collections: readonly CollectionInfo[];
  /** Deleted in this tab: each can be put back until it is deleted for good, or the page is closed. */
  readonly deleted: readonly CollectionInfo[];
  /** The one that is on the desk; null when the desk is in memory only. */
  readonly open: CollectionInfo | null;
  /** Why nothing can be kept here, as a sentence; '' where it can. */
  readonly impossible: string;
  /** What the browser stores for this page in all, models included, in bytes; null where it does not tell. */
  readonly stored: number | null;
  /** The browser has agreed not to clear it by itself. */
  readonly persistent: boolean;
  /** Keeps what is on the desk, and what will be, under a name. */
  keep(name: string): Promise<void>;
  /** Puts a collection on the desk in the place of what is there; null for an empty desk that is not kept. */
  switchTo(id: string | null): Promise<void>;
  rename(id: string, name: string): Promise<void>;
  duplicate(id: string, name: string): Promise<void>;
  /** What is on the desk of it goes with it; it can be put back. */
  remove(id: string): Promise<void>;
  /** A deleted one is there again, and on the desk if it was and nothing else is. */
  putBack(id: string): Promise<void>;
  deleteForGood(id: string): Promise<void>;
  /** Reads what was not read to the end when the page was closed. */
  resume(): Promise<void>;
  /** Tries once more to keep what could not be kept. */
  retry(): void;
  /** Deletes all collections, the settings and what is on the desk; the models only where that is wanted. */
  wipe(models: boolean): Promise<void>;
  /** Counts what is stored. */
  measure(): Promise<void>;
}

/** `offered`: the browser would ask now; `by-hand`: only its own menu does it, if that. */
export type InstallState = 'by-hand' | 'offered' | 'installed';

/** The page as an app with a window of its own. */
export interface InstallApi {
  readonly state: InstallState;
  /** Has the browser ask. */
  install(): Promise<void>;
}

/** Questions whose right passages are known: what settings of the search are compared by. */
export interface QuestionSetApi {
  readonly questions: readonly Question[];
  /**
   * Adds a question, or evidence to one that is there in the same words.
   * @param evidence words that answer it; null where the right answer is a refusal
   * @param answer a right answer in few words, by which answers are judged; '' if none is given
   */
  add(question: string, evidence: Quote | null, answer?: string): void;
  remove(id: string): void;
  clear(): void;
  /**
   * Adds the questions of a file of JSON lines; one with the id of another takes its place.
   * @returns how many @throws Error with a sentence, and nothing was added
   */
  open(file: File): Promise<number>;
}

/** A collection file that is being opened; nothing of it is on the desk yet. */
export type CarriedState =
  | { readonly state: 'none' }
  /** Documents of it, so far. */
  | { readonly state: 'checking'; readonly fileName: string; readonly done: number; readonly total: number }
  /** A passphrase is wanted; `wrong` is a sentence on the one that was tried, or ''. */
  | { readonly state: 'locked'; readonly fileName: string; readonly wrong: string }
  /** It is whole, and the person is asked where it is to go. */
  | {
      readonly state: 'offered';
      readonly fileName: string;
      readonly name: string;
      /** ISO 8601. */
      readonly saved: string;
      readonly documents: number;
      readonly passages: number;
      readonly turns: number;
      /** In the question set. */
      readonly questions: number;
      /** The files themselves are in it. */
      readonly originals: boolean;
    };

/** A collection is being written into a file; `done` of `total` documents. */
export interface Saving {
  readonly done: number;
  readonly total: number;
}

/** A whole collection, which Carrel opens again; or its passages as a table, for other programs. */
export type SavedAs = 'carrel' | 'jsonl' | 'parquet';

export interface SaveChoice {
  readonly as: SavedAs;
  /** Of a whole collection: the files themselves, too. */
  readonly originals: boolean;
  /** Of a whole collection: '' for a file that everybody can open. */
  readonly passphrase: string;
}

/** Collections that travel as one file. */
export interface CarriedApi {
  readonly state: CarriedState;
  /** Null while none is being saved. */
  readonly saving: Saving | null;
  /** @param id of a kept collection; null for what is on the desk. Null, and it is told, when it fails. */
  save(id: string | null, choice: SaveChoice): Promise<File | null>;
  /** Tries a passphrase on the file that is `locked`. */
  unlock(passphrase: string): Promise<void>;
  /** Puts what is `offered` on the desk in the place of what is there: as a new collection, or in memory. */
  open(keep: boolean): Promise<void>;
  /** Leaves the file as it is. */
  dismiss(): void;
}

/** What a person does with the list of documents, beside adding and removing. */
export interface ListingApi {
  /** The documents that the next questions are asked of; null for all. */
  readonly limit: Within | null;
  /** What `seek` has found so far; null while nothing is sought. */
  readonly found: FoundPassages | null;
  /** Paths of the documents that stay on top of the list. */
  readonly pinned: ReadonlySet<string>;
  /** The documents that were removed last; null when there is nothing to bring back. */
  readonly removed: RemovedDocuments | null;
  limitTo(within: Within | null): void;
  /** Looks for passages while a text is being typed: see `found`. An empty text ends it. */
  seek(text: string, within: Within | null): void;
  pin(path: string, pinned: boolean): void;
  /** Moves a document, with what came inside it, before another one or, with null, to the end. */
  move(path: string, before: string | null): void;
  /** Brings back what was removed last; nothing of it is embedded again. */
  putBack(): Promise<void>;
  /** Lets go for good what could be brought back. */
  forget(): void;
}

/** The class behind the page. */
export interface LibraryApi {
  readonly entries: readonly Entry[];
  readonly turns: readonly Turn[];
  /** The turn that was removed last; null when there is nothing to bring back. */
  readonly removed: Removed | null;
  readonly ahead: Ahead;
  readonly notices: readonly Notice[];
  readonly models: ModelState;
  readonly offline: OfflineState;
  readonly settings: Settings;
  readonly viewing: Viewing | null;
  /** True while an answer is being made. */
  readonly busy: boolean;
  /** Questions to try on the sample documents; empty until they have been added. */
  readonly sampleQuestions: readonly string[];
  /** Ids of the embedders that can be chosen, the page's own first. */
  readonly embedders: readonly string[];
  /** Null unless another embedder has been chosen and its index is not complete yet. */
  readonly switching: Switching | null;
  /** Generators beside the page's own. */
  readonly generators: readonly GeneratorChoice[];
  /** Null unless another generator has been chosen and is not loaded yet. */
  readonly loading: Switching | null;
  readonly kept: KeptApi;
  readonly questionSet: QuestionSetApi;
  readonly install: InstallApi;
  /** Counts up when the desk is cleared for another: what was dropped before belongs to the one before. */
  readonly desk: number;
  /**
   * A collection file among them is offered to be opened (`carried`).
   * @param desk that they were dropped on: if it has gone meanwhile they are not added, and that is told
   */
  add(files: readonly Incoming[], desk?: number): Promise<void>;
  /** Whether this device goes without the language model, and who said so. */
  readonly light: LightState;
  /** Goes without the language model, from now on. */
  goWithout(): void;
  /** Fetches the language model that was left out. */
  fetchGenerator(): void;
  readonly privacy: PrivacyApi;
  readonly update: UpdateApi;
  readonly carried: CarriedApi;
  readonly listing: ListingApi;
  addSamples(): Promise<void>;
  /** Stops reading or embedding; the document leaves the list. */
  cancel(path: string): void;
  remove(path: string): void;
  /** Removes everything. */
  clear(): void;
  keepBoth(path: string): Promise<void>;
  /** Reads a locked file with a password, which is kept in memory only. */
  unlock(path: string, password: string): Promise<void>;
  /** Reads a file once more, recognising the text of its pictures. */
  recognise(path: string): Promise<void>;
  /** Reads a file once more with more time, because it ran out. */
  takeTime(path: string): Promise<void>;
  /** Reads a file that was not read to the end on an earlier visit. */
  resume(path: string): Promise<void>;
  ask(question: string): Promise<void>;
  /** The question as far as it has been written: when it rests, the model reads what it would be answered from. */
  draft(question: string): void;
  /** Lets a sentence of an answer cite the source that was offered for it. `turn` is an id, `sentence` an index. */
  citeInstead(turn: number, sentence: number): void;
  /** Asks a question of the conversation once more, changed in place; its old answers go. */
  edit(turn: number, question: string): Promise<void>;
  /** Asks it as it stands, not as it was understood. */
  askAsWritten(turn: number): Promise<void>;
  /** Asks it once more; the answer stands beside the old one. Without `settings` as the page's settings are now. */
  askAgain(turn: number, settings?: AskSettings): Promise<void>;
  /** Asks for a summary of a document of the list. */
  summarise(path: string): Promise<void>;
  removeTurn(turn: number): void;
  /** Brings the turn back that was removed last. */
  undoRemove(): void;
  stop(): void;
  /** What a passage's scores for a question are made of. @param question as it was searched @throws Error with a sentence */
  takeApart(question: string, passage: Passage): Promise<TakenApart>;
  /**
   * Writes an answer of the page's own model once more, not in the middle of another answer, to show its tokens.
   * @throws Error with a sentence; the signal's reason
   */
  showTokens(answer: Answer, askedWith: AskSettings, signal: AbortSignal): Promise<WrittenTokens>;
  /**
   * Answers a question four ways, not in the middle of another answer. @param question as it was searched
   * @param found passages under their numbers @throws Error with a sentence when the model cannot be had
   */
  writeCells(question: string, found: readonly Source[], signal: AbortSignal, progress: CellProgress): Promise<void>;
  /** What tuning saves and forgets, and the adapter in between. */
  tuning(): Promise<TuningLab>;
  /** An empty desk beside this one, for a lesson; the caller closes it. Resolves when the embedder is here, or cannot be had. */
  practise(cut: ChunkSettings): Promise<Practice>;
  /**
   * Answers each question of the set four ways; ends early when it is stopped, with those that are whole.
   * @returns the questions that could not be asked @throws Error with a sentence when the model cannot be had
   */
  writeCellSet(signal: AbortSignal, progress: CellSetProgress): Promise<readonly LeftOut[]>;
  /**
   * Asks all questions of the set under two settings; the desk stays as it is.
   * @throws Error with a sentence; the signal's reason when it is stopped
   */
  compare(
    settings: readonly [TrialSettings, TrialSettings],
    signal: AbortSignal,
    progress: TrialProgress,
  ): Promise<Compared>;
  /**
   * Runs a case of the failure gallery both ways, with documents of its own; the desk stays as it is.
   * @throws Error with a sentence; the signal's reason when it is stopped
   */
  runCase(
    one: GalleryCase,
    signal: AbortSignal,
    onStep: (step: GalleryStep) => void,
  ): Promise<readonly [ArmRun, ArmRun]>;
  /** An answer to be made once more, stage by stage, beside the desk; the caller closes it. @throws where its code cannot be loaded */
  openGlassBox(answer: Answer, askedWith: AskSettings): Promise<GlassBox>;
  /** The map of the passages; the same one each time. @throws where its code cannot be loaded */
  map(): Promise<MapApi>;
  open(path: string, span?: Span): void;
  close(): void;
  dismiss(notice: number): void;
  /**
   * Resolves when the change has taken effect, or was stopped or failed. Another embedder, or a generator that is not
   * the page's own, is only set when it is in use.
   */
  change(settings: Partial<Settings>): Promise<void>;
  /** Keeps the embedder in use: what was made by the one on its way is dropped. */
  stopSwitching(): void;
  /** Answers `asking`: go on with the download. */
  allowDownload(): void;
}
