/** Numbers of a text, however they are written, as one form that can be compared. */

const small = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** `twenty`, `twenty-one` and `seven` with their values. */
const numberWords = new Map<string, string>([
  ...small.map((word, i): [string, string] => [word, String(i)]),
  ...tens.flatMap((word, i): [string, string][] => [
    [word, String(20 + 10 * i)],
    ...small.slice(1, 10).map((unit, j): [string, string] => [`${word}-${unit}`, String(21 + 10 * i + j)]),
  ]),
]);

const numberWord = new RegExp(
  `\\b(?:(?:${tens.join('|')})[-‐ ](?:${small.slice(1, 10).join('|')})|${[...tens, ...small].join('|')})\\b`,
  'gi',
);

const digits = /\p{Nd}+(?:[.,'’\u00a0\u202f]\p{Nd}+)*/gu;

/** Numbers of a text: thousands separators dropped (`1,250` and `1 250`), a decimal comma made a point. */
export function numbersOf(text: string): string[] {
  const found = [...text.matchAll(digits)].map(([number]) => normaliseNumber(number));
  for (const [word] of text.matchAll(numberWord)) {
    // "one" alone is a pronoun more often than a number.
    if (word.toLowerCase() !== 'one') found.push(numberWords.get(word.toLowerCase().replace(/[‐ ]/g, '-'))!);
  }
  return [...new Set(found)];
}

function normaliseNumber(number: string): string {
  const parts = number.split(/[.,'’\u00a0\u202f]/);
  const last = parts[parts.length - 1]!;
  if (parts.length === 1) return strip(number);
  const thousands = parts.slice(1).every((part) => part.length === 3);
  if (thousands) return strip(parts.join(''));
  const date = parts.length > 2 && parts.every((part) => part.length <= 2 || part.length === 4);
  if (date) return parts.map(strip).join('.');
  return `${strip(parts.slice(0, -1).join(''))}.${last.replace(/0+$/, '') || '0'}`.replace(/\.0$/, '');
}

const strip = (n: string) => n.replace(/^0+(?=\d)/, '');

/** The text with its number words taken out. */
export function withoutNumberWords(text: string): string {
  return text.replace(numberWord, ' ');
}
