/** Markup cut into blocks that are cleaned and enter the page one at a time: the ones that are looked at first. */
import type { Part } from '../../pipeline/document.ts';
import { Anchors, lastAbove, lastWhere, type Places } from './anchors.ts';
import { setDirections } from './directions.ts';
import { ElementMarks } from './element-marks.ts';
import { touches, type Highlight } from './marks.ts';

/** Elements in a block; cleaning one takes some 50 to 100 microseconds. */
const HEAVY = 150;
/** Rows from which a table is laid out batch by batch. */
const LONG = 200;

interface Block {
  /** In the page; empty until filled. */
  readonly element: HTMLElement;
  readonly start: number;
  /** In an inert document, not cleaned yet; null once its nodes are in the page. */
  source: HTMLElement | null;
  anchors: Anchors | null;
  marks: ElementMarks | null;
}

type Clean = (element: HTMLElement) => void;

export class Blocks implements Places {
  /** The blocks' elements in the page, in order. */
  readonly elements: HTMLElement[] = [];
  readonly #blocks: Block[] = [];
  readonly #byElement = new Map<Element, Block>();
  readonly #clean: Clean;
  #highlights: readonly Highlight[] = [];

  /**
   * @param body parsed markup in an inert document; its nodes are taken out of it
   * @param host the element of the page that takes the blocks
   * @param parts the document's: a section of the markup is shown as the part it names
   */
  constructor(body: HTMLElement, host: HTMLElement, clean: Clean, parts: readonly Part[]) {
    this.#clean = clean;
    host.replaceChildren();
    this.#cut(body, host, parts);
  }

  #cut(body: HTMLElement, host: HTMLElement, parts: readonly Part[]): void {
    const inert = body.ownerDocument;
    let group = inert.createElement('div');
    let weight = 0;
    const close = (): void => {
      if (!group.hasChildNodes()) return;
      this.#add(group, host.appendChild(block()));
      group = inert.createElement('div');
      weight = 0;
    };
    for (const node of [...body.childNodes]) {
      const part = node instanceof HTMLElement && node.tagName === 'SECTION' ? parts[Number(node.dataset.part)] : null;
      if (part) {
        close();
        this.#cut(node as HTMLElement, host.appendChild(partElement(part, node as HTMLElement)), parts);
        continue;
      }
      if (node instanceof HTMLTableElement && isLong(node)) {
        close();
        this.#addLong(node, host);
        continue;
      }
      group.append(node);
      weight += node instanceof Element ? 1 + node.querySelectorAll('*').length : 1;
      if (weight >= HEAVY) close();
    }
    close();
  }

  isEmpty(element: Element): boolean {
    return Boolean(this.#byElement.get(element)?.source);
  }

  /** Cleans a block and puts its nodes into the page, with their marks. Does nothing the second time. */
  fill(element: Element): void {
    const one = this.#byElement.get(element);
    if (!one?.source) return;
    this.#clean(one.source);
    one.element.append(...one.source.childNodes);
    one.source = null;
    for (const table of one.element.querySelectorAll('table')) frame(table);
    if (one.element.className === 'block') setDirections(one.element);
    one.anchors = new Anchors(one.element);
    one.marks = new ElementMarks(one.anchors);
    one.marks.paint(this.#highlights);
  }

  /** Shows exactly these highlights; blocks that hold one are filled first. */
  paint(highlights: readonly Highlight[]): void {
    this.#highlights = highlights;
    this.#blocks.forEach((one, index) => {
      const range = { start: one.start, end: this.#blocks[index + 1]?.start ?? Infinity };
      const touched = touches(range, highlights, 'cited', 'found', 'current');
      if (touched && one.source) this.fill(one.element);
      else if (touched || one.marks?.any) one.marks?.paint(highlights);
    });
  }

  elementAt(offset: number): HTMLElement | null {
    const one = this.#blocks[lastWhere(this.#blocks.length, (index) => (this.#blocks[index]?.start ?? 0) <= offset)];
    if (!one) return null;
    this.fill(one.element);
    return one.anchors?.elementAt(offset) ?? one.element;
  }

  elementAtHeight(y: number): HTMLElement | null {
    return this.#atHeight(y)?.element ?? null;
  }

  offsetAtHeight(y: number): number {
    const one = this.#atHeight(y);
    return one?.anchors && one.anchors.elements.length > 0 ? one.anchors.offsetAtHeight(y) : (one?.start ?? 0);
  }

  #atHeight(y: number): Block | undefined {
    return this.#blocks[lastAbove(this.elements, y)];
  }

  #add(source: HTMLElement, element: HTMLElement): void {
    const first = source.querySelector<HTMLElement>('[data-start]')?.dataset.start;
    const one: Block = {
      element,
      start: first === undefined ? (this.#blocks.at(-1)?.start ?? 0) : Number(first),
      source,
      anchors: null,
      marks: null,
    };
    this.#blocks.push(one);
    this.elements.push(element);
    this.#byElement.set(element, one);
  }

  /** The table's head enters as a block of its own, its rows in batches, each in a `<tbody>`. */
  #addLong(source: HTMLTableElement, host: HTMLElement): void {
    const table = document.createElement('table');
    table.className = 'long';
    table.dir = 'auto';
    const columns = widths(source);
    table.style.setProperty('--columns', columns.map((width) => `${width}ch`).join(' '));
    table.style.setProperty('--columns-width', `${columns.reduce((sum, width) => sum + width, 0)}ch`);
    const rows = [...source.tBodies].flatMap((body) => [...body.rows]);
    const perBatch = Math.max(10, Math.floor(HEAVY / (1 + 2 * columns.length)));
    if (source.tHead) this.#add(source.tHead, table.appendChild(document.createElement('thead')));
    for (let at = 0; at < rows.length; at += perBatch) {
      const batch = source.ownerDocument.createElement('tbody');
      batch.append(...rows.slice(at, at + perBatch));
      const body = table.appendChild(document.createElement('tbody'));
      // What a row takes on one line; the browser remembers the true height once it has laid the batch out.
      body.style.setProperty('--batch-height', `${34 * batch.rows.length}px`);
      this.#add(batch, body);
    }
    host.append(table);
    frame(table);
  }
}

function block(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'block';
  return element;
}

/** A slide, sheet, chapter or message under its label, which its own heading may say already. */
function partElement({ kind, label }: Part, source: HTMLElement): HTMLElement {
  const element = document.createElement('section');
  element.className = `part ${kind}`;
  element.setAttribute('aria-label', label);
  const heading = source.querySelector('h1, h2, h3, h4, h5, h6')?.textContent?.trim() ?? '';
  const said = besides(label, heading, kind);
  if (said === '') return element;
  const shown = element.appendChild(document.createElement('p'));
  shown.className = 'label';
  shown.textContent = said.charAt(0).toUpperCase() + said.slice(1);
  // The section bears it as its name.
  shown.ariaHidden = 'true';
  return element;
}

/** What a label says that the heading below it does not: `slide 3` of `slide 3: Costs`, nothing of `sheet Prices`. */
function besides(label: string, heading: string, kind: Part['kind']): string {
  if (heading === '' || !label.toLowerCase().endsWith(heading.toLowerCase())) return label;
  const rest = label.slice(0, label.length - heading.length).replace(/[\s:]+$/, '');
  return rest.toLowerCase() === kind ? '' : rest;
}

/** Cells over several rows or columns need the browser's own table layout. */
function isLong(table: HTMLTableElement): boolean {
  return table.rows.length > LONG && !table.querySelector('[rowspan], [colspan], caption, tfoot');
}

/** Width of each column in characters of its head and first rows, between 6 and 44, cell padding included. */
function widths(table: HTMLTableElement): number[] {
  const list: number[] = [];
  for (const row of [...table.rows].slice(0, LONG)) {
    [...row.cells].forEach((cell, index) => {
      const wanted = Math.ceil((cell.textContent?.length ?? 0) * 1.02) + 3;
      list[index] = Math.min(44, Math.max(6, list[index] ?? 0, wanted));
    });
  }
  return list;
}

/** Gives a table its own scroll bars, reachable by keyboard. */
function frame(table: HTMLTableElement): void {
  if (table.parentElement?.closest('table')) return;
  const box = document.createElement('div');
  box.className = 'frame';
  box.tabIndex = 0;
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', table.caption?.textContent ?? 'Table');
  table.replaceWith(box);
  box.append(table);
}
