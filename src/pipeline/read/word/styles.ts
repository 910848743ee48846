/** The style sheet and the lists of an old Word file ([MS-DOC] 2.9.271, 2.9.131). */
import { headingOf, styleNamed } from '../prose/style-names.ts';
import type { ProseStyle } from '../prose/manuscript.ts';
import { readModifiers } from './properties.ts';
import type { Modifier, Properties } from './properties.ts';

interface Style {
  readonly means: ProseStyle | null;
  readonly base: number;
  readonly properties: Properties;
}

/** Bases beyond this are a circle. */
const MAX_BASES = 20;
const NO_BASE = 0xfff;
const BULLET = 23;
const UNNUMBERED = 255;

export class WordStyles {
  readonly #styles: (Style | null)[] = [];

  /** @throws RangeError where the sheet is broken */
  constructor(table: DataView, { at, length }: { at: number; length: number }) {
    if (length < 6) return;
    const end = at + length;
    const head = table.getUint16(at, true);
    const fixed = table.getUint16(at + 4, true);
    for (let from = at + 2 + head; from + 2 <= end;) {
      const size = table.getUint16(from, true);
      this.#styles.push(size === 0 ? null : readStyle(table, from + 2, size, fixed));
      from += 2 + size + (size % 2);
    }
  }

  /** What a paragraph of this style is, and the modifiers that its style brings. */
  of(number: number): { readonly means: ProseStyle | null; readonly properties: Properties } {
    const properties = new Map<Modifier, number>();
    let means: ProseStyle | null = null;
    for (let at = number, steps = 0; at !== NO_BASE && steps < MAX_BASES; steps++) {
      const style = this.#styles[at];
      if (style === undefined || style === null) break;
      means ??= style.means;
      for (const [name, value] of style.properties) if (!properties.has(name)) properties.set(name, value);
      at = style.base;
    }
    return { means, properties };
  }
}

function readStyle(table: DataView, at: number, size: number, fixed: number): Style {
  const built = table.getUint16(at, true) & 0xfff;
  const second = table.getUint16(at + 2, true);
  const isParagraph = (second & 0xf) === 1;
  const nameAt = at + fixed;
  const nameLength = nameAt + 2 <= at + size ? table.getUint16(nameAt, true) : 0;
  let name = '';
  for (let i = 0; i < nameLength && nameAt + 4 + i * 2 <= at + size; i++)
    name += String.fromCharCode(table.getUint16(nameAt + 2 + i * 2, true));
  // The name ends with a zero; the modifiers of the paragraph follow their length and the style's number.
  const changes = nameAt + 2 + nameLength * 2 + 2;
  const length = isParagraph && changes + 2 <= at + size ? table.getUint16(changes, true) : 0;
  const properties = readModifiers(table, changes + 4, Math.min(changes + 2 + length, at + size));
  const means = !isParagraph ? null : built >= 1 && built <= 9 ? headingOf(built) : styleNamed(name);
  return { means, base: second >> 4, properties };
}

/** Whether a list counts its items: by its number among the overrides (1-based) and the level (0 the outermost). */
export type CountsAt = (list: number, level: number) => boolean;

/** @throws RangeError where the lists are broken */
export function readLists(
  table: DataView,
  lists: { at: number; length: number },
  overrides: { at: number; length: number },
): CountsAt {
  const formats = new Map<number, number[]>();
  if (lists.length >= 2) {
    const count = table.getUint16(lists.at, true);
    let level = lists.at + lists.length;
    for (let i = 0; i < count; i++) {
      const at = lists.at + 2 + i * 28;
      const levels = (table.getUint8(at + 26) & 1) !== 0 ? 1 : 9;
      const found: number[] = [];
      for (let j = 0; j < levels; j++) {
        found.push(table.getUint8(level + 4));
        level += 28 + table.getUint8(level + 24) + table.getUint8(level + 25);
        level += 2 + table.getUint16(level, true) * 2;
      }
      formats.set(table.getUint32(at, true), found);
    }
  }
  const ids: number[] = [];
  if (overrides.length >= 4) {
    const count = Math.min(table.getUint32(overrides.at, true), Math.floor(overrides.length / 16));
    for (let i = 0; i < count; i++) ids.push(table.getUint32(overrides.at + 4 + i * 16, true));
  }
  return (list, level) => {
    const format = formats.get(ids[list - 1] ?? -1)?.[level];
    return format !== undefined && format !== BULLET && format !== UNNUMBERED;
  };
}
