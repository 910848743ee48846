/** Text of OpenDocument slides: paragraphs, lists in lists, spans, tables. */
import { safeAddress } from '../markup.ts';
import { elementsOf, find, prefixed } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import { linkMark } from '../writer.ts';
import type { Mark } from '../writer.ts';
import type { Piece, Run, Table } from './deck.ts';

/** Which marks the styles of a file stand for, by their names, and which list styles number their items. */
export interface OdfStyles {
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
  readonly numbered: ReadonlySet<string>;
}

const MAX_LEVEL = 8;
/** Spaces that one element may stand for. */
const MAX_SPACES = 1000;

/** Paragraphs and lists right inside an element; `comment` takes what is no text of the slide. */
export function odfPieces(element: XmlElement, styles: OdfStyles, comment: (text: XmlElement) => void): Piece[] {
  const pieces: Piece[] = [];
  const visit = (from: XmlElement, list: 'ul' | 'ol' | null, level: number): void => {
    for (const child of elementsOf(from)) {
      if (child.name === 'p' || child.name === 'h') {
        const runs = runsOf(child, styles, [], comment);
        if (!runs.some(({ text }) => /\S/.test(text))) continue;
        pieces.push(list === null ? { kind: 'paragraph', runs } : { kind: 'item', list, level, runs });
      } else if (child.name === 'list') {
        const kind = styles.numbered.has(child.attributes['text:style-name'] ?? '') ? 'ol' : 'ul';
        visit(child, kind, list === null ? 0 : Math.min(level + 1, MAX_LEVEL));
      } else if (child.name === 'list-item' || child.name === 'list-header' || child.name === 'section')
        visit(child, child.name === 'list-header' ? null : list, level);
      else if (child.name === 'annotation') comment(child);
    }
  };
  visit(element, null, 0);
  return pieces;
}

function runsOf(
  element: XmlElement,
  styles: OdfStyles,
  marks: readonly Mark[],
  comment: (text: XmlElement) => void,
): Run[] {
  return element.children.flatMap((child): Run[] => {
    // White space in the file is one space; more of it has elements of its own.
    if (typeof child === 'string') return [{ text: child.replace(/\s+/g, ' '), marks }];
    switch (child.name) {
      case 's':
        return [{ text: ' '.repeat(Math.min(Number(child.attributes['text:c'] ?? 1) || 1, MAX_SPACES)), marks }];
      case 'tab':
        return [{ text: ' ', marks }];
      case 'line-break':
        return [{ text: '\n', marks: [] }];
      case 'annotation':
        comment(child);
        return [];
      case 'a': {
        const address = safeAddress(prefixed(child, 'href') ?? '');
        const link = address === null || /["<>\s]/.test(address) ? [] : [linkMark(address)];
        return runsOf(
          child,
          styles,
          marks.some((mark) => mark.startsWith('<a')) ? marks : [...marks, ...link],
          comment,
        );
      }
      case 'span':
        return runsOf(child, styles, withStyle(marks, child, styles), comment);
      default:
        return runsOf(child, styles, marks, comment);
    }
  });
}

function withStyle(marks: readonly Mark[], span: XmlElement, styles: OdfStyles): readonly Mark[] {
  const own = styles.marks.get(span.attributes['text:style-name'] ?? '') ?? [];
  return [...marks, ...own.filter((mark) => !marks.includes(mark))];
}

/** Rows beyond which a table of a slide is none that a person made. */
const MAX_ROWS = 10_000;
const MAX_COLUMNS = 1000;

export function odfTable(element: XmlElement, styles: OdfStyles, comment: (text: XmlElement) => void): Table | null {
  const hasHeader = element.attributes['table:use-first-row-styles'] === 'true';
  const rows = rowsOf(element)
    .slice(0, MAX_ROWS)
    .map((row) =>
      elementsOf(row)
        .filter(({ name }) => name === 'table-cell' || name === 'covered-table-cell')
        .flatMap((cell): Run[][] => {
          const runs = odfPieces(cell, styles, comment).flatMap((piece, i) =>
            piece.kind === 'table' ? [] : [...(i > 0 ? [{ text: ' ', marks: [] }] : []), ...piece.runs],
          );
          const repeated = Number(cell.attributes['table:number-columns-repeated'] ?? 1) || 1;
          return Array.from({ length: Math.min(repeated, MAX_COLUMNS) }, () =>
            runs.map(({ text, marks }) => ({ text: text.replaceAll('\n', ' '), marks })),
          );
        })
        .slice(0, MAX_COLUMNS),
    );
  const hasText = rows.some((row) => row.some((runs) => runs.some(({ text }) => /\S/.test(text))));
  return hasText ? { kind: 'table', hasHeader: hasHeader && rows.length > 1, rows } : null;
}

function rowsOf(element: XmlElement): XmlElement[] {
  return elementsOf(element).flatMap((child) => {
    if (child.name === 'table-row') return [child];
    return /^table-(?:header-rows|rows|row-group)$/.test(child.name) ? rowsOf(child) : [];
  });
}

/** Bold and italic of automatic and common styles, and numbered lists. */
export function odfStyles(roots: readonly XmlElement[]): OdfStyles {
  const marks = new Map<string, readonly Mark[]>();
  const numbered = new Set<string>();
  for (const root of roots)
    for (const group of elementsOf(root).filter(({ name }) => name === 'automatic-styles' || name === 'styles'))
      for (const style of elementsOf(group)) {
        const name = style.attributes['style:name'] ?? '';
        const text = find(style, 'text-properties')?.attributes ?? {};
        const own: Mark[] = [];
        if (style.attributes['style:family'] === 'text') {
          if (/^(?:bold|[6-9]00)$/.test(text['fo:font-weight'] ?? '')) own.push('<strong>');
          if (text['fo:font-style'] === 'italic') own.push('<em>');
        }
        if (own.length > 0) marks.set(name, own);
        if (style.name === 'list-style' && elementsOf(style)[0]?.name === 'list-level-style-number') numbered.add(name);
      }
  return { marks, numbered };
}
