/** Text of DrawingML, which slides, sheets, charts and diagrams share: paragraphs, their bullets, runs and tables. */
import { safeAddress } from '../markup.ts';
import type { Piece, Run, Table } from '../slides/deck.ts';
import { linkMark } from '../writer.ts';
import type { Mark } from '../writer.ts';
import type { Relation } from './relations.ts';
import { descendants, elementsOf, find, prefixed, textOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

export type Relations = ReadonlyMap<string, Relation>;

/** Whether paragraphs of a level (0 the outermost) are items of a list, where they do not say so themselves. */
export type BulletAt = (level: number) => 'ul' | 'ol' | null;

export const noBullets: BulletAt = () => null;

/** Children, with the first choice of each alternative in its place; the fallback where the choice has no text. */
export function present(element: XmlElement): XmlElement[] {
  return elementsOf(element).flatMap((child) => {
    if (child.name !== 'AlternateContent') return [child];
    const choices = elementsOf(child, 'Choice').concat(elementsOf(child, 'Fallback'));
    const chosen = choices.find((choice) => textOf(choice).trim() !== '') ?? choices[0];
    return chosen === undefined ? [] : present(chosen);
  });
}

/** The paragraphs of a text body that hold words. */
export function paragraphsOf(body: XmlElement | undefined, relations: Relations, bulletAt: BulletAt): Piece[] {
  if (body === undefined) return [];
  const pieces: Piece[] = [];
  for (const paragraph of elementsOf(body, 'p')) {
    const runs = runsOf(paragraph, relations);
    if (!runs.some(({ text }) => /\S/.test(text))) continue;
    const properties = find(paragraph, 'pPr');
    const level = levelOf(properties);
    const list = ownBullet(properties) ?? bulletAt(level);
    pieces.push(list === 'ul' || list === 'ol' ? { kind: 'item', list, level, runs } : { kind: 'paragraph', runs });
  }
  return pieces;
}

function levelOf(properties: XmlElement | undefined): number {
  const level = Number(properties?.attributes.lvl ?? 0);
  return Number.isInteger(level) && level >= 0 && level <= 8 ? level : 0;
}

/** What a paragraph or a style says of its bullet; undefined where it says nothing. */
export function ownBullet(properties: XmlElement | undefined): 'ul' | 'ol' | 'none' | undefined {
  for (const { name } of properties === undefined ? [] : elementsOf(properties)) {
    if (name === 'buNone') return 'none';
    if (name === 'buAutoNum') return 'ol';
    if (name === 'buChar' || name === 'buBlip') return 'ul';
  }
  return undefined;
}

function runsOf(paragraph: XmlElement, relations: Relations): Run[] {
  const runs: Run[] = [];
  for (const child of present(paragraph)) {
    if (child.name === 'br') runs.push({ text: '\n', marks: [] });
    else if (child.name === 'r' || child.name === 'fld')
      runs.push({ text: textOf(find(child, 't')), marks: marksOf(find(child, 'rPr'), relations) });
    else if (child.name !== 'pPr' && child.name !== 'endParaRPr')
      // A formula: its letters in order.
      runs.push({ text: descendants(child, 't').map(textOf).join(''), marks: [] });
  }
  return runs;
}

function marksOf(properties: XmlElement | undefined, relations: Relations): Mark[] {
  if (properties === undefined) return [];
  const marks: Mark[] = [];
  const link = relations.get(prefixed(find(properties, 'hlinkClick'), 'id') ?? '');
  const address = link?.external === true ? safeAddress(link.target) : null;
  if (address !== null && !/["<>\s]/.test(address)) marks.push(linkMark(address));
  if (isOn(properties.attributes.b)) marks.push('<strong>');
  if (isOn(properties.attributes.i)) marks.push('<em>');
  return marks;
}

function isOn(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** A table; its first row is the header where the table is styled so. Null when it holds no words. */
export function tableOf(element: XmlElement, relations: Relations): Table | null {
  const rows = elementsOf(element, 'tr').map((row) =>
    elementsOf(row, 'tc').map((cell): Run[] => {
      if (isOn(cell.attributes.hMerge) || isOn(cell.attributes.vMerge)) return [];
      return elementsOf(find(cell, 'txBody') ?? cell, 'p').flatMap((paragraph, i) => [
        ...(i > 0 ? [{ text: ' ', marks: [] }] : []),
        ...runsOf(paragraph, relations).map(({ text, marks }) => ({ text: text.replaceAll('\n', ' '), marks })),
      ]);
    }),
  );
  const hasText = rows.some((row) => row.some((runs) => runs.some(({ text }) => /\S/.test(text))));
  const hasHeader = rows.length > 1 && isOn(find(element, 'tblPr')?.attributes.firstRow);
  return hasText ? { kind: 'table', hasHeader, rows } : null;
}
