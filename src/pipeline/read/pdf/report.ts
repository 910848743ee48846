/** Sentences on what a PDF's reading left out, and on what was read by other means. */

export interface Report {
  /** Numbers of pages. */
  readonly damaged: readonly number[];
  readonly unread: readonly number[];
  readonly bare: readonly number[];
  readonly blank: readonly number[];
  readonly recognised: readonly number[];
  /** Counts. */
  readonly margins: number;
  readonly comments: number;
  readonly hidden: number;
  readonly unknown: number;
  readonly madeByForm: boolean;
}

export function notesOn({
  damaged,
  unread,
  bare,
  blank,
  recognised,
  margins,
  comments,
  hidden,
  unknown,
  madeByForm,
}: Report): string[] {
  const notes: string[] = [];
  if (madeByForm)
    notes.push(
      'Its pages are made by a form program (XFA) when it is opened; only what the file itself shows was read. Print it to a new PDF and add that.',
    );
  if (damaged.length > 0)
    notes.push(
      `${pageList(damaged)} ${damaged.length === 1 ? 'is' : 'are'} damaged and could not be read; the other pages were kept.`,
    );
  if (unread.length > 0)
    notes.push(
      `${pageList(unread)} ${unread.length === 1 ? 'was' : 'were'} not read: time ran out. “Read the rest” takes more time; or split the file and add the parts.`,
    );
  if (recognised.length > 0)
    notes.push(
      `${pageList(recognised)} ${recognised.length === 1 ? 'was' : 'were'} read by text recognition; some words may be wrong.`,
    );
  if (bare.length === 1) notes.push(`${pageList(bare)} holds no text, only pictures or nothing; it was not read.`);
  if (bare.length > 1) notes.push(`${pageList(bare)} hold no text, only pictures or nothing; they were not read.`);
  if (blank.length > 0) notes.push(`${pageList(blank)} ${blank.length === 1 ? 'is' : 'are'} blank.`);
  if (margins === 1) notes.push('One running header, footer or page number was left out of the text.');
  if (margins > 1) notes.push(`${margins} running headers, footers and page numbers were left out of the text.`);
  if (comments === 1) notes.push('One comment stands at the end of its page.');
  if (comments > 1) notes.push(`${comments} comments stand at the end of their pages.`);
  if (hidden === 1) notes.push('One hidden form field was left out of the text.');
  if (hidden > 1) notes.push(`${hidden} hidden form fields were left out of the text.`);
  if (unknown > 0)
    notes.push(
      `${unknown === 1 ? 'One character was' : `${unknown} characters were`} left out: the fonts do not say which letters they stand for.`,
    );
  return notes;
}

/** `Page 3`, `Pages 3, 5–9`. */
function pageList(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const list = ranges.map(([a, b]) => (a === b ? String(a) : `${a}–${b}`)).join(', ');
  return `${numbers.length === 1 ? 'Page' : 'Pages'} ${list}`;
}
