/** The documents of the collection: arriving, read, embedded, replaced, removed. */
import { ReadError, type Passage } from '../pipeline/document.ts';
import type { StampedVectors } from '../pipeline/embed/stamp.ts';
import type { Engine } from './engine.ts';
import { EntryList } from './entry-list.svelte.ts';
import { embedding, failed, restored, type Restored } from './entry-status.ts';
import { embedMissing, readInto, type ReadIn } from './indexing.ts';
import { pathsWithin, unpack } from './inner.ts';
import { distinctPaths, mostBytes, numbered, sameBytes } from './intake.ts';
import { whyNoVectors } from './machine.ts';
import { sentenceOf } from './sentence.ts';
import type { Shelf } from './shelf.ts';
import type { Entry, Help, Incoming, Settings } from './state.ts';
import { UnderWay } from './under-way.ts';

/** Milliseconds between two updates of a document's progress. */
const progressEvery = 100;

/** A document that is there already and is read once more. */
interface Again {
  readonly before: Entry;
  readonly help: Help;
}

/** What a restored document goes on with, when that is known. */
export interface Vectors {
  /** Null where they are of another embedder, or missing. */
  readonly vectors: StampedVectors | null;
  /** Why those that are missing are not made here, as a sentence; '' where they are. */
  readonly elsewhere: string;
}

/** What is left to do once a document can be searched by words. */
interface Unfinished {
  /** Ids of passages that lack a vector. */
  readonly missing: readonly string[];
  /** The files inside it, on their way. */
  readonly inner: Promise<void>;
}

/** So many files enter the list at a time: hundreds at once would hold the page for most of a second. */
const arriveAtOnce = 25;

export interface DocumentsOptions {
  readonly engine: Engine;
  settings(): Settings;
  /** The passages of a document are others now; none when it was removed. */
  onChanged(path: string, passages: readonly Passage[]): void;
  /** A document has all its vectors now. */
  onEmbedded?(path: string): void;
}

export class Documents {
  /** Which desk this is, counted: what belongs to an earlier one does not come onto it. */
  desk = 0;
  readonly list = new EntryList();
  /** The files that were replaced, for `Keep both`. */
  private readonly earlier = new Map<string, File>();
  private readonly underWay = new UnderWay();

  constructor(private readonly options: DocumentsOptions) {}

  get entries(): readonly Entry[] {
    return this.list.entries;
  }

  entry(path: string): Entry | undefined {
    return this.list.entry(path);
  }

  /** Resolves when all that is being read, and what came inside it, is searchable by words or has failed. */
  settled(): Promise<void> {
    return this.underWay.settled();
  }

  /** Nothing is arriving or being read. */
  get quiet(): boolean {
    return this.underWay.quiet;
  }

  /** Files are on their way into the list. */
  get arriving(): boolean {
    return this.underWay.isArriving;
  }

  /** Resolves when those that are on their way have come. */
  arrived(): Promise<void> {
    return this.underWay.arrived();
  }

  add(files: readonly Incoming[]): Promise<void> {
    return this.addAll(distinctPaths(files), null, () => true);
  }

  /** @param wanted asked before each batch: what the files came in may have gone or changed */
  private async addAll(
    files: readonly Incoming[],
    outer: string | null,
    wanted: () => boolean,
    onArrived: () => void = () => undefined,
  ): Promise<void> {
    const taken: Promise<void>[] = [];
    await this.underWay.whileArriving(this.arrive(files, outer, wanted, (file) => taken.push(this.take(file))));
    onArrived();
    await Promise.all(taken);
  }

  private async arrive(
    files: readonly Incoming[],
    outer: string | null,
    wanted: () => boolean,
    take: (file: Incoming) => void,
  ): Promise<void> {
    const { desk } = this;
    for (let at = 0; at < files.length; at += arriveAtOnce) {
      if (at > 0) await new Promise((resume) => setTimeout(resume));
      if (!wanted() || this.desk !== desk) return;
      const batch = files.slice(at, at + arriveAtOnce);
      this.list.insert(
        batch.filter(({ path }) => !this.entry(path)),
        outer,
      );
      batch.forEach(take);
    }
  }

  cancel(path: string): void {
    this.underWay.stop(path);
    // A document that was being read again goes back to what it was by itself.
    if (!this.underWay.willReturn(path)) this.forget(path);
  }

  /** Takes a document off the list, and with it what came inside it. */
  remove(path: string): void {
    this.removeAll([path]);
  }

  /**
   * Puts documents back that were removed, each as it was; those that had not been read to the end are read anew. Those
   * whose path has been taken meanwhile are left out. Resolves when they are searchable by words.
   */
  async putBack(removed: readonly Entry[], vectorsOf: (path: string) => Promise<Vectors>): Promise<void> {
    const fitting = removed.filter(({ path }) => !this.entry(path));
    // What is inside one that was still being unpacked comes when it is read anew.
    const isSettled = ({ document, unpacking, status: { state } }: Entry) =>
      (document !== null && !unpacking) || state === 'failed' || state === 'unfinished';
    // Each in its turn, so that what is inside another finds it there.
    for (const { path, file, outer } of fitting) this.list.insert([{ path, file }], outer);
    const unread = fitting.filter((entry) => !isSettled(entry));
    const settled = fitting.filter(isSettled).map((entry): Restored => {
      const { status } = entry;
      return { ...entry, status: status.state === 'failed' || status.state === 'unfinished' ? status : null };
    });
    for (const { path, help } of unread) void this.again(path, help);
    await this.restore(settled, vectorsOf);
  }

  /** Takes these off, and with them what came inside them. */
  removeAll(paths: readonly string[]): void {
    this.forget(...new Set(paths.flatMap((path) => [path, ...pathsWithin(this.entries, path)])));
  }

  /** Takes all of them off, and what is still on its way. */
  clear(): void {
    this.desk++;
    this.forget(...this.entries.map(({ path }) => path));
    this.list.arrange();
  }

  unlock(path: string, password: string): Promise<void> {
    return this.again(path, { password });
  }

  recognise(path: string): Promise<void> {
    return this.again(path, { recognise: true });
  }

  takeTime(path: string): Promise<void> {
    return this.again(path, { patient: true });
  }

  resume(path: string): Promise<void> {
    return this.again(path, {});
  }

  /**
   * Puts documents into the list as they were left: searchable by words when this resolves, by meaning when their
   * vectors have come. What the list has under the same paths goes.
   */
  async restore(documents: readonly Restored[], vectorsOf: (path: string) => Promise<Vectors>): Promise<void> {
    for (const { outer, ...one } of documents) {
      const before = this.entry(one.path);
      if (!before) this.list.insert([one], outer);
      if (before?.document && !one.document) void this.options.engine.remove(one.path);
      this.underWay.forget(one.path);
      this.list.update(one.path, restored(one));
    }
    const searchable = documents
      .filter(({ document }) => document !== null)
      .map(({ path, passages }) => {
        const controller = this.underWay.begin(path, new AbortController());
        return this.underWay.whileReading(path, this.reinstate(path, passages, vectorsOf, controller));
      });
    await Promise.all(searchable);
  }

  private async reinstate(
    path: string,
    passages: readonly Passage[],
    vectorsOf: (path: string) => Promise<Vectors>,
    controller: AbortController,
  ): Promise<void> {
    const { shelf } = this.options.engine;
    const missing = await shelf.put(path, passages);
    this.options.onChanged(path, passages);
    void this.embed(path, missing, controller, async () => {
      const { vectors, elsewhere } = await vectorsOf(path);
      controller.signal.throwIfAborted();
      const left = vectors ? await shelf.restore(path, vectors) : missing;
      if (elsewhere && left.length > 0) throw new Error(elsewhere);
      return left;
    });
  }

  /** Cuts those documents anew that were cut otherwise than the settings say. */
  async recut(paths: ReadonlySet<string>): Promise<void> {
    await this.rechunk(({ path }) => paths.has(path));
  }

  private async again(path: string, help: Help): Promise<void> {
    const before = this.entry(path);
    if (!before || this.underWay.has(path)) return;
    this.list.update(path, { status: { state: 'waiting' }, note: '' });
    await this.take(before, { before, help: { ...before.help, ...help } });
  }

  async keepBoth(path: string): Promise<void> {
    const file = this.earlier.get(path);
    if (!file) return;
    this.earlier.delete(path);
    this.list.update(path, { canKeepBoth: false, note: 'Both versions are kept.' });
    await this.take({ path: numbered(path, (taken) => this.entry(taken) !== undefined), file });
  }

  /** Cuts every document to the passage size of the settings; only new passages are embedded. */
  async rechunk(wanted: (entry: Entry) => boolean = () => true): Promise<void> {
    const cut = (entry: Entry, { reader }: Shelf, signal: AbortSignal) =>
      reader.rechunk(entry.document!, this.options.settings(), signal);
    await Promise.all(this.entries.filter(wanted).map((entry) => this.index(entry, cut)));
  }

  /** Puts everything into a new, empty index. */
  async refill(): Promise<void> {
    // One of which another version is being read is put when that has been read, or has failed.
    const at = this.entries.filter(({ path }) => !this.underWay.willReturn(path));
    await Promise.all(at.map((entry) => this.index(entry, ({ passages }) => Promise.resolve(passages))));
  }

  /** Another shelf has been taken into use, which holds these passages of every document with all their vectors. */
  reshelved(passagesOf: ReadonlyMap<string, readonly Passage[]>): void {
    for (const path of passagesOf.keys()) {
      this.underWay.stop(path);
      this.underWay.end(path);
    }
    this.list.updateAll((entry) => {
      const passages = passagesOf.get(entry.path);
      return passages ? { ...entry, passages, status: { state: 'ready', passages: passages.length } } : entry;
    });
  }

  /** Reads a file, makes it searchable by words, then embeds what has no vector yet. */
  private async take({ path, file }: Incoming, again?: Again): Promise<void> {
    const controller = new AbortController();
    const left = await this.underWay.whileReading(path, this.read(path, file, controller, again));
    if (left) await Promise.all([this.embed(path, left.missing, controller), left.inner]);
  }

  private async index(
    entry: Entry,
    passagesOf: (entry: Entry, shelf: Shelf, signal: AbortSignal) => Promise<readonly Passage[]>,
  ): Promise<void> {
    const { path } = entry;
    if (!entry.document) return;
    const { shelf } = this.options.engine;
    const controller = this.underWay.begin(path, new AbortController());
    const work = async () => {
      const passages = await passagesOf(entry, shelf, controller.signal);
      controller.signal.throwIfAborted();
      const missing = await shelf.put(path, passages);
      controller.signal.throwIfAborted();
      this.list.update(path, { passages, ...embedding(passages, missing) });
      return missing;
    };
    const missing = await this.underWay.whileReading(path, work()).catch(() => null);
    if (missing) await this.embed(path, missing, controller);
  }

  /** Null when there is nothing more to do. */
  private async read(path: string, file: File, controller: AbortController, again?: Again): Promise<Unfinished | null> {
    const { desk } = this;
    const before = again?.before ?? this.entry(path);
    if (!again && before?.document && (await sameBytes(before.file, file).catch(() => false))) {
      this.list.update(path, { note: 'Unchanged: the same file was added again.' });
      return null;
    }
    // Removed while its bytes were compared: what is read now would stay in the index without an entry.
    if (this.desk !== desk || (before && !this.entry(path))) return null;
    this.underWay.begin(path, controller);
    if (!before) this.list.insert([{ path, file }], null);
    if (before?.document || again) this.underWay.returns(path);
    // Another version may be locked with the same password; its pictures are a new question.
    const password = before?.help.password;
    const help = again?.help ?? (password === undefined ? {} : { password });
    try {
      if (file.size > mostBytes) throw tooLarge(path);
      const read = await readInto(this.options.engine.shelf, {
        path,
        file,
        help,
        settings: this.options.settings(),
        signal: controller.signal,
        onStarted: () => this.list.update(path, { status: { state: 'reading' } }),
        onRecognised: (done) => this.list.update(path, { status: { state: 'recognising', done } }),
      });
      this.underWay.read(path);
      return this.took(path, file, help, read, before, again !== undefined);
    } catch (error) {
      // A newer file under this path, or the end of the document, has taken over.
      if (this.underWay.is(path, controller)) this.readFailed(path, before, again, controller.signal.aborted, error);
      return null;
    }
  }

  /** A file has been read: its document takes its place in the list, the files inside it come after it. */
  private took(
    path: string,
    file: File,
    help: Help,
    { document, passages, inner, missing }: ReadIn,
    before: Entry | undefined,
    again: boolean,
  ): Unfinished {
    const replaced = !again && before?.document !== undefined && before.document !== null;
    if (replaced) this.earlier.set(path, before.file);
    const unpacked = unpack(path, inner, this.entries);
    const whole = { ...document, notes: [...document.notes, ...unpacked.notes] };
    this.list.update(path, {
      file,
      bytes: file.size,
      document: whole,
      passages,
      help,
      note: replaced ? `Replaced: ${missing.length} of ${passages.length} passages are embedded again.` : '',
      canKeepBoth: replaced,
      unpacking: unpacked.files.length > 0,
      ...embedding(passages, missing),
    });
    this.options.onChanged(path, passages);
    const inside = new Set(unpacked.files.map((one) => one.path));
    for (const gone of this.entries.filter((entry) => entry.outer === path && !inside.has(entry.path)))
      this.remove(gone.path);
    const isCurrent = () => this.entry(path)?.document === whole;
    const onArrived = () => isCurrent() && this.list.update(path, { unpacking: false });
    return { missing, inner: this.addAll(unpacked.files, path, isCurrent, onArrived) };
  }

  private readFailed(
    path: string,
    before: Entry | undefined,
    again: Again | undefined,
    stopped: boolean,
    error: unknown,
  ): void {
    this.underWay.end(path);
    if (before?.document) {
      const what = again ? 'Reading it again' : 'Reading the new version';
      const why = stopped ? `${what} was stopped.` : sentenceOf(error);
      this.list.update(path, {
        ...before,
        note: `${why} ${again ? 'What was read before' : 'The earlier version'} was kept.`,
      });
      // Its embedding may have been cut off, and the index may hold what was stopped.
      void this.index(this.entry(path)!, ({ passages }) => Promise.resolve(passages));
    } else if (before && again && stopped) {
      this.list.update(path, { ...before, note: 'Stopped.' });
    } else {
      this.list.update(path, { status: failed(error, again?.help) });
    }
  }

  /** @param saved fetches vectors that were made before, and tells what is missing after that */
  private async embed(
    path: string,
    missing: readonly string[],
    controller: AbortController,
    saved?: () => Promise<readonly string[]>,
  ): Promise<void> {
    const passages = this.entry(path)?.passages ?? [];
    const total = passages.length;
    const current = () => this.underWay.is(path, controller);
    let shown = 0;
    let left = missing;
    const onEmbedded = (made: number) => {
      const now = performance.now();
      if (now - shown < progressEvery || !current()) return;
      shown = now;
      this.list.update(path, { status: { state: 'embedding', done: total - left.length + made, total } });
    };
    try {
      if (saved) left = await saved();
      await embedMissing(this.options.engine.shelf, passages, left, controller.signal, onEmbedded);
      if (current()) {
        this.list.update(path, { status: { state: 'ready', passages: total } });
        this.options.onEmbedded?.(path);
      }
    } catch (error) {
      if (current())
        this.list.update(path, { status: { state: 'words-only', passages: total, reason: whyNoVectors(error) } });
    }
    if (current()) this.underWay.end(path);
  }

  private forget(...paths: readonly string[]): void {
    const gone = new Set(paths);
    for (const path of gone) {
      this.underWay.forget(path);
      this.earlier.delete(path);
    }
    this.list.drop(gone);
    for (const path of gone) {
      void this.options.engine.remove(path);
      this.options.onChanged(path, []);
    }
  }
}

function tooLarge(path: string): ReadError {
  return new ReadError('too-large', `“${path}” is larger than 200 MB and was not read. Split it and add the parts.`);
}
