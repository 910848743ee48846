/** What paragraph styles mean by their names, in the languages that word processors name them in. */
import { BODY } from './manuscript.ts';
import type { ProseStyle } from './manuscript.ts';

const HEADING =
  /^(?:heading|(?:ü|ue)berschrift|titre|encabezado|t[ií]tulo|titolo|rubrik|kop|overskrift|otsikko|nagłówek|nadpis|заголовок|标题|見出し)[ _]?(\d)$/iu;
const TITLE = /^(?:title|titel|book title|document title)$/i;
const QUOTE = /^(?:quote|quotations?|intense quote|block text|block quotation|zitat)$/i;
const CODE = /^(?:html preformatted|preformatted text|source code|code|verbatim|plain code)$/i;

/** The style that a name stands for; null where it says nothing. */
export function styleNamed(name: string): ProseStyle | null {
  const bare = name.trim();
  const level = HEADING.exec(bare)?.[1];
  if (level !== undefined) return headingOf(Number(level));
  if (TITLE.test(bare)) return headingOf(1);
  if (QUOTE.test(bare)) return { kind: 'quote' };
  if (CODE.test(bare)) return { kind: 'code' };
  return null;
}

/** A heading of an outline level, 1 the highest; levels beyond 6 count as 6, those beyond 9 as text. */
export function headingOf(level: number): ProseStyle {
  return level >= 1 && level <= 9 ? { kind: 'heading', level: Math.min(level, 6) } : BODY;
}
