/** Turns what a person drops, chooses or pastes into files with relative paths. */
import type { Incoming } from '../../library/state.ts';

/** The part of the browser's FileSystemEntry that a walk needs; its callbacks made promises. */
export type DroppedNode =
  | { readonly kind: 'file'; readonly name: string; file(): Promise<File> }
  | { readonly kind: 'folder'; readonly name: string; children(): Promise<readonly DroppedNode[]> };

export interface Dropped {
  readonly files: readonly Incoming[];
  /** Sentences on what could not be taken or was left out. */
  readonly problems: readonly string[];
}

const hidden = (name: string): boolean => name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini';

/**
 * Walks files and folders depth first, in name order inside a folder. Paths are relative to the drop.
 * Hidden files inside folders (`.git`, `.DS_Store`) are left out and counted in `problems`;
 * a hidden file that was dropped by itself is taken.
 */
export async function walk(roots: readonly DroppedNode[]): Promise<Dropped> {
  const files: Incoming[] = [];
  const problems: string[] = [];
  let left = 0;

  async function visit(node: DroppedNode, folder: string): Promise<void> {
    const path = folder + node.name;
    try {
      if (node.kind === 'file') {
        files.push({ path, file: await node.file() });
        return;
      }
      const children = [...(await node.children())].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      for (const child of children) {
        if (hidden(child.name)) left++;
        else await visit(child, `${path}/`);
      }
    } catch {
      const what = node.kind === 'file' ? 'The file' : 'The folder';
      problems.push(
        `${what} ${path} could not be opened, so it was not added. Everything else was. Try adding it again.`,
      );
    }
  }

  for (const root of roots) await visit(root, '');
  return { files, problems: [...problems, ...leftOut(left)] };
}

function leftOut(n: number): string[] {
  if (n === 0) return [];
  return [
    n === 1
      ? 'One hidden file or folder was left out. Add it by itself if you need it.'
      : `${n} hidden files or folders were left out. Add them by themselves if you need them.`,
  ];
}

/** Files of an `<input type="file">`; a folder input gives each file its path. */
export function chosen(list: Iterable<File>): Dropped {
  const all = [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  const kept = all.filter(({ path }) => !path.split('/').slice(1).some(hidden));
  return { files: kept, problems: leftOut(all.length - kept.length) };
}

/** `Pasted text.txt`, `Pasted text 2.txt`: the first name that no document has. */
export function pastedText(text: string, taken: ReadonlySet<string>): Incoming {
  let path = 'Pasted text.txt';
  for (let n = 2; taken.has(path); n++) path = `Pasted text ${n}.txt`;
  return { path, file: new File([text], path, { type: 'text/plain' }) };
}

function fromEntry(entry: FileSystemEntry): DroppedNode {
  if (entry.isDirectory) {
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    return {
      kind: 'folder',
      name: entry.name,
      async children() {
        const found: FileSystemEntry[] = [];
        // readEntries gives at most 100 at a time; an empty batch ends the list
        for (;;) {
          const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
          if (batch.length === 0) return found.map(fromEntry);
          found.push(...batch);
        }
      },
    };
  }
  return {
    kind: 'file',
    name: entry.name,
    file: () => new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
  };
}

/** Must be called inside the drop event: the browser empties the transfer when the handler returns. */
export function droppedNodes(transfer: DataTransfer): DroppedNode[] {
  const nodes: DroppedNode[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory) nodes.push(fromEntry(entry));
    // The file itself where there is one: WebKit cannot open the entry of a file that lies on no disk.
    else if (file) nodes.push({ kind: 'file', name: file.name, file: () => Promise.resolve(file) });
    else if (entry) nodes.push(fromEntry(entry));
  }
  return nodes;
}
