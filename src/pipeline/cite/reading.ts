/** A passage as sentences are held against it: its numbers, dates, names and words, whole and by its sentences. */
import { sentences } from '../chunk/sentences.ts';
import { contentWords } from '../index/content-words.ts';
import { fold } from '../index/words.ts';
import { namesOf } from './claims.ts';
import { datesOf, timesOf, type DateOf } from './dates.ts';
import { polarityOf, type Polarity } from './polarity.ts';
import { impliedNumbers, quantitiesOf, type Quantity } from './quantities.ts';

/** A passage as it was given to the model. */
export interface Evidence {
  readonly number: number;
  /** Headings, names and the like that stand above it; '' if none. */
  readonly context: string;
  readonly text: string;
}

/** What can be looked up in a stretch of text. */
export interface Holdings {
  readonly quantities: readonly Quantity[];
  /** Numbers that stand there in another form, and those of dates and times. */
  readonly implied: ReadonlySet<string>;
  readonly dates: readonly DateOf[];
  /** Minutes after midnight. */
  readonly times: ReadonlySet<number>;
  /** Stems of the content words. */
  readonly words: ReadonlySet<string>;
  /** Initials of capitalised words in a row: `us` for United States. */
  readonly initials: ReadonlySet<string>;
}

export interface Reading extends Holdings {
  /** Folded, for quoted words. */
  readonly plain: string;
  /** Its sentences, and each two that follow one another. */
  readonly windows: readonly Window[];
}

export interface Window extends Holdings {
  readonly text: string;
  /** Sentences. */
  readonly size: 1 | 2;
  readonly polarity: Polarity;
  /** Capitalised words inside it. */
  readonly names: ReadonlySet<string>;
}

export function readingOf({ context, text }: Evidence): Reading {
  const pieces = sentences(text).map(({ start, end }) => text.slice(start, end));
  const heading = holdingsOf(context);
  const single = pieces.map(holdingsOf);
  const window = (held: Holdings, size: 1 | 2, piece: string): Window => {
    return { ...joined(heading, held), size, text: piece, polarity: polarityOf(piece), names: namesOf(piece) };
  };
  const windows = [
    ...pieces.map((piece, i) => window(single[i]!, 1, piece)),
    ...pieces.slice(1).map((piece, i) => window(joined(single[i]!, single[i + 1]!), 2, `${pieces[i]} ${piece}`)),
  ];
  return { ...single.reduce(joined, heading), plain: plainly(`${context}\n${text}`), windows };
}

/** Several passages as one. */
export function together(readings: readonly Reading[]): Reading {
  const whole = readings.reduce<Holdings>(joined, holdingsOf(''));
  return {
    ...whole,
    plain: readings.map(({ plain }) => plain).join('\n'),
    windows: readings.flatMap(({ windows }) => windows),
  };
}

/** Lower case, white space and signs of quotation as one; what ends a quotation taken off. */
export function plainly(text: string): string {
  return fold(text)
    .replace(/[‘’‛′]/g, "'")
    .replace(/[–—‐‑]/g, '-')
    .replace(/\s+/g, ' ');
}

function holdingsOf(text: string): Holdings {
  const times = timesOf(text).flatMap(({ readings }) => readings);
  return {
    quantities: quantitiesOf(text),
    implied: new Set(impliedNumbers(text)),
    dates: datesOf(text),
    times: new Set(times),
    words: new Set(contentWords(text)),
    initials: new Set(initialsOf(text)),
  };
}

function joined(a: Holdings, b: Holdings): Holdings {
  return {
    quantities: [...a.quantities, ...b.quantities],
    implied: new Set([...a.implied, ...b.implied]),
    dates: [...a.dates, ...b.dates],
    times: new Set([...a.times, ...b.times]),
    words: new Set([...a.words, ...b.words]),
    initials: new Set([...a.initials, ...b.initials]),
  };
}

function initialsOf(text: string): string[] {
  const runs = text.matchAll(/\p{Lu}[\p{L}’'-]+(?:\s(?:(?:of|the|and|for)\s)*\p{Lu}[\p{L}’'-]+)+/gu);
  return [...runs].flatMap(([run]) => {
    const letters = (run.match(/(?<![\p{L}’'-])\p{Lu}/gu) ?? []).join('').toLowerCase();
    // "The United States of America": the run may begin before the name does.
    return [letters, letters.slice(1)].filter(({ length }) => length > 1);
  });
}
