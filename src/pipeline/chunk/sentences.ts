/** Text to sentences, as spans. */
import type { Span } from '../document.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });

/** A segment that ends so is not over: titles, initials, `e.g.`, `No.`, `§ 7.`-like numbering. */
const unfinished =
  /(?:^|[\s(["'„“])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|vs|etc|approx|e\.g|i\.e|cf|al|Fig|No|Nos|Art|Sec|p|pp|Vol|ca|Inc|Ltd|Co|Nr|Abs|bzw|z\.B|u\.a|d\.h|\d{1,3})\.\s*$/u;

/** `L.A. Reid`, `J. R. R. Tolkien`: initials of a name that goes on; `the U.S. The law` begins anew. */
const initials = /(?:^|[\s(["'„“])(?:\p{Lu}\.\s?){1,3}\p{Lu}\.\s*$/u;
const beginsAnew =
  /^\s*(?:The|A|An|In|On|At|By|For|From|It|Its|He|She|We|They|I|You|This|That|These|Those|There|But|And|Or|If|As|When|While|After|Before|However|Since|Some|Many|Most|All|His|Her|Their|Our)\b/;

/** A segment that is only a list number, `1.`, belongs to what follows, also after a line break. */
const loneNumber = /^\s*(?:\d{1,3}|\p{L})[.)]\s*$/u;

/**
 * The sentences of `text.slice(start, end)`, without surrounding white space, in order.
 * Unicode's rules (UAX #29) by Intl.Segmenter, with breaks after common abbreviations mended.
 * Every non-space character lies in exactly one sentence.
 */
export function sentences(text: string, start = 0, end = text.length): Span[] {
  const spans: Span[] = [];
  let from = start;
  for (const { index, segment } of segmenter.segment(text.slice(start, end))) {
    const to = start + index + segment.length;
    const piece = text.slice(from, to);
    const last = to >= end;
    if (!last && (loneNumber.test(piece) || goesOn(piece, text.slice(to, to + 12)))) continue;
    const span = trim(text, from, to);
    if (span) spans.push(span);
    from = to;
  }
  return spans;
}

function goesOn(piece: string, next: string): boolean {
  if (/\n\s*$/.test(piece)) return false;
  return unfinished.test(piece) || (initials.test(piece) && !beginsAnew.test(next));
}

/** The span without white space at its ends; null if nothing is left. */
export function trim(text: string, start: number, end: number): Span | null {
  const slice = text.slice(start, end);
  const lead = slice.length - slice.trimStart().length;
  if (lead === slice.length) return null;
  return { start: start + lead, end: start + slice.trimEnd().length };
}
