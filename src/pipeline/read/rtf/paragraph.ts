/** The state of a paragraph of Rich Text: its style, its list, its place in tables. */
import { BODY } from '../prose/manuscript.ts';
import type { ProseStyle } from '../prose/manuscript.ts';
import { headingOf } from '../prose/style-names.ts';
import type { Head } from './head.ts';

/** What `\pard` resets. */
export interface ParagraphState {
  style: number;
  outline: number | null;
  list: boolean;
  level: number;
  inTable: boolean;
  depth: number;
}

export const PLAIN: ParagraphState = { style: 0, outline: null, list: false, level: 0, inTable: false, depth: 1 };

/** A control word on paragraphs; false where it is none. */
export function setParagraph(paragraph: ParagraphState, name: string, value: number | null): boolean {
  switch (name) {
    case 'pard':
      Object.assign(paragraph, PLAIN);
      return true;
    case 's':
      paragraph.style = value ?? 0;
      return true;
    case 'outlinelevel':
      paragraph.outline = value;
      return true;
    case 'ls':
      paragraph.list = (value ?? 0) > 0;
      return true;
    case 'ilvl':
      paragraph.level = Math.max(0, value ?? 0);
      return true;
    case 'intbl':
      paragraph.inTable = value !== 0;
      return true;
    case 'itap':
      paragraph.depth = Math.max(0, value ?? 0);
      paragraph.inTable = paragraph.depth > 0;
      return true;
    default:
      return false;
  }
}

/** How deep in tables it stands, 0 for in none. */
export function depthOf({ inTable, depth }: ParagraphState): number {
  return inTable ? depth : 0;
}

/** What it is: a heading by its own level or its style, an item where `bullet` stands before it, or text. */
export function styleOf({ style, outline, list, level }: ParagraphState, head: Head, bullet: string): ProseStyle {
  const own = outline !== null && outline <= 8 ? headingOf(outline + 1) : head.style(style);
  if (own?.kind === 'heading') return own;
  if (bullet !== '' || list) {
    const counts = /^[([]?(?:\d+|[a-z]|[ivxlc]+)(?:\.\d+)*[.)\]]/i.test(bullet);
    return { kind: 'item', list: counts ? 'ol' : 'ul', level };
  }
  return own ?? BODY;
}
