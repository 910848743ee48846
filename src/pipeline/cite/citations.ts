/** `[1]`, `[1, 2]` and `[1][2]` in an answer. */

export interface Cited {
  /** The text with citations to unknown numbers taken out. */
  readonly text: string;
  /** Numbers that were not given, in the order they stood. */
  readonly removed: readonly number[];
}

const mark = /\s?\[(\d+(?:\s*[,;]\s*\d+)*)\]/g;

const numbersIn = (inside: string) => inside.split(/[,;]/).map(Number);

/** Keeps citations to the numbers given, takes the others out of the text and tells them. */
export function holdToGiven(text: string, given: readonly number[]): Cited {
  const removed: number[] = [];
  const kept = text.replace(mark, (whole, inside: string) => {
    const numbers = numbersIn(inside);
    const known = numbers.filter((n) => given.includes(n));
    removed.push(...numbers.filter((n) => !known.includes(n)));
    if (known.length === numbers.length) return whole;
    const lead = /^\s/.test(whole) ? ' ' : '';
    return known.length ? `${lead}[${known.join(', ')}]` : '';
  });
  return { text: kept, removed };
}

/** The distinct numbers cited in `text`, in order. */
export function citationsIn(text: string): number[] {
  return [...new Set([...text.matchAll(mark)].flatMap((match) => numbersIn(match[1]!)))];
}

/** The text without its citations. */
export function withoutCitations(text: string): string {
  return text.replace(mark, '');
}
