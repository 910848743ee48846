/** An Outlook message's compound file as a tree of storages and streams. */
import CFB from 'cfb';

export interface Storage {
  readonly streams: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly storages: ReadonlyMap<string, Storage>;
}

interface OpenStorage {
  readonly streams: Map<string, Uint8Array<ArrayBuffer>>;
  readonly storages: Map<string, OpenStorage>;
}

/** @throws Error where the file is damaged */
export function openStorage(bytes: Uint8Array): Storage {
  const { FullPaths, FileIndex } = CFB.parse(new Uint8Array(bytes));
  const root = emptyStorage();
  FullPaths.forEach((path, i) => {
    const entry = FileIndex[i];
    // The first segment is the root entry's own name.
    const segments = path.replace(/\/$/, '').split('/').slice(1);
    const name = segments.pop();
    if (entry === undefined || name === undefined) return;
    const storage = segments.reduce((within, segment) => storageIn(within, segment), root);
    if (path.endsWith('/')) storageIn(storage, name);
    // Streams of no bytes have no content at all, whatever the library's types say.
    else if (entry.size > 0) storage.streams.set(name, Uint8Array.from(entry.content.slice(0, entry.size)));
  });
  return root;
}

function emptyStorage(): OpenStorage {
  return { streams: new Map(), storages: new Map() };
}

function storageIn(storage: OpenStorage, name: string): OpenStorage {
  const found = storage.storages.get(name) ?? emptyStorage();
  storage.storages.set(name, found);
  return found;
}
