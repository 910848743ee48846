/** The real text of a PDF page, laid over its picture: transparent to the eye, there for selection, marks and readers. */
import type { Page, Span } from '../../pipeline/document.ts';
import { boxes, type Box, type Highlight, type Measure } from './marks.ts';

const FONT = '100px sans-serif';
let pen: CanvasRenderingContext2D | null = null;

/** Width at 100 px in the font of the layer. */
const measure: Measure = (text) => {
  if (!pen) {
    pen = document.createElement('canvas').getContext('2d');
    if (pen) pen.font = FONT;
  }
  return pen ? pen.measureText(text).width : text.length;
};

/** Fills `layer`, one unit of which is one point of the page, with the page's text and its marks. */
export function fillLayer(layer: HTMLElement, page: Page, text: string, highlights: readonly Highlight[]): void {
  const list = boxes(page, text, highlights, measure);
  layer.replaceChildren(...list.map((box, index) => element(box, text, list[index + 1]?.start ?? page.end)));
}

function element(box: Box, text: string, next: number): HTMLElement {
  const piece = document.createElement(box.as.length > 0 ? 'mark' : 'span');
  piece.className = box.as.join(' ');
  piece.dataset.at = String(box.start);
  piece.dir = 'auto';
  const own = text.slice(box.start, box.end);
  // What stands between two runs is white space: it belongs to what is selected, not to what is measured.
  piece.textContent = own + text.slice(box.end, Math.max(box.end, next));
  const size = Math.max(1, box.height);
  const width = Math.max(0.1, (measure(own) * size) / 100);
  const { style } = piece;
  style.left = `${box.x}px`;
  style.top = `${box.y}px`;
  style.width = `${width}px`;
  style.height = `${size}px`;
  style.fontSize = `${size}px`;
  style.lineHeight = `${size}px`;
  style.transform = `scaleX(${box.width / width})`;
  return piece;
}

/** The part of the document's text that a selection inside layers covers, or null if it leaves them. */
export function selectedSpan(selection: Selection): Span | null {
  if (selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end };
}

function offsetOf(node: Node, inside: number): number | null {
  const piece = node.parentElement?.closest<HTMLElement>('[data-at]');
  return piece && node.nodeType === Node.TEXT_NODE ? Number(piece.dataset.at) + inside : null;
}
