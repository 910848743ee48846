/** Puts highlights into elements that hold a document's text, as `<mark>` elements, and takes them out again. */
import type { Anchors } from './anchors.ts';
import { pieces, touches, type Highlight, type Reason } from './marks.ts';

export class ElementMarks {
  readonly #anchors: Anchors;
  #marks: HTMLElement[] = [];

  constructor(anchors: Anchors) {
    this.#anchors = anchors;
  }

  get any(): boolean {
    return this.#marks.length > 0;
  }

  /** Shows exactly these highlights. The text of the elements stays what it was. */
  paint(highlights: readonly Highlight[]): void {
    this.#clear();
    for (const element of this.#covered(highlights)) {
      if (element.dataset.end !== undefined) this.#paintWhole(element, highlights);
      else this.#paintText(element, highlights);
    }
  }

  /** Elements are in order and do not overlap, so those of a highlight stand side by side. */
  #covered(highlights: readonly Highlight[]): Set<HTMLElement> {
    const covered = new Set<HTMLElement>();
    for (const highlight of highlights) {
      for (let index = this.#anchors.indexAt(highlight.start); this.#anchors.start(index) < highlight.end; index += 1) {
        const element = this.#anchors.elements[index];
        if (element) covered.add(element);
      }
    }
    return covered;
  }

  #paintText(element: HTMLElement, highlights: readonly Highlight[]): void {
    let start = Number(element.dataset.start);
    for (const node of textNodes(element)) {
      const range = { start, end: start + node.data.length };
      start = range.end;
      const cut = pieces(range, highlights);
      if (cut.every((piece) => piece.as.length === 0)) continue;
      const data = node.data;
      node.replaceWith(
        ...cut.map((piece) => {
          const text = data.slice(piece.start - range.start, piece.end - range.start);
          return piece.as.length === 0 ? text : this.#mark(element, text, piece.as);
        }),
      );
    }
  }

  /** The text shown is not the document's own text here, so there is no offset to cut at. */
  #paintWhole(element: HTMLElement, highlights: readonly Highlight[]): void {
    const range = { start: Number(element.dataset.start), end: Number(element.dataset.end) };
    const reasons = (['cited', 'found', 'current'] as const).filter((reason) => touches(range, highlights, reason));
    if (reasons.length === 0) return;
    for (const node of textNodes(element)) node.replaceWith(this.#mark(element, node.data, reasons));
  }

  #mark(near: HTMLElement, text: string, reasons: readonly Reason[]): HTMLElement {
    const mark = near.ownerDocument.createElement('mark');
    mark.className = reasons.join(' ');
    mark.textContent = text;
    this.#marks.push(mark);
    return mark;
  }

  #clear(): void {
    const parents = new Set<Node>();
    for (const mark of this.#marks) {
      if (mark.parentNode) parents.add(mark.parentNode);
      mark.replaceWith(...mark.childNodes);
    }
    for (const parent of parents) parent.normalize();
    this.#marks = [];
  }
}

function textNodes(node: Node): Text[] {
  return [...node.childNodes].flatMap((child) => (isText(child) ? [child] : textNodes(child)));
}

function isText(node: Node): node is Text {
  return node.nodeType === 3;
}
