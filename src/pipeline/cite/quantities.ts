/** Numbers of a text with their units, however they are written, in a form that can be compared. */
import { numbersInWords, ordinalsInWords, scales } from './number-words.ts';
import { unitAround } from './units.ts';

export interface Quantity {
  /** Digits and a decimal point, its scale multiplied in: `2.5 million` is `2500000`. */
  readonly value: string;
  /** The number alone: `2.5`. */
  readonly unscaled: string;
  /** '' where no known unit stands by it. */
  readonly unit: string;
}

const digits = /\p{Nd}+(?:[.,'’\u00a0\u202f]\p{Nd}+)*/gu;
const scaleBehind = new RegExp(String.raw`^[-\s]?(${[...scales.keys()].join('|')})s?\b`, 'i');

/** In the order of digits, then words. Thousands separators dropped (`1,250` and `1 250`), a decimal comma made a point. */
export function quantitiesOf(text: string): Quantity[] {
  const found: Quantity[] = [...text.matchAll(digits)].map(({ 0: number, index }) => {
    const end = index + number.length;
    const unscaled = normaliseNumber(number);
    const behind = text.slice(end, end + 40);
    const scale = scaleBehind.exec(behind);
    const value = scale ? plain(Number(unscaled) * scales.get(scale[1]!.toLowerCase())!) : unscaled;
    const unit = unitAround(text.slice(Math.max(0, index - 5), index), behind.slice(scale?.[0].length ?? 0));
    return { value, unscaled, unit };
  });
  for (const { value, start, end } of numbersInWords(text)) {
    const unit = unitAround(text.slice(Math.max(0, start - 5), start), text.slice(end, end + 30));
    found.push({ value: plain(value), unscaled: plain(value), unit });
  }
  return found;
}

/** What a passage may be taken to say beside them: `third` for 3, `II` for 2, `1997–98` for 1998, `one`. */
export function impliedNumbers(text: string): string[] {
  const romans = [...text.matchAll(/\b[IVX]{1,5}\b/g)].map(([numeral]) => String(roman(numeral)));
  const shortened = [...text.matchAll(/\b(\d\d)\d\d\s?[-–/]\s?(\d\d)\b/g)].map(([, century, year]) => century! + year!);
  const one = /\b(?:one|single|an?)\b/i.test(text) ? ['1'] : [];
  const two = /\b(?:both|two|pair|twice)\b/i.test(text) ? ['2'] : [];
  return [...ordinalsInWords(text).map(String), ...romans, ...shortened, ...one, ...two];
}

export function normaliseNumber(number: string): string {
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

/** Six places are more than a text gives; without them 1.1 million would be 1100000.0000000002. */
const plain = (value: number) => String(Math.round(value * 1e6) / 1e6);

function roman(numeral: string): number {
  const worth: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };
  return [...numeral].reduce((sum, sign, i) => {
    const next = worth[numeral[i + 1] ?? ''] ?? 0;
    return sum + (worth[sign]! < next ? -worth[sign]! : worth[sign]!);
  }, 0);
}
