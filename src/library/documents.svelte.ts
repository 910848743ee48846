/** The documents of the collection: arriving, read, embedded, replaced, removed. */
import { ReadError, type Passage } from '../pipeline/document.ts';
import type { Engine } from './engine.ts';
import { embedMissing, readInto } from './indexing.ts';
import { distinctPaths, mostBytes, numbered, sameBytes } from './intake.ts';
import { sentenceOf } from './sentence.ts';
import type { Entry, Incoming, Settings } from './state.ts';

/** Milliseconds between two updates of a document's progress. */
const progressEvery = 100;

/** So many files enter the list at a time: hundreds at once would hold the page for most of a second. */
const arriveAtOnce = 25;

export interface DocumentsOptions {
  readonly engine: Engine;
  settings(): Settings;
  /** The passages of a document are others now; none when it was removed. */
  onChanged(path: string, passages: readonly Passage[]): void;
}

export class Documents {
  entries = $state.raw<readonly Entry[]>([]);
  /** The files that were replaced, for `Keep both`. */
  private readonly earlier = new Map<string, File>();
  /** One for each document that is being read or embedded. */
  private readonly working = new Map<string, AbortController>();
  /** Files on their way into the list. */
  private readonly arriving = new Set<Promise<unknown>>();
  /** Settle when a document is searchable by words: answers wait for them. */
  private readonly reading = new Map<string, Promise<unknown>>();

  constructor(private readonly options: DocumentsOptions) {}

  entry(path: string): Entry | undefined {
    return this.entries.find((entry) => entry.path === path);
  }

  /** Resolves when all that is being read now is searchable by words, or has failed. */
  async settled(): Promise<void> {
    await Promise.all(this.arriving);
    await Promise.allSettled(this.reading.values());
  }

  async add(files: readonly Incoming[]): Promise<void> {
    const taken: Promise<void>[] = [];
    const arrival = this.arrive(distinctPaths(files), (file) => taken.push(this.take(file)));
    this.arriving.add(arrival);
    await arrival;
    this.arriving.delete(arrival);
    await Promise.all(taken);
  }

  private async arrive(files: readonly Incoming[], take: (file: Incoming) => void): Promise<void> {
    for (let at = 0; at < files.length; at += arriveAtOnce) {
      if (at > 0) await new Promise((resume) => setTimeout(resume));
      const batch = files.slice(at, at + arriveAtOnce);
      this.insert(batch.filter(({ path }) => !this.entry(path)));
      batch.forEach(take);
    }
  }

  cancel(path: string): void {
    const entry = this.entry(path);
    this.working.get(path)?.abort();
    // A document that was being replaced goes back to its earlier version by itself.
    if (!(entry?.document && entry.status.state === 'reading')) this.forget(path);
  }

  remove(path: string): void {
    this.working.get(path)?.abort();
    this.forget(path);
  }

  async keepBoth(path: string): Promise<void> {
    const file = this.earlier.get(path);
    if (!file) return;
    this.earlier.delete(path);
    this.update(path, { canKeepBoth: false, note: 'Both versions are kept.' });
    await this.take({ path: numbered(path, (taken) => this.entry(taken) !== undefined), file });
  }

  /** Cuts every document to the passage size of the settings; only new passages are embedded. */
  async rechunk(): Promise<void> {
    const { engine } = this.options;
    const cut = (entry: Entry, signal: AbortSignal) => engine.rechunk(entry.document!, this.options.settings(), signal);
    await Promise.all(this.entries.map((entry) => this.index(entry, cut)));
  }

  /** Puts everything into a new, empty index. */
  async refill(): Promise<void> {
    await Promise.all(this.entries.map((entry) => this.index(entry, ({ passages }) => Promise.resolve(passages))));
  }

  /** Reads a file, makes it searchable by words, then embeds what has no vector yet. */
  private async take({ path, file }: Incoming): Promise<void> {
    const controller = new AbortController();
    const missing = await this.whileReading(path, this.read(path, file, controller));
    if (missing) await this.embed(path, missing, controller);
  }

  private async index(
    entry: Entry,
    passagesOf: (entry: Entry, signal: AbortSignal) => Promise<readonly Passage[]>,
  ): Promise<void> {
    const { path } = entry;
    if (!entry.document) return;
    const controller = this.begin(path, new AbortController());
    const work = async () => {
      const passages = await passagesOf(entry, controller.signal);
      const missing = await this.options.engine.put(path, passages);
      this.update(path, { passages, ...embedding(passages, missing) });
      return missing;
    };
    const missing = await this.whileReading(path, work()).catch(() => null);
    if (missing) await this.embed(path, missing, controller);
  }

  private async whileReading<T>(path: string, work: Promise<T>): Promise<T> {
    this.reading.set(path, work);
    try {
      return await work;
    } finally {
      if (this.reading.get(path) === work) this.reading.delete(path);
    }
  }

  /** What was under way for this path ends. */
  private begin(path: string, controller: AbortController): AbortController {
    this.working.get(path)?.abort();
    this.working.set(path, controller);
    return controller;
  }

  /** Ids that lack a vector; null when there is nothing more to do. */
  private async read(path: string, file: File, controller: AbortController): Promise<readonly string[] | null> {
    const before = this.entry(path);
    if (before?.document && (await sameBytes(before.file, file).catch(() => false))) {
      this.update(path, { note: 'Unchanged: the same file was added again.' });
      return null;
    }
    this.begin(path, controller);
    if (!before) this.insert([{ path, file }]);
    try {
      if (file.size > mostBytes) throw tooLarge(path);
      const { engine, settings } = this.options;
      const onStart = () => this.update(path, { status: { state: 'reading' } });
      const read = await readInto(engine, path, file, settings(), controller.signal, onStart);
      const { document, passages, missing } = read;
      const replaced = before?.document !== undefined && before.document !== null;
      if (replaced) this.earlier.set(path, before.file);
      const note = replaced ? `Replaced: ${missing.length} of ${passages.length} passages are embedded again.` : '';
      const { size: bytes } = file;
      this.update(path, {
        file,
        bytes,
        document,
        passages,
        note,
        canKeepBoth: replaced,
        ...embedding(passages, missing),
      });
      this.options.onChanged(path, passages);
      return missing;
    } catch (error) {
      // A newer file under this path, or the end of the document, has taken over.
      if (this.working.get(path) === controller) this.readFailed(path, before, controller.signal.aborted, error);
      return null;
    }
  }

  private readFailed(path: string, before: Entry | undefined, stopped: boolean, error: unknown): void {
    this.working.delete(path);
    if (before?.document) {
      const why = stopped ? 'Reading the new version was stopped.' : sentenceOf(error);
      this.update(path, { ...before, note: `${why} The earlier version was kept.` });
    } else {
      this.update(path, { status: { state: 'failed', reason: sentenceOf(error) } });
    }
  }

  private async embed(path: string, missing: readonly string[], controller: AbortController): Promise<void> {
    const passages = this.entry(path)?.passages ?? [];
    const total = passages.length;
    const current = () => this.working.get(path) === controller;
    let shown = 0;
    const onEmbedded = (made: number) => {
      const now = performance.now();
      if (now - shown < progressEvery || !current()) return;
      shown = now;
      this.update(path, { status: { state: 'embedding', done: total - missing.length + made, total } });
    };
    try {
      await embedMissing(this.options.engine, path, passages, missing, controller.signal, onEmbedded);
      if (current()) this.update(path, { status: { state: 'ready', passages: total } });
    } catch (error) {
      if (current()) this.update(path, { status: { state: 'words-only', passages: total, reason: sentenceOf(error) } });
    }
    if (current()) this.working.delete(path);
  }

  private forget(path: string): void {
    this.working.delete(path);
    this.reading.delete(path);
    this.earlier.delete(path);
    this.entries = this.entries.filter((entry) => entry.path !== path);
    void this.options.engine.remove(path);
    this.options.onChanged(path, []);
  }

  private insert(files: readonly Incoming[]): void {
    const waiting = files.map(({ path, file }): Entry => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const read = { document: null, passages: [], note: '', canKeepBoth: false };
      return { path, name, status: { state: 'waiting' }, bytes: file.size, file, ...read };
    });
    this.entries = [...this.entries, ...waiting];
  }

  private update(path: string, change: Partial<Entry>): void {
    this.entries = this.entries.map((entry) => (entry.path === path ? { ...entry, ...change } : entry));
  }
}

function embedding(passages: readonly Passage[], missing: readonly string[]): Pick<Entry, 'status'> {
  const total = passages.length;
  return { status: { state: 'embedding', done: Math.max(0, total - missing.length), total } };
}

function tooLarge(path: string): ReadError {
  return new ReadError('too-large', `“${path}” is larger than 200 MB and was not read. Split it and add the parts.`);
}
