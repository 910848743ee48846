/**
 * Compound files, the container of old Office files and Outlook messages ([MS-CFB]). The libraries that open them follow
 * chains of sectors wherever they lead; in a damaged file that may be a circle.
 */

/** Places in the header. */
const AT = { version: 0x1a, directoryStart: 0x30, miniFatStart: 0x3c, difatStart: 0x44, difat: 0x4c } as const;
const HEADER_DIFAT = 109;
const HEADER = 512;
/** Places in an entry of the directory. */
const ENTRY = { length: 128, nameLength: 64, left: 68, right: 72, child: 76 } as const;

/** True if every chain of sectors, large and small, comes to an end. */
export function chainsEnd(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER) return true;
  const file = new Sectors(bytes);
  const fat = file.table();
  if (fat === null || goesInCircles(fat, file.count)) return false;
  const miniFat = file.chain(AT.miniFatStart, fat).flatMap((sector) => file.numbers(sector));
  return !goesInCircles(miniFat, miniFat.length);
}

/**
 * Names of the streams and storages right in the root, not those of what is embedded deeper; null where the directory
 * is missing or broken.
 */
export function rootNames(bytes: Uint8Array): readonly string[] | null {
  if (bytes.length < HEADER) return null;
  const file = new Sectors(bytes);
  const fat = file.table();
  if (fat === null || goesInCircles(fat, file.count)) return null;
  const entries = file.chain(AT.directoryStart, fat).flatMap((sector) => file.entries(sector));
  const root = entries[0];
  if (root === undefined) return null;
  const names: string[] = [];
  const seen = new Set<number>();
  const waiting = [root.getInt32(ENTRY.child, true)];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const entry = entries[number];
    if (entry === undefined || seen.has(number)) continue;
    seen.add(number);
    names.push(nameOf(entry));
    waiting.push(entry.getInt32(ENTRY.left, true), entry.getInt32(ENTRY.right, true));
  }
  return names.length === 0 ? null : names;
}

function nameOf(entry: DataView): string {
  // The length counts bytes, the NUL at the end with them.
  const length = Math.min(64, Math.max(0, entry.getUint16(ENTRY.nameLength, true) - 2));
  return new TextDecoder('utf-16le').decode(new Uint8Array(entry.buffer, entry.byteOffset, length));
}

class Sectors {
  readonly #view: DataView;
  readonly #size: number;
  readonly count: number;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#size = this.#view.getUint16(AT.version, true) === 4 ? 4096 : 512;
    this.count = Math.max(0, Math.ceil(bytes.length / this.#size) - 1);
  }

  numbers(sector: number): number[] {
    const found: number[] = [];
    for (let at = (sector + 1) * this.#size; found.length < this.#size / 4 && at + 4 <= this.bytes.length; at += 4)
      found.push(this.#view.getInt32(at, true));
    return found;
  }

  entries(sector: number): DataView[] {
    const found: DataView[] = [];
    const start = (sector + 1) * this.#size;
    const end = Math.min(start + this.#size, this.bytes.length);
    for (let at = start; at + ENTRY.length <= end; at += ENTRY.length)
      found.push(new DataView(this.bytes.buffer, this.bytes.byteOffset + at, ENTRY.length));
    return found;
  }

  /** Which sector follows each; null where the list of the table's own sectors leads in a circle. */
  table(): readonly (number | undefined)[] | null {
    const perSector = this.#size / 4;
    const own: number[] = [];
    for (let i = 0; i < HEADER_DIFAT; i++) own.push(this.#view.getInt32(AT.difat + i * 4, true));
    const seen = new Set<number>();
    for (let at: number | undefined = this.#view.getInt32(AT.difatStart, true); this.#exists(at);) {
      if (seen.has(at)) return null;
      seen.add(at);
      const entries = this.numbers(at);
      at = entries.length === perSector ? entries.pop() : undefined;
      own.push(...entries);
    }
    // A sector of the table that is not there leaves its place empty: the numbers of the others count on it.
    const fat: number[] = [];
    own.forEach((sector, i) => {
      if (this.#exists(sector) && i * perSector < this.count)
        this.numbers(sector).forEach((next, k) => (fat[i * perSector + k] = next));
    });
    return fat;
  }

  /** The sectors of a chain whose start stands in the header; `fat` must not lead in circles. */
  chain(headerAt: number, fat: readonly (number | undefined)[]): number[] {
    const sectors: number[] = [];
    for (let at: number | undefined = this.#view.getInt32(headerAt, true); this.#exists(at); at = fat[at])
      sectors.push(at);
    return sectors;
  }

  #exists(sector: number | undefined): sector is number {
    return sector !== undefined && sector >= 0 && sector < this.count;
  }
}

/** Whether a walk along `next` from any of the first `count` places comes back to where it was. */
function goesInCircles(next: readonly (number | undefined)[], count: number): boolean {
  // The number of the walk that came by, 0 for none.
  const visited = new Uint32Array(count);
  for (let start = 0; start < count; start++) {
    for (let at: number | undefined = start; at !== undefined && at >= 0 && at < count; at = next[at]) {
      if (visited[at] === start + 1) return true;
      if (visited[at] !== 0) break;
      visited[at] = start + 1;
    }
  }
  return false;
}
