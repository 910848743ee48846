/** How a true sentence is made untrue by one change, and what the change leaves alone. */
import { MONTHS, NUMBER_WORDS } from '../../fixtures/sentences/corrupt.ts';

export const DAMAGES = [
  ...['wrong passage, same title', 'wrong passage, other title', 'number changed', 'number of the same passage'],
  ...['unit changed', 'date changed', 'name of another passage', 'name of the same passage', 'negation put in or out'],
] as const;
export type Damage = (typeof DAMAGES)[number];

/** What a change may draw on. */
export interface Around {
  /** The passages that the sentence cites, as one text. */
  readonly cited: string;
  /** The other passages of the row, as one text. */
  readonly others: string;
  readonly random: () => number;
}

/** The changed sentence; null if it holds nothing of the kind. */
type Change = (sentence: string, around: Around) => string | null;

const NUMBER = /(?<![\p{L}\p{N}.,:/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\p{L}\p{N}:/-]|[.,]\d)/gu;
const WORD = new RegExp(`\\b(?:${NUMBER_WORDS.join('|')})\\b`, 'gi');
const MONTH = new RegExp(`\\b(?:${MONTHS.join('|')})\\b`, 'g');
const YEAR = /\b(?:1[5-9]|20)\d\d(?:s\b|\b)/g;
/** Capitalised words in a row: what a reader takes for a name. */
const NAME = /(?<![\p{L}\p{N}'’-])\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]+)*/gu;
/** Capitals that begin a sentence or name nothing. */
const NO_NAME =
  /^(?:The|A|An|It|He|She|They|We|You|In|On|At|As|By|For|From|To|Of|And|But|Or|If|When|While|There|This|That|These|Those|His|Her|Its|Their|Our|Yes|No|Not|After|Before|During|Since|With|Some|Many|Most|All|Both|Each|One|Two|Three|What|Who|Which|How|Why|Because|However|Although)$/;

const UNITS: readonly (readonly string[])[] = [
  ['kilometres', 'miles', 'metres', 'feet'],
  ['kilometers', 'miles', 'meters', 'feet'],
  ['km', 'miles', 'feet'],
  ['years', 'months', 'weeks', 'days', 'hours', 'minutes'],
  ['year', 'month', 'week', 'day', 'hour', 'minute'],
  ['kg', 'lb', 'tonnes'],
  ['acres', 'hectares'],
];
const SIGNS = ['$', '€', '£'];

/** A number or number word becomes another that does not stand in the cited passages. */
export const changeNumber: Change = (sentence, { cited, random }) =>
  replaced(sentence, numbersIn(sentence), random, (old) => {
    const pool = /\d/.test(old) ? Array.from({ length: 12 }, () => misread(old, random)) : NUMBER_WORDS;
    return pool.filter((other) => !stands(cited, other));
  });

/** It becomes another one of the cited passages. */
export const numberOfPassage: Change = (sentence, { cited, random }) =>
  replaced(sentence, numbersIn(sentence), random, (old) => {
    const pool = /\d/.test(old) ? cited.matchAll(NUMBER) : cited.matchAll(WORD);
    return [...pool].map(([other]) => other).filter((other) => !stands(sentence, other));
  });

/** 5 km become 5 miles, 3 weeks 3 months, $5 £5. */
export const changeUnit: Change = (sentence, { cited, random }) => {
  const sign = /[$€£](?=\d)/.exec(sentence);
  if (sign)
    return replaced(sentence, [sign], random, (old) =>
      SIGNS.filter((other) => other !== old && !cited.includes(other)),
    );
  const percent = /(?<=\d ?)(?:%|percent\b|per cent\b)/.exec(sentence);
  if (percent) return replaced(sentence, [percent], random, () => [' million']);
  const after = /(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty))[ -](\p{L}+)\b/u.exec(
    sentence,
  );
  const units = after && UNITS.find((some) => some.includes(after[1]!));
  if (!units) return null;
  const at = after.index + after[0].length - after[1]!.length;
  return `${sentence.slice(0, at)}${choose(
    units.filter((unit) => unit !== after[1]),
    random,
  )!}${sentence.slice(at + after[1]!.length)}`;
};

/** Another month or year; a day of the month is changed by `changeNumber` as well. */
export const changeDate: Change = (sentence, { cited, random }) => {
  const parts = [...sentence.matchAll(MONTH), ...sentence.matchAll(YEAR)].filter(
    // "May" alone is more often a verb.
    ({ 0: part, index }) =>
      part !== 'May' || /\d ?$|^ ?\d/.test(sentence.slice(index - 2, index) || sentence.slice(index + 3, index + 5)),
  );
  return replaced(sentence, parts, random, (old) => {
    if (!/^\d/.test(old)) return MONTHS.filter((month) => !stands(cited, month));
    const decade = old.endsWith('s');
    const year = Number.parseInt(old, 10);
    return [-20, -10, -3, -1, 1, 2, 10]
      .map((more) => String(year + (decade ? 10 * Math.sign(more) : more)) + (decade ? 's' : ''))
      .filter((other) => !stands(cited, other));
  });
};

/** A name becomes one that stands in another passage of the row and not in the cited ones. */
export const nameOfAnother: Change = (sentence, { cited, others, random }) =>
  replaced(sentence, namesIn(sentence, cited), random, (old) =>
    namesIn(others, others)
      .map(([name]) => name)
      .filter((name) => unlike(name, old) && name.split(' ').every((word) => !stands(cited, word))),
  );

/** A name becomes another of the cited passages. */
export const nameOfPassage: Change = (sentence, { cited, random }) =>
  replaced(sentence, namesIn(sentence, cited), random, (old) =>
    namesIn(cited, cited)
      .map(([name]) => name)
      .filter((name) => unlike(name, old) && name.split(' ').every((word) => !stands(sentence, word))),
  );

const VERB = /\b(?:is|are|was|were|has|have|had|can|could|will|would|may|must|should|does|do|did)\b/;

/** A "not" is taken out, or put behind the first auxiliary verb. */
export const negate: Change = (sentence) => {
  const not = /\b(?:(can)not\b|(is|are|was|were|has|have|had|could|would|should|does|do|did)(?:n['’]t| not)\b)/.exec(
    sentence,
  );
  if (not) return sentence.replace(not[0], not[1] ?? not[2]!);
  return VERB.test(sentence) ? sentence.replace(VERB, (verb) => `${verb} not`) : null;
};

/** Whether `text` says the answer word for word, signs and case left aside. */
export function says(text: string, answer: string): boolean {
  const plain = (some: string): string =>
    ` ${some
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `;
  return plain(text).includes(plain(answer));
}

function numbersIn(sentence: string): RegExpExecArray[] {
  // A year is a date's.
  const digits = [...sentence.matchAll(NUMBER)].filter(([number]) => !/^(?:1[5-9]|20)\d\d$/.test(number));
  return [...digits, ...sentence.matchAll(WORD)];
}

/** A word that begins a sentence is a name where it also stands inside one, or before another capital. */
function namesIn(text: string, known: string): RegExpExecArray[] {
  return [...text.matchAll(NAME)].filter(({ 0: name, index }) => {
    if (NO_NAME.test(name.split(' ')[0]!) || MONTHS.includes(name)) return false;
    const begins = index === 0 || /[.!?"“\n:]\s*$/.test(text.slice(0, index));
    return !begins || name.includes(' ') || new RegExp(`[\\p{Ll},] ${escaped(name)}\\b`, 'u').test(known);
  });
}

function unlike(name: string, old: string): boolean {
  const parts = new Set(old.toLowerCase().split(/[ '’-]/));
  return name
    .toLowerCase()
    .split(/[ '’-]/)
    .every((part) => !parts.has(part) && ![...parts].some((other) => other.startsWith(part) || part.startsWith(other)));
}

function replaced(
  sentence: string,
  found: readonly RegExpExecArray[],
  random: () => number,
  by: (old: string) => readonly string[],
): string | null {
  const match = choose(found, random);
  if (!match) return null;
  const next = choose(by(match[0]), random);
  if (next === null) return null;
  const shaped = /^\p{Lu}/u.test(match[0]) ? next.charAt(0).toUpperCase() + next.slice(1) : next;
  return sentence.slice(0, match.index) + shaped + sentence.slice(match.index + match[0].length);
}

/** Another number with as many digits: one digit is different. */
function misread(number: string, random: () => number): string {
  const places = [...number].flatMap((character, place) => (/\d/.test(character) ? [place] : []));
  const place = choose(places, random) ?? 0;
  const digit = (Number(number[place]) + 1 + Math.floor(random() * 8)) % 10;
  return number.slice(0, place) + (digit === 0 && place === 0 ? 9 : digit) + number.slice(place + 1);
}

function choose<T>(items: readonly T[], random: () => number): T | null {
  return items[Math.floor(random() * items.length)] ?? null;
}

function stands(text: string, word: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
