/**
 * Where passages begin. A piece over the size is split at its best boundary: the strongest one
 * (heading, row, paragraph, item, sentence), and among equals the one whose own text hashes lowest.
 * Because no choice depends on positions counted from the start, an edit moves only the boundaries
 * around it, so only the passages around it are embedded again. (The idea of content-defined chunking:
 * Muthitacharoen, Chen, Mazières, "A low-bandwidth network file system", 2001; the recursive form
 * is a treap's.)
 */
import { strengths, type Unit } from './units.ts';

/** No split leaves less than this share of the size on either side, as long as another split is possible. */
const smallest = 0.4;

/**
 * What fits into one passage is split all the same where a section, a table row or a paragraph begins, when each side
 * has so many tokens: a passage about one thing is found, and read by a small model, more surely than one about two.
 */
const own = { section: 32, row: 16, paragraph: 64 } as const;

/** A passage as a half-open range of unit indices. */
export interface UnitRange {
  readonly from: number;
  readonly to: number;
}

/** Ranges in order that cover all units; each has at most `size` tokens. @throws RangeError if a unit is longer. */
export function boundaries(units: readonly Unit[], size: number): UnitRange[] {
  const sums = new Float64Array(units.length + 1);
  units.forEach((unit, i) => {
    if (unit.tokens > size) throw new RangeError(`A unit of ${unit.tokens} tokens does not fit into ${size}.`);
    sums[i + 1] = sums[i]! + unit.tokens;
  });
  const found: UnitRange[] = [];
  const open: UnitRange[] = units.length ? [{ from: 0, to: units.length }] : [];
  while (open.length) {
    const range = open.pop()!;
    const fits = sums[range.to]! - sums[range.from]! <= size;
    const at = fits ? ownSplit(units, sums, range) : bestSplit(units, sums, range, size);
    if (at === null) {
      found.push(range);
      continue;
    }
    open.push({ from: at, to: range.to }, { from: range.from, to: at });
  }
  return found;
}

function bestSplit(units: readonly Unit[], sums: Float64Array, { from, to }: UnitRange, size: number): number {
  for (const least of [smallest * size, 0]) {
    let best = -1;
    for (let i = from + 1; i < to; i++) {
      if (sums[i]! - sums[from]! < least || sums[to]! - sums[i]! < least) continue;
      if (best < 0 || better(units, sums, { from, to }, i, best)) best = i;
    }
    if (best >= 0) return best;
  }
  throw new RangeError('A range of one unit is never split.');
}

/** Where a section, a row or a paragraph of its own begins; null if there is none. */
function ownSplit(units: readonly Unit[], sums: Float64Array, range: UnitRange): number | null {
  let best: number | null = null;
  for (let i = range.from + 1; i < range.to; i++) {
    const { strength } = units[i]!;
    const least = ownTokens(strength);
    if (least === null) continue;
    if (sums[i]! - sums[range.from]! < least || sums[range.to]! - sums[i]! < least) continue;
    if (best === null || better(units, sums, range, i, best)) best = i;
  }
  return best;
}

/** Null where what begins is no matter of its own: an item, a sentence. */
function ownTokens(strength: number): number | null {
  if (strength > strengths.row) return own.section;
  if (strength === strengths.row) return own.row;
  return strength === strengths.paragraph ? own.paragraph : null;
}

function better(units: readonly Unit[], sums: Float64Array, range: UnitRange, i: number, j: number): boolean {
  const a = units[i]!;
  const b = units[j]!;
  if (a.strength !== b.strength) return a.strength > b.strength;
  if (a.coin !== b.coin) return a.coin < b.coin;
  // Equal texts, such as repeated rows: the middle keeps the recursion shallow.
  const middle = (sums[range.from]! + sums[range.to]!) / 2;
  return Math.abs(sums[i]! - middle) < Math.abs(sums[j]! - middle);
}
