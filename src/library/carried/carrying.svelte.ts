/** Collections that travel as one file: saved from the desk or from what is kept, and opened from a drop. */
import { sentenceOf } from '../sentence.ts';
import type { Kept } from '../kept/kept.svelte.ts';
import type { CarriedApi, CarriedState, Incoming, Notice, SaveChoice, Saving } from '../state.ts';
import type { Carriable } from './collection.ts';
import type { Locked } from './encryption.ts';
import type { OpenedCollection } from './open.ts';
import { isCollectionFile, isEncrypted } from './recognise.ts';

export interface CarryingOptions {
  readonly kept: Pick<Kept, 'bring' | 'carriable'>;
  tell(kind: Notice['kind'], text: string): void;
}

export class Carrying implements CarriedApi {
  state = $state.raw<CarriedState>({ state: 'none' });
  saving = $state.raw<Saving | null>(null);
  private locked: Locked | null = null;
  private opened: OpenedCollection | null = null;
  private ended = new AbortController();

  constructor(private readonly options: CarryingOptions) {}

  /** Collection files are taken out, and the first of them is offered; the others are documents. */
  async withoutCollections(files: readonly Incoming[]): Promise<readonly Incoming[]> {
    const are = await Promise.all(files.map(({ file }) => isCollectionFile(file)));
    const [first, ...more] = files.filter((_, i) => are[i]);
    if (first) {
      for (const { path } of more)
        this.options.tell('problem', `One collection is opened at a time: “${path}” was not. Add it by itself.`);
      void this.offer(first.file);
    }
    return files.filter((_, i) => !are[i]);
  }

  async unlock(passphrase: string): Promise<void> {
    const { locked, state } = this;
    if (!locked || state.state !== 'locked') return;
    const { fileName } = state;
    this.state = { state: 'checking', fileName, done: 0, total: 0 };
    await this.attempt(fileName, async (signal) => {
      const { decrypt, unlock } = await import('./encryption.ts');
      const { CarriedError } = await import('./errors.ts');
      try {
        const key = await unlock(locked, passphrase);
        await this.check(fileName, await decrypt(locked, key), signal);
      } catch (error) {
        if (!(error instanceof CarriedError) || error.code !== 'passphrase') throw error;
        if (!signal.aborted) this.state = { state: 'locked', fileName, wrong: error.message };
      }
    });
  }

  async open(keep: boolean): Promise<void> {
    const { opened } = this;
    if (!opened) return;
    this.dismiss();
    await this.options.kept.bring(opened, keep);
  }

  dismiss(): void {
    this.ended.abort(new Error('Stopped.'));
    this.ended = new AbortController();
    this.locked = null;
    this.opened = null;
    this.state = { state: 'none' };
  }

  async save(id: string | null, choice: SaveChoice): Promise<File | null> {
    if (this.saving) return null;
    this.saving = { done: 0, total: 0 };
    try {
      const now = new Date();
      const collection = await this.options.kept.carriable(id, now);
      const total = collection.count;
      const file = await written(collection, choice, now, (done) => (this.saving = { done, total }));
      return new File([file], `${fileNameOf(collection.name)}.${choice.as}`, { type: file.type });
    } catch (error) {
      this.options.tell('problem', `The collection could not be saved to a file. ${sentenceOf(error)}`);
      return null;
    } finally {
      this.saving = null;
    }
  }

  private async offer(file: File): Promise<void> {
    this.dismiss();
    const fileName = file.name;
    this.state = { state: 'checking', fileName, done: 0, total: 0 };
    await this.attempt(fileName, async (signal) => {
      if (!(await isEncrypted(file))) return this.check(fileName, file, signal);
      const { readLocked } = await import('./encryption.ts');
      const locked = await readLocked(file);
      signal.throwIfAborted();
      this.locked = locked;
      this.state = { state: 'locked', fileName, wrong: '' };
    });
  }

  private async check(fileName: string, file: Blob, signal: AbortSignal): Promise<void> {
    const { openCollection } = await import('./open.ts');
    const onProgress = (done: number, total: number) => {
      if (!signal.aborted) this.state = { state: 'checking', fileName, done, total };
    };
    const opened = await openCollection(file, { onProgress, signal });
    signal.throwIfAborted();
    const { name, saved, documents, passages, turns, questions = 0, originals } = opened.about;
    this.opened = opened;
    this.state = { state: 'offered', fileName, name, saved, documents, passages, turns, questions, originals };
  }

  /** What fails is told, unless the person has turned away from it; the desk is as before. */
  private async attempt(fileName: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.ended;
    try {
      await work(signal);
    } catch (error) {
      if (signal.aborted) return;
      this.dismiss();
      this.options.tell('problem', `“${fileName}” was not opened. ${sentenceOf(error)}`);
    }
  }
}

/** What writes it is fetched when it is needed first. */
async function written(
  collection: Carriable,
  { as, originals, passphrase }: SaveChoice,
  now: Date,
  onProgress: (done: number) => void,
): Promise<Blob> {
  if (as === 'carrel') {
    const { saveCollection } = await import('./save.ts');
    const plain = await saveCollection(collection, { originals, now, onProgress });
    return passphrase ? (await import('./encryption.ts')).encrypt(plain, passphrase) : plain;
  }
  const { rowsOf } = await import('./rows.ts');
  const rows = rowsOf(collection, onProgress);
  return as === 'jsonl'
    ? (await import('./json-lines.ts')).jsonLines(rows)
    : (await import('./parquet.ts')).parquet(rows);
}

/** A name that every system takes. */
function fileNameOf(name: string): string {
  const plain = name.replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ').replace(/^[.\s]+|[.\s]+$/g, '');
  return plain.slice(0, 80) || 'collection';
}
