/**
 * Compound files, the container of old Office files and Outlook messages ([MS-CFB]). The libraries that open them follow
 * chains of sectors wherever they lead; in a damaged file that may be a circle.
 */

/** Places in the header. */
const AT = { version: 0x1a, miniFatStart: 0x3c, difatStart: 0x44, difat: 0x4c } as const;
const HEADER_DIFAT = 109;
const HEADER = 512;

/** True if every chain of sectors, large and small, comes to an end. */
export function chainsEnd(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint16(AT.version, true) === 4 ? 4096 : 512;
  const sectors = Math.max(0, Math.ceil(bytes.length / size) - 1);
  const numbers = (sector: number): number[] => {
    const found: number[] = [];
    for (let at = (sector + 1) * size; found.length < size / 4 && at + 4 <= bytes.length; at += 4)
      found.push(view.getInt32(at, true));
    return found;
  };
  const exists = (sector: number | undefined): sector is number =>
    sector !== undefined && sector >= 0 && sector < sectors;

  const fatSectors: number[] = [];
  for (let i = 0; i < HEADER_DIFAT; i++) fatSectors.push(view.getInt32(AT.difat + i * 4, true));
  const seen = new Set<number>();
  for (let at: number | undefined = view.getInt32(AT.difatStart, true); exists(at);) {
    if (seen.has(at)) return false;
    seen.add(at);
    const entries = numbers(at);
    at = entries.length === size / 4 ? entries.pop() : undefined;
    fatSectors.push(...entries);
  }

  // A sector of the table that is not there leaves its place empty: the numbers of the others count on it.
  const fat: number[] = [];
  fatSectors.forEach((sector, i) => {
    if (exists(sector) && i * (size / 4) < sectors)
      numbers(sector).forEach((next, k) => (fat[i * (size / 4) + k] = next));
  });
  if (goesInCircles(fat, sectors)) return false;

  const miniFat: number[] = [];
  for (let at: number | undefined = view.getInt32(AT.miniFatStart, true); exists(at); at = fat[at])
    miniFat.push(...numbers(at));
  return !goesInCircles(miniFat, miniFat.length);
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
