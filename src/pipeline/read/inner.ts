/** Names of files inside files: made harmless, whole and unlike each other. */

/** Names beyond this are cut; their ending is kept. */
const MAX_NAME = 120;

/** The last segment of a name as a file may have it; '' where nothing is left of it. */
export function safeName(name: string): string {
  const last = name.replaceAll('\\', '/').split('/').at(-1) ?? '';
  return safeSegment(last);
}

/** A path below the outer file: never absolute, never with `..` or a drive. '' where nothing is left of it. */
export function safePath(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^[a-z]:\//i, '')
    .split('/')
    .map(safeSegment)
    .filter((segment) => segment !== '')
    .join('/');
}

function safeSegment(segment: string): string {
  // Controls, marks that turn the direction of writing, and what a system forbids in names.
  const bare = segment
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001F\u007F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, ' ')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '')
    .replace(/^\.+/, '');
  return shortened(bare);
}

function shortened(name: string): string {
  if (name.length <= MAX_NAME) return name;
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? '';
  return `${name.slice(0, MAX_NAME - ending.length - 1).replace(/[\uD800-\uDBFF]$/, '')}…${ending}`;
}

/** Gives each path once: the second `a.pdf` becomes `a (2).pdf`. Upper and lower case are not told apart. */
export class UniquePaths {
  readonly #taken = new Set<string>();
  /** The number to try next, by path: a thousand files of one name are no million questions. */
  readonly #next = new Map<string, number>();

  take(path: string): string {
    const ending = /\.[^./]*$/.exec(path)?.[0] ?? '';
    const stem = path.slice(0, path.length - ending.length);
    const key = path.toLowerCase();
    let number = this.#next.get(key) ?? 1;
    let free = path;
    while (this.#taken.has(free.toLowerCase())) free = `${stem} (${++number})${ending}`;
    this.#next.set(key, number);
    this.#taken.add(free.toLowerCase());
    return free;
  }
}

/** How many of the folders that a path names are files of one of these endings: archives that it lies in. */
export function depthIn(path: string, endings: readonly string[]): number {
  const folders = path.toLowerCase().replaceAll('\\', '/').split('/').slice(0, -1);
  return folders.filter((folder) => endings.some((ending) => folder.endsWith(`.${ending}`))).length;
}

/** Bytes as a person reads them: `512 bytes`, `4.2 kB`, `17 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const [unit, value] = bytes < 1e6 ? ['kB', bytes / 1e3] : bytes < 1e9 ? ['MB', bytes / 1e6] : ['GB', bytes / 1e9];
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
