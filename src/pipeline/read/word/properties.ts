/** Properties of paragraphs and characters in an old Word file: changes to a style, as numbered modifiers ([MS-DOC] 2.6). */

/** Those that a reader needs; each stands for what the modifier of this number sets. */
export const MODIFIER = {
  inTable: 0x2416,
  endsRow: 0x2417,
  innerCell: 0x244b,
  innerRow: 0x244c,
  depth: 0x6649,
  listLevel: 0x260a,
  list: 0x460b,
  outline: 0x2640,
  headerRow: 0x3404,
  deleted: 0x0800,
  bold: 0x0835,
  italic: 0x0836,
  hidden: 0x083c,
  special: 0x0855,
} as const;

export type Modifier = keyof typeof MODIFIER;
export type Properties = ReadonlyMap<Modifier, number>;

const NAMES: ReadonlyMap<number, Modifier> = new Map(
  (Object.entries(MODIFIER) as [Modifier, number][]).map(([name, code]) => [code, name]),
);

/** Bytes of an operand, by the top three bits of its modifier; 0 where the first byte says. */
const SIZES = [1, 1, 2, 4, 2, 2, 0, 3] as const;
const TABLE_DEFINITION = 0xd608;
const TABS = 0xc615;

/** Reads modifiers from `at` to `end`; what does not fit is passed by. */
export function readModifiers(view: DataView, at: number, end: number): Map<Modifier, number> {
  const found = new Map<Modifier, number>();
  const last = Math.min(end, view.byteLength);
  while (at + 2 < last) {
    const code = view.getUint16(at, true);
    at += 2;
    const size = sizeOf(view, code, at, last);
    const name = NAMES.get(code);
    if (name !== undefined && at + size <= last)
      found.set(name, size === 1 ? view.getUint8(at) : size === 2 ? view.getInt16(at, true) : view.getInt32(at, true));
    at += size;
  }
  return found;
}

function sizeOf(view: DataView, code: number, at: number, end: number): number {
  const size = SIZES[code >> 13] ?? 1;
  if (size !== 0) return size;
  if (code === TABLE_DEFINITION) return at + 2 <= end ? view.getUint16(at, true) + 1 : end - at;
  const length = view.getUint8(at);
  // Tabs beyond what a byte can count end the modifiers.
  return code === TABS && length === 255 ? end - at : length + 1;
}
