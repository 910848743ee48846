/** Looks for passages while a text is being typed: by words at once, by meaning when the keys rest. */
import type { Sought } from '../pipeline/retrieve/seek.ts';
import type { Within } from '../pipeline/retrieve/within.ts';
import { sentenceOf } from './sentence.ts';
import type { Shelf } from './shelf.ts';
import { after, isHere } from './waiting.ts';

/** Milliseconds without a keystroke before a vector is made of the text: it goes before all passages that wait. */
const REST = 200;
/** Milliseconds between two looks while documents keep changing. */
const EVERY = 700;

export interface FoundPassages extends Sought {
  /** What they were found for. */
  readonly text: string;
  /** `absent`: without an embedder, or before any vector is made, words alone decide. */
  readonly meaning: 'coming' | 'searched' | 'absent';
  /** Why nothing could be sought, as a sentence; '' where it could. */
  readonly problem: string;
}

export interface SeekerOptions {
  /** The one in use. */
  shelf(): Pick<Shelf, 'seek' | 'embedder'> & { readonly embedders: Pick<Shelf['embedders'], 'question'> };
  /** Never of an older text than the last. */
  onFound(found: FoundPassages | null): void;
}

export class Seeker {
  private asked: { readonly text: string; readonly within: Within | null } | null = null;
  private stopping = new AbortController();
  private soon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: SeekerOptions) {}

  /** An empty text ends it. */
  seek(text: string, within: Within | null): void {
    this.stop();
    if (text.trim() === '') return this.options.onFound(null);
    this.asked = { text, within };
    this.look('typed');
  }

  /** The documents have changed: what has been found may have, too. */
  again(): void {
    if (!this.asked) return;
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.stopping.abort();
      this.look('again');
    }, EVERY);
  }

  stop(): void {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.asked = null;
    this.stopping.abort();
  }

  private look(why: 'typed' | 'again'): void {
    const { signal } = (this.stopping = new AbortController());
    void this.go(this.asked!, why, signal).catch((error: unknown) => {
      if (signal.aborted) return;
      const { text } = this.asked!;
      const nothing = { words: text, hits: [], searched: { passages: 0, embedded: 0 } };
      this.options.onFound({ ...nothing, text, meaning: 'absent', problem: sentenceOf(error) });
    });
  }

  private async go(
    { text, within }: NonNullable<Seeker['asked']>,
    why: 'typed' | 'again',
    signal: AbortSignal,
  ): Promise<void> {
    const shelf = this.options.shelf();
    const tell = (sought: Sought, meaning: FoundPassages['meaning']) => {
      signal.throwIfAborted();
      this.options.onFound({ ...sought, text, meaning, problem: '' });
    };
    const byWords = await shelf.seek(text, null, within, signal);
    const embedding = byWords.searched.embedded > 0 && (await isHere(shelf.embedder));
    if (!embedding) return tell(byWords, 'absent');
    if (why === 'typed') {
      tell(byWords, 'coming');
      await after(REST, null);
    }
    signal.throwIfAborted();
    // An embedder that fails takes nothing away from what words have found.
    const embedded = await shelf.embedders.question(text, signal).catch(() => null);
    if (!embedded) return tell(byWords, 'absent');
    tell(await shelf.seek(text, embedded.vector, within, signal), 'searched');
  }
}
