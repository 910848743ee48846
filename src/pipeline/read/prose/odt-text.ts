/** Text of an OpenDocument: paragraphs, lists, tables, notes and text boxes in order. */
import { safeAddress } from '../markup.ts';
import { descendants, elementsOf, find, prefixed, textOf } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import type { Run } from '../slides/deck.ts';
import { linkMark } from '../writer.ts';
import type { Mark } from '../writer.ts';
import type { Aside } from './aside.ts';
import { BODY, wordsIn } from './manuscript.ts';
import type { Note, Prose, ProseRow, ProseStyle } from './manuscript.ts';
import type { OdtStyles } from './odt-styles.ts';
import { headingOf } from './style-names.ts';

/** A cell may claim to stand for thousands of empty columns. */
const MAX_REPEATED = 100;
const MAX_SPACES = 100;

/** Elements whose text is none of the document's: forms, scripts, settings of fields. */
const SILENT = new Set(['forms', 'script', 'event-listeners', 'shadow', 'soft-page-break', 'table-columns', 'desc']);

interface List {
  readonly style: string;
  readonly level: number;
}

export class OdtText {
  readonly footnotes: Note[] = [];

  constructor(
    private readonly styles: OdtStyles,
    private readonly aside: Aside,
  ) {}

  /** All blocks of text below an element. */
  blocks(element: XmlElement | undefined, list: List | null = null): Prose[] {
    return element === undefined ? [] : elementsOf(element).flatMap((child) => this.#block(child, list));
  }

  #block(element: XmlElement, list: List | null): Prose[] {
    switch (element.name) {
      case 'p':
      case 'h':
        return this.#paragraph(element, list);
      case 'list':
        return this.blocks(element, {
          style: prefixed(element, 'style-name') ?? list?.style ?? '',
          level: (list?.level ?? -1) + 1,
        });
      case 'list-item':
        // Only the first paragraph of an item carries its bullet; those behind it still belong to it.
        return this.blocks(element, list);
      case 'list-header':
        return this.blocks(element, null);
      case 'table':
        return [{ kind: 'table', rows: this.#rows(element, false) }];
      case 'tracked-changes':
        for (const deletion of descendants(element, 'deletion')) this.aside.deleted(this.#quiet(deletion));
        return [];
      default:
        return isDrawing(element) ? this.#drawing(element) : SILENT.has(element.name) ? [] : this.blocks(element, list);
    }
  }

  /** Words of text that is left out; its own notes and pictures do not count. */
  #quiet(element: XmlElement): string {
    return wordsIn(elementsOf(element).flatMap((child) => (/^(?:p|h)$/.test(child.name) ? [plainOf(child)] : [])));
  }

  #paragraph(element: XmlElement, list: List | null): Prose[] {
    const name = prefixed(element, 'style-name') ?? '';
    const runs: Run[] = [];
    const boxes: Prose[] = [];
    const style = this.#styleOf(element, name, list);
    this.#inline(element, style.kind === 'heading' ? [] : this.styles.marks('paragraph', name), runs, boxes);
    return [{ kind: 'paragraph', style, runs }, ...boxes];
  }

  #styleOf(element: XmlElement, name: string, list: List | null): ProseStyle {
    if (element.name === 'h') return headingOf(Number(prefixed(element, 'outline-level') ?? 1));
    const own = this.styles.paragraph(name);
    if (own?.kind === 'heading' || own?.kind === 'code') return own;
    if (list !== null) return { kind: 'item', list: this.styles.listKind(list.style, list.level), level: list.level };
    return own ?? BODY;
  }

  /** Adds the text of an element to `runs`; what stands in boxes beside it to `boxes`. */
  #inline(element: XmlElement, marks: readonly Mark[], runs: Run[], boxes: Prose[]): void {
    for (const child of element.children) {
      if (typeof child === 'string') runs.push({ text: child.replace(/\s+/g, ' '), marks });
      else this.#inlineElement(child, marks, runs, boxes);
    }
  }

  #inlineElement(element: XmlElement, marks: readonly Mark[], runs: Run[], boxes: Prose[]): void {
    switch (element.name) {
      case 's':
        runs.push({ text: ' '.repeat(Math.min(MAX_SPACES, Number(prefixed(element, 'c') ?? 1) || 1)), marks });
        return;
      case 'tab':
        runs.push({ text: '\t', marks });
        return;
      case 'line-break':
        runs.push({ text: '\n', marks });
        return;
      case 'span':
        this.#inline(
          element,
          union(marks, this.styles.marks('text', prefixed(element, 'style-name') ?? '')),
          runs,
          boxes,
        );
        return;
      case 'a': {
        const address = safeAddress(prefixed(element, 'href') ?? '');
        const usable = address !== null && !/["<>\s]/.test(address) && !marks.some((mark) => mark.startsWith('<a'));
        this.#inline(element, usable ? [linkMark(address), ...marks] : marks, runs, boxes);
        return;
      }
      case 'note':
        this.#note(element, runs);
        return;
      case 'annotation':
        this.aside.comment(
          [textOf(find(element, 'creator')), this.#quiet(element)].filter((words) => words !== '').join(': '),
        );
        return;
      case 'ruby-text':
        runs.push({ text: ` (${textOf(element)})`, marks });
        return;
      default:
        if (isDrawing(element)) boxes.push(...this.#drawing(element));
        else if (/^(?:p|h|list|table)$/.test(element.name)) boxes.push(...this.#block(element, null));
        else if (!SILENT.has(element.name)) this.#inline(element, marks, runs, boxes);
    }
  }

  #note(element: XmlElement, runs: Run[]): void {
    const mark = textOf(find(element, 'note-citation')).trim() || `${this.footnotes.length + 1}`;
    runs.push({ text: `[${mark}]`, marks: [] });
    // A note may hold notes of its own; its place comes before theirs.
    const at = this.footnotes.length;
    const content = this.blocks(find(element, 'note-body'));
    this.footnotes.splice(at, 0, { mark, content });
  }

  /** Text boxes give their text; pictures and objects are counted. */
  #drawing(element: XmlElement): Prose[] {
    const alternatives = elementsOf(element);
    const description = find(element, 'desc') ?? find(element, 'title');
    if (description !== undefined) this.aside.description(textOf(description));
    const box = alternatives.filter(({ name }) => name === 'text-box');
    if (element.name === 'frame' && box.length === 0) {
      // Objects bring a picture of themselves: one thing, not two.
      if (alternatives.some(({ name }) => name === 'object' || name === 'object-ole')) this.aside.embedded++;
      else if (alternatives.some(({ name }) => name === 'image')) this.aside.pictures++;
    }
    return alternatives
      .filter(({ name }) => !['title', 'desc', 'image', 'object', 'object-ole', 'enhanced-geometry'].includes(name))
      .flatMap((child) => this.#block(child, null));
  }

  #rows(element: XmlElement, isHeader: boolean): ProseRow[] {
    return elementsOf(element).flatMap((child) => {
      if (child.name === 'table-row') return [{ isHeader, cells: this.#cells(child) }];
      return /^table-(?:header-rows|rows|row-group)$/.test(child.name)
        ? this.#rows(child, isHeader || child.name === 'table-header-rows')
        : [];
    });
  }

  #cells(row: XmlElement): Prose[][] {
    return elementsOf(row).flatMap((cell) => {
      if (cell.name === 'covered-table-cell') return [[]];
      if (cell.name !== 'table-cell') return [];
      const repeated = Math.min(MAX_REPEATED, Number(prefixed(cell, 'number-columns-repeated') ?? 1) || 1);
      const content = this.blocks(cell);
      return [content, ...Array.from({ length: Math.max(0, repeated - 1) }, () => content)];
    });
  }
}

function plainOf(element: XmlElement): Prose {
  return { kind: 'paragraph', style: BODY, runs: [{ text: textOf(element), marks: [] }] };
}

const DRAWINGS = new Set(
  'frame custom-shape rect ellipse circle line polyline polygon path connector caption g control measure regular-polygon scene page-thumbnail'.split(
    ' ',
  ),
);

function isDrawing(element: XmlElement): boolean {
  return DRAWINGS.has(element.name);
}

function union(marks: readonly Mark[], more: readonly Mark[]): readonly Mark[] {
  const added = more.filter((mark) => !marks.includes(mark));
  return added.length === 0 ? marks : [...marks, ...added];
}
