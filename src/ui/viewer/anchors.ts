/** The elements of a shown document that say where in its text they stand, searchable by offset and by height. */

/** A shown document, asked by offset or by height. */
export interface Places {
  /** The element that holds the character at `offset`; null in an empty document. */
  elementAt(offset: number): HTMLElement | null;
  /** The last element whose top lies at or above `y`, in pixels of the window. */
  elementAtHeight(y: number): HTMLElement | null;
  /** The offset shown at height `y`. */
  offsetAtHeight(y: number): number;
}

export class Anchors implements Places {
  /** In order of their offsets. */
  readonly elements: readonly HTMLElement[];
  readonly #starts: readonly number[];

  /** @param root its elements with `data-start` are the anchors */
  constructor(root: ParentNode) {
    const found = [...root.querySelectorAll<HTMLElement>('[data-start]')];
    this.elements = found.sort((a, b) => startOf(a) - startOf(b));
    this.#starts = this.elements.map(startOf);
  }

  /** Offset at which element number `index` begins; behind the last one, Infinity. */
  start(index: number): number {
    return this.#starts[index] ?? Infinity;
  }

  /** Number of the last element that begins at or before `offset`; 0 before the first. */
  indexAt(offset: number): number {
    return lastWhere(this.elements.length, (index) => this.start(index) <= offset);
  }

  elementAt(offset: number): HTMLElement | null {
    return this.elements[this.indexAt(offset)] ?? null;
  }

  elementAtHeight(y: number): HTMLElement | null {
    return this.elements[lastAbove(this.elements, y)] ?? null;
  }

  /** Takes an element's text as spread evenly over its height. */
  offsetAtHeight(y: number): number {
    const element = this.elementAtHeight(y);
    if (!element) return 0;
    const { top, height } = element.getBoundingClientRect();
    const length = element.textContent?.length ?? 0;
    const share = height > 0 ? Math.min(1, Math.max(0, (y - top) / height)) : 0;
    return startOf(element) + Math.max(0, Math.min(length - 1, Math.floor(share * length)));
  }
}

function startOf(element: HTMLElement): number {
  return Number(element.dataset.start);
}

/** Number of the last element, of elements one below the other, whose top lies at or above `y`; 0 if none. */
export function lastAbove(elements: readonly Element[], y: number): number {
  return lastWhere(elements.length, (index) => (elements[index]?.getBoundingClientRect().top ?? y) <= y);
}

/** The last of `count` numbers for which a test holds that is true up to some number and false after it; 0 if none. */
export function lastWhere(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
