/** Cache Storage for tests beside this file. */
import type { Storage } from './cache.ts';

/** Cache Storage in memory that refuses blobs beyond `quota` bytes. */
export class FakeStorage implements Storage {
  readonly held = new Map<string, Uint8Array<ArrayBuffer>>();
  constructor(public quota = Infinity) {}

  open(): ReturnType<Storage['open']> {
    const { held } = this;
    const full = (used: number) => used > this.quota;
    return Promise.resolve({
      match: (name): Promise<Response | undefined> => {
        const bytes = held.get(String(name));
        return Promise.resolve(bytes && new Response(bytes));
      },
      put: async (name, response): Promise<void> => {
        const bytes = new Uint8Array(await response.arrayBuffer());
        const blobs = [...held].filter(([key]) => key.includes('/sha256/'));
        const used = blobs.reduce((sum, [, { length }]) => sum + length, 0);
        if (String(name).includes('/sha256/') && full(used + bytes.length)) {
          throw new DOMException('full', 'QuotaExceededError');
        }
        held.set(String(name), bytes);
      },
      delete: (name) => Promise.resolve(held.delete(String(name))),
      keys: () => Promise.resolve([...held.keys()].map((url) => new Request(url))),
    });
  }

  /** What the stored blobs read, sorted. */
  get blobs(): string[] {
    const blobs = [...this.held].filter(([key]) => key.includes('/sha256/'));
    return blobs.map(([, bytes]) => new TextDecoder().decode(bytes)).sort();
  }
}
