/** Dates and times of day of a text, however they are written, in a form that can be compared. */

export interface DateOf {
  readonly year: number | null;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number | null;
  /** Where it cannot be told which is the day, `03/04/2020`, the other reading. */
  readonly other?: { readonly month: number; readonly day: number };
  /** As it was written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const month = String.raw`(?<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)`;
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
/** A range or list has several days of one month: `12–27 August`, `June 12 to 15`. */
const days = (name: string) => String.raw`(?<${name}>\d{1,2})(?:st|nd|rd|th)?`;
const between = String.raw`\s*(?:-|–|—|to|and|until)\s*`;
const year = String.raw`(?<year>\d{4})`;

const FORMS = [
  // 12 March 2020, 12th of March, 12–27 August 2011
  new RegExp(
    String.raw`\b(?:${days('first')}${between})?${day}(?:\s+of)?\s+${month}\b(?:,?\s+(?:of\s+)?${year}\b)?`,
    'g',
  ),
  // March 12, 2020; March 12th to 15th, 2020
  new RegExp(
    String.raw`\b${month}\s+${day}(?:${between}${days('last')})?(?![\d:]|[.,]\d|\s?%)(?:,?\s+${year}\b)?`,
    'g',
  ),
  // March 2020, March of 2020
  new RegExp(String.raw`\b${month},?\s+(?:of\s+)?${year}\b`, 'g'),
  // March alone; "May" only where it cannot be the verb
  /\b(?<month>January|February|March|April|June|July|August|September|October|November|December|(?<=\b(?:[Ii]n|of|[Ss]ince|[Uu]ntil|till|[Bb]y|[Dd]uring|to|[Ff]rom|[Ee]arly|[Ll]ate|[Mm]id|and)[\s-])May)\b/g,
] as const;
const ISO = /\b(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})\b/g;
const SLASHED = /(?<![\d./-])(?<a>\d{1,2})(?<sign>[./])(?<b>\d{1,2})\k<sign>(?<year>\d{4})\b/g;

/** Dates with at least a month: `12 March 2020`, `March 2020`, `12 March`, `March`. */
export function datesOf(text: string): DateOf[] {
  const found: DateOf[] = [];
  const push = (one: Omit<DateOf, 'text' | 'start' | 'end'>, match: RegExpMatchArray): void => {
    const span = { text: match[0], start: match.index!, end: match.index! + match[0].length };
    if (one.month >= 1 && one.month <= 12 && (one.day === null || (one.day >= 1 && one.day <= 31)))
      found.push({ ...one, ...span });
  };
  const taken = (match: RegExpMatchArray): boolean =>
    found.some(({ start, end }) => start < match.index! + match[0].length && match.index! < end);
  for (const form of FORMS) {
    for (const match of [...text.matchAll(form)].filter((one) => !taken(one))) {
      const { month: name, day: one, first, last, year: y } = match.groups!;
      const several = [one, first, last].filter((some) => some !== undefined).map(Number);
      for (const some of several.length > 0 ? several : [null])
        push({ year: y ? Number(y) : null, month: monthOf(name!), day: some }, match);
    }
  }
  for (const match of text.matchAll(ISO)) {
    const { year: y, month: m, day: d } = match.groups!;
    push({ year: Number(y), month: Number(m), day: Number(d) }, match);
  }
  for (const match of text.matchAll(SLASHED)) {
    const [a, b] = [Number(match.groups!.a), Number(match.groups!.b)];
    const y = Number(match.groups!.year);
    // With points the day stands first; with slashes it may stand second, unless it is more than 12.
    if (match.groups!.sign === '.' || a > 12) push({ year: y, month: b, day: a }, match);
    else if (b > 12) push({ year: y, month: a, day: b }, match);
    else push({ year: y, month: a, day: b, other: { month: b, day: a } }, match);
  }
  return found;
}

/**
 * Whether the passage says the date: all its parts stand in one of the passage's dates; a year may stand apart from
 * day and month (`in 2020 … on 12 March`).
 */
export function saysDate(said: readonly DateOf[], years: ReadonlySet<string>, wanted: DateOf): boolean {
  const readings = [wanted, ...(wanted.other ? [{ ...wanted, ...wanted.other }] : [])];
  return readings.some(({ year: y, month: m, day: d }) =>
    said.some((one) => {
      const same = (reading: { month: number; day: number | null }): boolean =>
        reading.month === m && (d === null || reading.day === d);
      const yearFits = y === null || one.year === y || (one.year === null && years.has(String(y)));
      return yearFits && (same(one) || (one.other !== undefined && same(one.other)));
    }),
  );
}

/** The passage's date that a wrong one was likely meant to be: the same with day and month turned round, or of the same year. */
export function dateMeant(said: readonly DateOf[], wanted: DateOf): DateOf | undefined {
  const turned = said.find((one) => one.day === wanted.month && one.month === wanted.day);
  return (
    turned ??
    said.find((one) => one.year !== null && one.year === wanted.year) ??
    said.find((one) => one.month === wanted.month)
  );
}

function monthOf(name: string): number {
  return MONTHS.findIndex((one) => one.startsWith(name.toLowerCase().replace('.', '').slice(0, 3))) + 1;
}

/** Minutes after midnight; both where it cannot be told, `8:15` and `8 o’clock`. */
export interface TimeOf {
  readonly readings: readonly number[];
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TIME =
  /(?<![\d.:,])(?<hour>[01]?\d|2[0-4])(?:(?:[:.](?<minute>[0-5]\d))?\s?(?<half>[ap])\.?\s?m\b\.?|:(?<minutes>[0-5]\d)(?!\d)|\s?(?<whole>o[’']clock))/giu;

/** Times of day: `8 am`, `8:00`, `20:15`, `8 p.m.`. */
export function timesOf(text: string): TimeOf[] {
  return [...text.matchAll(TIME)].map((match) => {
    const { hour, minute, half, minutes } = match.groups!;
    const at = 60 * Number(hour) + Number(minute ?? minutes ?? 0);
    const span = { text: match[0], start: match.index, end: match.index + match[0].length };
    if (half) return { readings: [(at % 720) + (half.toLowerCase() === 'p' ? 720 : 0)], ...span };
    return { readings: Number(hour) > 12 ? [at] : [at % 720, (at % 720) + 720], ...span };
  });
}

/** The text with the spans blanked, so that their numbers are not read again. */
export function without(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  return spans.reduce((rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end), text);
}
