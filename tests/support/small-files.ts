/** Small texts that each say something of their own. */

export interface SmallFile {
  readonly name: string;
  readonly text: string;
  /** A word that no other one holds. */
  readonly word: string;
}

const parts = ['ba', 'de', 'fo', 'gu', 'ki', 'la', 'me', 'no', 'pu', 'ri', 'so', 'tu', 'va', 'we', 'xi', 'zo'] as const;

/** Of four syllables, another one for each number below 65,536. */
export function coinedWord(n: number): string {
  return [12, 8, 4, 0].map((shift) => parts[(n >> shift) & 15]!).join('') + 'n';
}

/** @param first number of the first one: files of two calls differ where their numbers do */
export function smallFiles(count: number, first = 0): readonly SmallFile[] {
  return Array.from({ length: count }, (_, i) => {
    const n = first + i;
    const word = coinedWord(n * 37 + 11);
    const text = `Note ${n} of the harbour office. The ${word} is moored at berth ${n} and was last painted in ${1900 + (n % 100)}.`;
    return { name: `note-${n}.txt`, text, word };
  });
}
