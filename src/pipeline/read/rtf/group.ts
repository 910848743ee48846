/** The state of a group of Rich Text: what it is for, and how its characters look. */
import { safeAddress } from '../markup.ts';
import { linkMark } from '../writer.ts';
import type { Mark } from '../writer.ts';
import type { Destination } from './destinations.ts';

export interface Group {
  destination: Destination;
  /** Set at the group that began a story or words of its own. */
  begins: boolean;
  font: number;
  /** Characters after `\u` that repeat it for old programs. */
  fallback: number;
  bold: boolean;
  italic: boolean;
  hidden: boolean;
  deleted: boolean;
  link: Mark | null;
}

export const OUTERMOST: Group = {
  destination: 'text',
  begins: false,
  font: 0,
  fallback: 1,
  bold: false,
  italic: false,
  hidden: false,
  deleted: false,
  link: null,
};

/** A control word on characters; false where it is none. */
export function setCharacters(group: Group, name: string, value: number | null, defaultFont: number): boolean {
  const isOn = value !== 0;
  switch (name) {
    case 'uc':
      group.fallback = Math.max(0, value ?? 1);
      return true;
    case 'f':
      group.font = value ?? 0;
      return true;
    case 'plain':
      Object.assign(group, { bold: false, italic: false, hidden: false, deleted: false, font: defaultFont });
      return true;
    case 'b':
      group.bold = isOn;
      return true;
    case 'i':
      group.italic = isOn;
      return true;
    case 'v':
      group.hidden = isOn;
      return true;
    case 'deleted':
      group.deleted = isOn;
      return true;
    default:
      return false;
  }
}

export function marksOf({ bold, italic, link }: Group): Mark[] {
  const marks: Mark[] = link === null ? [] : [link];
  if (bold) marks.push('<strong>');
  if (italic) marks.push('<em>');
  return marks;
}

export function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a.length === b.length && a.every((mark, i) => mark === b[i]);
}

/** The link that a field's instruction makes of what it shows; null where it is none, or one that leads nowhere safe. */
export function linkOf(instruction: string): Mark | null {
  const address = safeAddress(/HYPERLINK\s+"([^"]*)"/i.exec(instruction)?.[1] ?? '');
  return address === null || /["<>\s]/.test(address) ? null : linkMark(address);
}
