/** Whether a stretch of a passage holds what a sentence claims. */
import { contentWords } from '../index/content-words.ts';
import { saysDate, type DateOf, type TimeOf } from './dates.ts';
import type { Quantity } from './quantities.ts';
import { plainly, type Holdings, type Reading } from './reading.ts';

export type QuantityFound = { readonly found: true } | { readonly found: false; readonly otherUnit: string };

/** The value with the same unit, or with none on one of the sides. `otherUnit` is what stands by the value instead. */
export function findQuantity(held: Holdings, { value, unscaled, unit }: Quantity): QuantityFound {
  const same = held.quantities.filter(
    // "In millions" above a table gives its numbers their scale.
    (one) => one.value === value || (value !== unscaled && one.value === unscaled && hasScale(held)),
  );
  if (held.implied.has(value) || same.some((one) => unit === '' || one.unit === '' || one.unit === unit))
    return { found: true };
  return { found: false, otherUnit: same[0]?.unit ?? '' };
}

const hasScale = ({ words }: Holdings): boolean => ['million', 'thousand', 'billion'].some((scale) => words.has(scale));

export function holdsDate(held: Holdings, date: DateOf): boolean {
  return saysDate(held.dates, new Set(held.quantities.map(({ value }) => value)), date);
}

export function holdsTime(held: Holdings, { readings }: TimeOf): boolean {
  if (readings.some((one) => held.times.has(one))) return true;
  // "Between 8 and 10 am" has an hour without its half of the day.
  return readings.some(
    (one) =>
      one % 60 === 0 &&
      held.quantities.some(({ value }) => Number(value) % 12 === (one / 60) % 12 && Number(value) <= 24),
  );
}

/** The name's words stand there, as such, as the name of the people (`Austrian` for Austria), or as initials. */
export function holdsName(held: Holdings, name: string): boolean {
  if (held.initials.has(name.toLowerCase().replaceAll('.', ''))) return true;
  // The last term of a compound is its whole, `texttospeech`: its parts are enough.
  return name
    .split(/[-‐–]/)
    .flatMap(contentWords)
    .every((part) => formsOf(part).some((form) => held.words.has(form)));
}

const PEOPLE = ['n', 'an', 'ian', 'ese', 'ish', 'i', 's'];

/** `america` and `american`, `japan` and `japanese`. */
function formsOf(word: string): string[] {
  const without = PEOPLE.filter((end) => word.endsWith(end)).map((end) => word.slice(0, -end.length));
  return [
    word,
    ...(word.length >= 4 ? PEOPLE.map((end) => word + end) : []),
    ...without.filter((root) => root.length >= 4),
  ];
}

/** Quoted words stand there letter for letter; `…` stands for what was left out. */
export function holdsQuote({ plain }: Reading, quote: string): boolean {
  return plainly(quote)
    .split(/…|\.\.\./)
    .map((part) => part.trim().replace(/[.,;:!?]+$/, ''))
    .every((part) => plain.includes(part));
}
