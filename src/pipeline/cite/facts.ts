/** What of a sentence must stand in the passage as such: dates, times, numbers, quoted words, names. */
import type { Claims } from './claims.ts';
import { dateMeant } from './dates.ts';
import { findQuantity, holdsDate, holdsName, holdsQuote, holdsTime } from './holds.ts';
import type { Holdings, Reading } from './reading.ts';

export interface Fact {
  readonly kind: 'date' | 'time' | 'number' | 'name';
  /** With what it is: `The number 4`. */
  readonly said: string;
  heldBy(held: Holdings): boolean;
  /** What to say where `whole`, named `where`, does not hold it. */
  absent(whole: Reading, where: string): string;
}

/** In the order in which they are told; a fact that the whole passage must hold letter for letter is no `Fact`: `quoteMissing`. */
export function factsOf({ dates, times, quantities, names }: Claims): Fact[] {
  return [
    ...dates.map((date): Fact => ({
      kind: 'date',
      said: `The date ${date.text}`,
      heldBy: (held) => holdsDate(held, date),
      absent: (whole, where) => {
        const meant = dateMeant(whole.dates, date);
        const instead = meant ? ` ${meant.text} does.` : '';
        return `The date ${date.text} does not stand in ${where}.${instead}`;
      },
    })),
    ...times.map((time): Fact => ({
      kind: 'time',
      said: `The time ${time.text}`,
      heldBy: (held) => holdsTime(held, time),
      absent: (_, where) => `The time ${time.text} does not stand in ${where}.`,
    })),
    ...quantities.map((quantity): Fact => ({
      kind: 'number',
      said: `The number ${quantity.value}`,
      heldBy: (held) => findQuantity(held, quantity).found,
      absent: (whole, where) => {
        const { value, unit } = quantity;
        const search = findQuantity(whole, quantity);
        return !search.found && search.otherUnit
          ? `The number ${value} stands in ${where} with another unit: ${search.otherUnit}, not ${unit}.`
          : `The number ${value} does not stand in ${where}.`;
      },
    })),
    ...names.map((name): Fact => ({
      kind: 'name',
      said: `The name ${name}`,
      heldBy: (held) => holdsName(held, name),
      absent: (_, where) => `The name ${name} does not stand in ${where}.`,
    })),
  ];
}

/** The first quoted words that do not stand in the passage; undefined if all do. */
export function quoteMissing({ quotes }: Claims, whole: Reading): string | undefined {
  return quotes.find((quote) => !holdsQuote(whole, quote));
}
