/** Keeps a collection in step with the desk: what differs is written, one whole step after the other. */
import type { Question } from '../../lab/question.ts';
import { sameCut, type ChunkSettings } from '../../pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../../pipeline/document.ts';
import type { StampedVectors } from '../../pipeline/embed/stamp.ts';
import type { Within } from '../../pipeline/retrieve/within.ts';
import { asTheyCame, sameArrangement, type Arrangement } from '../arrangement.ts';
import type { Entry, Settings, Status, Turn } from '../state.ts';
import { keptError, type KeptError } from './errors.ts';
import type { DocumentState } from './schema.ts';
import type { ArrivedFile, KeptStore } from './store.ts';

/** What is on the desk at one moment. */
export interface Desk {
  readonly entries: readonly Entry[];
  readonly turns: readonly Turn[];
  readonly settings: Settings;
  readonly arrangement: Arrangement;
  readonly questions: readonly Question[];
  /** What questions are asked of; null for all documents. */
  readonly limit: Within | null;
}

/** What has been written, for other tabs. */
export type Change =
  | { readonly type: 'documents'; readonly paths: readonly string[] }
  | { readonly type: 'turns'; readonly ids: readonly number[] }
  | { readonly type: 'settings' }
  | { readonly type: 'questions' }
  | { readonly type: 'arrangement' };

export interface WriterOptions {
  readonly store: KeptStore;
  /** Its id. */
  readonly collection: string;
  /** False for a tab that only follows: then answers and the question set alone are written. */
  readonly documents: boolean;
  vectorsOf(path: string): Promise<StampedVectors | null>;
  onWritten(change: Change): void;
  /** @param pending documents that are not in the collection yet; `failure` is a sentence, or '' */
  onState(pending: number, failure: string): void;
}

type Written = Entry | Turn | Settings | Arrangement | readonly Question[] | Within | null;

/** What the collection has of a document. */
export interface Known extends Pick<ArrivedFile, 'version' | 'added'> {
  readonly file: File;
  readonly document: Document | null;
  readonly passages: readonly Passage[];
  readonly has: 'original' | 'text' | 'vectors' | 'failure';
  /** Of one that failed; else null. */
  readonly failed: Status | null;
}

/** So many files, or bytes, are written at once. */
const most = { files: 25, bytes: 32 * 1024 * 1024 };

const none: readonly Passage[] = [];

export class Writer {
  private desk: Desk | null = null;
  private running: Promise<void> | null = null;
  private asked = false;
  private stopped = false;
  private readonly documents = new Map<string, Known>();
  private readonly turns = new Map<number, Turn>();
  private settings: Settings | null = null;
  private arrangement: Arrangement = asTheyCame;
  /** Undefined while nobody knows what the collection has. */
  private questions: readonly Question[] | undefined;
  private limit: Within | null | undefined;
  /** How passages were cut, by their list. */
  private readonly cuts = new WeakMap<readonly Passage[], ChunkSettings>();
  /** What could not be written: not tried again before it changes. */
  private readonly refused = new Set<Written>();
  /** Nothing can be written until something is removed, or the person has it tried again. */
  private blocked = false;
  private failure = '';
  private nextAdded = 1;

  constructor(private readonly options: WriterOptions) {}

  /** The collection has this document already. @param cut how its passages were cut */
  knows(path: string, known: Known, cut: ChunkSettings | null): void {
    this.documents.set(path, known);
    if (cut) this.cuts.set(known.passages, cut);
    this.nextAdded = Math.max(this.nextAdded, known.added + 1);
  }

  knowsTurns(turns: readonly Turn[]): void {
    for (const turn of turns) this.turns.set(turn.id, turn);
  }

  forgetsTurns(ids: readonly number[]): void {
    for (const id of ids) this.turns.delete(id);
  }

  knowsSettings(settings: Settings): void {
    this.settings = settings;
  }

  knowsArrangement(arrangement: Arrangement): void {
    this.arrangement = arrangement;
  }

  knowsQuestions(questions: readonly Question[]): void {
    this.questions = questions;
  }

  knowsLimit(limit: Within | null): void {
    this.limit = limit;
  }

  /** The desk as it is now. */
  follow(desk: Desk): void {
    if (this.stopped) return;
    for (const { passages } of desk.entries)
      if (passages.length > 0 && !this.cuts.has(passages)) this.cuts.set(passages, desk.settings);
    this.desk = desk;
    this.start();
  }

  /** What could not be written is tried again. */
  retry(): void {
    this.unblock();
    this.start();
  }

  /** Resolves when all that can be written has been. */
  async written(): Promise<void> {
    while (this.running) await this.running;
  }

  /** Writes nothing more after the step that it is in. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private start(): void {
    this.asked = true;
    this.tell();
    this.running ??= this.run();
  }

  private async run(): Promise<void> {
    // Not before `running` is set.
    await Promise.resolve();
    while (this.asked && !this.stopped) {
      this.asked = false;
      while (!this.stopped && this.desk && (await this.step(this.desk))) this.tell();
    }
    // In the same step as the last look, or what is asked for in between would be missed.
    this.running = null;
  }

  /** Writes the first thing that differs; false if nothing does. */
  private async step(desk: Desk): Promise<boolean> {
    if (this.options.documents && (await this.removeGone(desk))) return true;
    if (this.blocked) return false;
    if ((await this.writeTurns(desk)) || (await this.writeQuestions(desk))) return true;
    if (!this.options.documents) return false;
    // The small ones first: a desk is told to be kept when its documents are.
    if ((await this.writeSettings(desk)) || (await this.writeArrangement(desk))) return true;
    if (await this.writeLimit(desk)) return true;
    return (await this.writeOriginals(desk)) || (await this.writeDocument(desk));
  }

  private async removeGone({ entries }: Desk): Promise<boolean> {
    const here = new Set(entries.map(({ path }) => path));
    const paths = [...this.documents.keys()].filter((path) => !here.has(path));
    if (paths.length === 0) return false;
    const { store, collection } = this.options;
    await this.attempt([], async () => {
      await store.removeDocuments(collection, paths);
      this.unblock();
    });
    // Not tried without end: what could not be removed comes back with the collection, and the failure is told.
    for (const path of paths) this.documents.delete(path);
    this.options.onWritten({ type: 'documents', paths });
    return true;
  }

  private async writeTurns({ turns }: Desk): Promise<boolean> {
    const { store, collection, onWritten } = this.options;
    const here = new Set(turns.map(({ id }) => id));
    const gone = [...this.turns.keys()].filter((id) => !here.has(id));
    const changed = turns.filter(
      (turn) => isAnswered(turn) && this.turns.get(turn.id) !== turn && !this.refused.has(turn),
    );
    if (gone.length + changed.length === 0) return false;
    await this.attempt(changed, async () => {
      if (changed.length > 0) await store.putTurns(collection, changed);
      if (gone.length > 0) await store.removeTurns(collection, gone);
      this.knowsTurns(changed);
      onWritten({ type: 'turns', ids: [...gone, ...changed.map(({ id }) => id)] });
    });
    this.forgetsTurns(gone);
    return true;
  }

  private async writeSettings({ settings }: Desk): Promise<boolean> {
    const { store, collection, onWritten } = this.options;
    if (this.settings === settings || this.refused.has(settings)) return false;
    await this.attempt([settings], async () => {
      await store.putSettings(collection, settings);
      const before = this.settings;
      this.settings = settings;
      if (!before || before.embedder !== settings.embedder || !sameCut(before, settings))
        onWritten({ type: 'settings' });
    });
    return true;
  }

  private async writeArrangement({ arrangement }: Desk): Promise<boolean> {
    const { store, collection, onWritten } = this.options;
    if (sameArrangement(this.arrangement, arrangement) || this.refused.has(arrangement)) return false;
    await this.attempt([arrangement], async () => {
      await store.putArrangement(collection, arrangement);
      this.arrangement = arrangement;
      onWritten({ type: 'arrangement' });
    });
    return true;
  }

  private async writeQuestions({ questions }: Desk): Promise<boolean> {
    const { store, collection, onWritten } = this.options;
    if (sameQuestions(this.questions, questions) || this.refused.has(questions)) return false;
    await this.attempt([questions], async () => {
      await store.putQuestions(collection, questions);
      this.questions = questions;
      onWritten({ type: 'questions' });
    });
    return true;
  }

  /** Each tab limits its own questions: what the tab that keeps the documents does is kept, and told to none. */
  private async writeLimit({ limit }: Desk): Promise<boolean> {
    if (this.limit === limit || this.refused.has(limit)) return false;
    const { store, collection } = this.options;
    await this.attempt([limit], async () => {
      await store.putLimit(collection, limit);
      this.limit = limit;
    });
    return true;
  }

  private async writeOriginals({ entries }: Desk): Promise<boolean> {
    const wanted = entries.filter((entry) => this.lacksOriginal(entry) && !this.refused.has(entry));
    if (wanted.length === 0) return false;
    let bytes = 0;
    const batch = wanted.slice(0, most.files).filter((entry, i) => i === 0 || (bytes += entry.bytes) < most.bytes);
    try {
      await this.putOriginals(batch);
    } catch {
      // Which of them it is, each by itself tells.
      for (const entry of batch) if (!this.blocked) await this.attempt([entry], () => this.putOriginals([entry]));
    }
    return true;
  }

  private async putOriginals(entries: readonly Entry[]): Promise<void> {
    const { store, collection, onWritten } = this.options;
    const files = entries.map(({ path, file, outer, help }) => {
      const added = this.documents.get(path)?.added ?? this.nextAdded++;
      return { path, file, outer, help: withoutPassword(help), added, version: crypto.randomUUID() };
    });
    await store.putOriginals(collection, files);
    for (const { path, file, version, added } of files)
      this.documents.set(path, { file, version, added, document: null, passages: none, has: 'original', failed: null });
    onWritten({ type: 'documents', paths: files.map(({ path }) => path) });
  }

  private async writeDocument({ entries }: Desk): Promise<boolean> {
    const entry = entries.find((one) => this.lacksIndex(one, entries) && !this.refused.has(one));
    if (!entry) return false;
    const { path, document, passages, outer } = entry;
    const known = this.documents.get(path)!;
    const { version, added } = known;
    const arrived = { path, outer, help: withoutPassword(entry.help), added, version };
    const { store, collection, vectorsOf, onWritten } = this.options;
    await this.attempt([entry], async () => {
      const state = failureOf(entry);
      if (state) {
        await store.putFailed(collection, arrived, state);
        this.documents.set(path, { ...known, document, passages, has: 'failure', failed: entry.status });
      } else {
        const vectors = await vectorsOf(path);
        await store.putRead(collection, arrived, { document: document!, passages, vectors }, this.cutOf(entry));
        const has = entry.status.state === 'ready' ? 'vectors' : 'text';
        this.documents.set(path, { ...known, document, passages, has, failed: null });
      }
      onWritten({ type: 'documents', paths: [path] });
    });
    return true;
  }

  private lacksOriginal({ path, file }: Entry): boolean {
    return this.documents.get(path)?.file !== file;
  }

  /** It has been read, or has failed, and the collection does not have that; its original is there. */
  private lacksIndex(entry: Entry, entries: readonly Entry[]): boolean {
    const known = this.documents.get(entry.path);
    if (!known || this.lacksOriginal(entry) || entry.unpacking) return false;
    const { status, document, passages } = entry;
    if (status.state === 'failed') return known.failed !== status;
    if (status.state !== 'ready' && status.state !== 'words-only') return false;
    const lacksVectors = status.state === 'ready' && known.has !== 'vectors' && known.has !== 'failure';
    if (known.document === document && known.passages === passages && !lacksVectors) return false;
    // Written last: as long as it is unfinished what is inside it comes again when it is read anew.
    return !entries.some((one) => one.outer === entry.path && this.lacksOriginal(one));
  }

  private cutOf({ passages }: Entry): ChunkSettings {
    const { strategy, passageTokens, overlapTokens } = this.cuts.get(passages) ?? this.desk!.settings;
    return { strategy, passageTokens, overlapTokens };
  }

  private async attempt(what: readonly Written[], write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.fail(keptError('What is on the desk could not be kept', error), what);
    }
  }

  private fail({ code, message }: KeptError, what: readonly Written[]): void {
    for (const one of what) this.refused.add(one);
    if (code === 'full' || code === 'refused') this.blocked = true;
    this.failure = message;
  }

  private unblock(): void {
    this.blocked = false;
    this.failure = '';
    this.refused.clear();
  }

  private tell(): void {
    const { entries } = this.desk ?? { entries: [] };
    const pending = entries.filter((entry) => this.lacksOriginal(entry) || !this.isKept(entry));
    this.options.onState(pending.length, this.failure);
  }

  private isKept({ path, document, passages, status }: Entry): boolean {
    const known = this.documents.get(path);
    if (!known || known.has === 'original') return false;
    if (status.state === 'failed') return known.failed === status;
    return known.document === document && known.passages === passages;
  }
}

function sameQuestions(a: readonly Question[] | undefined, b: readonly Question[]): boolean {
  return a === b || (a?.length === 0 && b.length === 0);
}

export const isAnswered = ({ phase }: Turn): boolean => phase === 'done' || phase === 'failed';

export function withoutPassword({ password: _password, ...help }: Entry['help']): Omit<Entry['help'], 'password'> {
  return help;
}

/** A text that a password protects is not kept: it is read again when the password has been typed again. */
export function failureOf({ name, status, help }: Entry): Extract<DocumentState, { state: 'failed' }> | null {
  if (status.state === 'failed') return status;
  if (help.password === undefined) return null;
  const reason = `“${name}” is locked with a password. Neither the password nor the text behind it is kept: type it below to read it again.`;
  return { state: 'failed', reason, remedy: 'password' };
}
