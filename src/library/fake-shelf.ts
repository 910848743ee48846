/** A shelf whose reader and index do as a test says, for tests beside this file. */
import type { Passage } from '../pipeline/document.ts';
import type { Engine } from './engine.ts';
import { documentOf, passagesOf, stamp } from './kept/fake-desk.ts';
import type { Reading } from './reader.ts';

/** As the search's worker: what is asked is done in the order in which it was asked. */
export class FakeShelf {
  /** What is in the index: the texts of a document's passages, by its path. */
  readonly index = new Map<string, readonly string[]>();
  /** Texts of passages whose vectors have been made. */
  readonly embedded: string[] = [];
  /** Reads a file; tests may give another. Each line is a passage. */
  read: (reading: Reading) => Promise<string> = ({ file }) => file.text();
  /** Awaited before a passage is embedded. */
  embedding: (text: string) => Promise<void> = () => Promise.resolve();
  /** Awaited before the index does what it is asked next. */
  before: Promise<void> = Promise.resolve();
  private queue: Promise<unknown> = Promise.resolve();

  readonly reader = {
    read: async (reading: Reading) => {
      reading.onStarted();
      const text = await Promise.race([this.read(reading), rejected(reading.signal)]);
      const document = documentOf(reading.path, text);
      return { document, passages: passagesOf(document), inner: [] };
    },
  };

  private inOrder<T>(work: () => T): Promise<T> {
    const { before } = this;
    const done = this.queue.then(() => before).then(work);
    this.queue = done;
    return done;
  }

  put(path: string, passages: readonly Passage[]): Promise<readonly string[]> {
    return this.inOrder(() => {
      this.index.set(
        path,
        passages.map(({ text }) => text),
      );
      return passages.filter(({ text }) => !this.embedded.includes(text)).map(({ id }) => id);
    });
  }

  remove(path: string): Promise<void> {
    return this.inOrder(() => void this.index.delete(path));
  }

  async passage(text: string) {
    await this.embedding(text);
    this.embedded.push(text.split('\n').at(-1)!);
    return { vector: Float32Array.of(1, 0, 0, 0), stamp };
  }

  addVector(): Promise<boolean> {
    return Promise.resolve(true);
  }

  /** As the engine gives it to the documents. */
  get engine(): Engine {
    return { shelf: this, remove: (path: string) => this.remove(path) } as unknown as Engine;
  }
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}
