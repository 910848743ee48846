/** Numbers in words: `twenty-one`, `two hundred and five`, `three million`. */

const ones = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

const values = new Map<string, number>([
  ...ones.map((word, i): [string, number] => [word, i]),
  ...tens.map((word, i): [string, number] => [word, 20 + 10 * i]),
]);

/** What a number may be multiplied by: `3.5 million`, `two dozen`. */
export const scales: ReadonlyMap<string, number> = new Map([
  ['dozen', 12],
  ['hundred', 1e2],
  ['thousand', 1e3],
  ['million', 1e6],
  ['bn', 1e9],
  ['billion', 1e9],
  ['trillion', 1e12],
]);

const ordinals = new Map<string, number>(
  'first third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
    .split(' ')
    .map((word, i) => [word, i === 0 ? 1 : i + 2]),
);

const word = [...values.keys(), ...scales.keys()].sort((a, b) => b.length - a.length).join('|');
const run = new RegExp(
  String.raw`\b(?:an?\s+(?=${[...scales.keys()].join('|')}))?(?:${word})(?:(?:[-‐\s]|\s+and\s+)(?:${word}))*\b`,
  'gi',
);

export interface NumberInWords {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** The numbers in words. A scale without a number (`hundreds of`, `a million` aside) is none; `one` alone is a pronoun. */
export function numbersInWords(text: string): NumberInWords[] {
  return [...text.matchAll(run)].flatMap(({ 0: match, index }) => {
    const parts = match.toLowerCase().split(/[-‐\s]+/);
    const start = index;
    const end = index + match.length;
    if (parts[0] === 'one' && parts.length === 1) return [];
    // `3.5 million`: the number before it takes the scale. A bare `hundred` is none.
    if (scales.has(parts[0]!)) return [];
    // "nineteen thirty" and "five and six" are no sums.
    const sums = sumsOf(parts);
    return sums.map((value) => ({ value, start, end }));
  });
}

/** Ordinals in words, but for `second`, which is more often a time. */
export function ordinalsInWords(text: string): number[] {
  return [...text.matchAll(/\b\p{Ll}+\b/giu)].flatMap(([one]) => ordinals.get(one.toLowerCase()) ?? []);
}

/** The numbers that the words make up one after the other: `five and six` are two. */
function sumsOf(parts: readonly string[]): number[] {
  const sums: number[] = [];
  let whole = 0;
  let part = 0;
  let last = Infinity;
  const close = (): void => {
    if (last < Infinity) sums.push(whole + part);
    whole = part = 0;
    last = Infinity;
  };
  for (const one of parts) {
    if (one === 'and') continue;
    if (one === 'a' || one === 'an') {
      part = last = 1;
      continue;
    }
    const scale = scales.get(one);
    if (scale !== undefined) {
      const factor = part === 0 ? 1 : part;
      if (scale > 100) {
        whole += factor * scale;
        part = 0;
      } else part = factor * scale;
      last = scale;
      continue;
    }
    const value = values.get(one)!;
    // twenty-one and two hundred five go on; five six and nineteen thirty do not.
    const goesOn = last === Infinity || last >= 100 || (last >= 20 && last % 10 === 0 && value > 0 && value < 10);
    if (!goesOn) close();
    part += value;
    last = value;
  }
  close();
  return sums;
}

/** The text with its number words taken out. */
export function withoutNumberWords(text: string): string {
  return text.replace(run, ' ');
}
