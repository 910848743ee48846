/** What stands on a page besides its own text: values of form fields, text boxes, comments and attached files. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type * as PdfjsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import { captionsOf } from './buttons.ts';
import type { Box, Item, PageViewport } from './items.ts';
import { readable } from './items.ts';

/** The face of text that comes from no font of the page: it is never taken for a heading. */
export const NO_FONT = 'none';

export interface Comment {
  readonly text: string;
  readonly box: Box;
}

export interface Annotations {
  /** Values of fields and text boxes, a line an item. */
  readonly items: readonly Item[];
  readonly comments: readonly Comment[];
  /** Values of fields that the page does not show. */
  readonly hidden: readonly string[];
  readonly files: readonly AttachedFile[];
}

export interface AttachedFile {
  readonly filename: string;
  readonly content: Uint8Array;
}

export const NO_ANNOTATIONS: Annotations = { items: [], comments: [], hidden: [], files: [] };

/** What pdf.js tells of an annotation, as far as it is used here. */
interface Raw {
  readonly id?: string;
  readonly pushButton?: boolean;
  readonly subtype?: string;
  readonly rect: number[];
  readonly annotationFlags?: number;
  readonly fieldType?: string;
  readonly fieldValue?: unknown;
  readonly checkBox?: boolean;
  readonly radioButton?: boolean;
  readonly buttonValue?: string | null;
  readonly combo?: boolean;
  readonly options?: readonly { readonly exportValue: string; readonly displayValue: string }[];
  readonly textContent?: readonly string[];
  readonly contentsObj?: { readonly str: string };
  readonly titleObj?: { readonly str: string };
  readonly defaultAppearanceData?: { readonly fontSize?: number };
  readonly file?: AttachedFile;
}

const HIDDEN = 2 | 32;
/** Links say nothing of their own; a pop-up repeats the comment it belongs to. */
const SILENT = new Set(['Link', 'Popup', 'Widget', 'FreeText']);
const MOST_PER_PAGE = 5000;

/** Reads a page's annotations; broken ones are passed over by pdf.js. `own` is the page's own text. */
export async function pageAnnotations(
  page: PDFPageProxy,
  viewport: PageViewport,
  own: readonly Item[],
  pdfjs: typeof PdfjsModule,
): Promise<Annotations> {
  const raws = ((await page.getAnnotations()) as Raw[]).slice(0, MOST_PER_PAGE);
  if (raws.length === 0) return NO_ANNOTATIONS;
  const items: Item[] = [];
  const comments: Comment[] = [];
  const hidden: string[] = [];
  const files: AttachedFile[] = [];
  const seen = letters(own.map(({ text }) => text).join(''));
  const captions = raws.some(({ pushButton }) => pushButton)
    ? await captionsOf(page, pdfjs).catch(() => new Map<string, string>())
    : new Map<string, string>();
  for (const raw of raws) {
    const box = boxOf(raw.rect, viewport);
    if (box === null) continue;
    if (raw.file?.content instanceof Uint8Array) files.push(raw.file);
    const lines = (raw.pushButton ? [captions.get(raw.id ?? '') ?? ''] : linesOf(raw))
      .map((line) => readable(line).trim())
      .filter((line) => line !== '');
    if (((raw.annotationFlags ?? 0) & HIDDEN) !== 0) hidden.push(...lines);
    else items.push(...placed(lines, box, raw).filter((item) => !own.some((other) => isSame(item, other))));
    const said = SILENT.has(raw.subtype ?? '') ? '' : readable(raw.contentsObj?.str ?? '').trim();
    // Some programs copy the words that are marked into the mark.
    if (/[\p{L}\p{N}]/u.test(said) && !(said.length > 8 && seen.includes(letters(said))))
      comments.push({ text: `${commentedBy(raw)}: ${said}`, box });
  }
  return { items, comments, hidden, files };
}

function commentedBy({ titleObj }: Raw): string {
  const author = readable(titleObj?.str ?? '').trim();
  return author === '' ? 'Comment' : `Comment by ${author}`;
}

function linesOf(raw: Raw): readonly string[] {
  if (raw.subtype === 'FreeText') return raw.textContent ?? (raw.contentsObj?.str ?? '').split(/\r\n?|\n/);
  if (raw.subtype !== 'Widget') return [];
  const { fieldValue: value } = raw;
  if (raw.fieldType === 'Tx') {
    const drawn = (raw.textContent ?? []).filter((line) => line.trim() !== '');
    return drawn.length > 0 ? drawn : typeof value === 'string' ? value.split(/\r\n?|\n/) : [];
  }
  if (raw.fieldType === 'Btn') return typeof value === 'string' ? buttonWords(raw, value) : [];
  if (raw.fieldType === 'Ch') return choiceLines(raw, Array.isArray(value) ? value.map(String) : [String(value ?? '')]);
  return [];
}

/** A sign without words could not be searched. */
function buttonWords(raw: Raw, value: string): string[] {
  if (raw.checkBox) return [value === 'Off' ? 'not checked' : 'checked'];
  if (raw.radioButton && value !== 'Off' && value === raw.buttonValue) return ['chosen'];
  return [];
}

/** A closed list shows its value, an open one all there is to choose. */
function choiceLines({ combo, options = [] }: Raw, values: readonly string[]): string[] {
  const chosen = values.map((value) => options.find(({ exportValue }) => exportValue === value)?.displayValue ?? value);
  if (combo !== false || options.length > 200) return chosen;
  return options.map(({ displayValue }) => (chosen.includes(displayValue) ? `${displayValue} (chosen)` : displayValue));
}

function boxOf(rect: readonly number[], viewport: PageViewport): Box | null {
  const [a = NaN, b = NaN, c = NaN, d = NaN] = viewport.convertToViewportRectangle([...rect]) as number[];
  if (![a, b, c, d].every(Number.isFinite)) return null;
  return { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(c - a), height: Math.abs(d - b) };
}

function placed(lines: readonly string[], box: Box, raw: Raw): Item[] {
  const each = box.height / lines.length;
  const stated = raw.defaultAppearanceData?.fontSize ?? 0;
  const size = Math.max(1, Math.min(stated > 0 ? stated : 12, each * 0.85 || 12));
  return lines.map((text, i) => levelItem(text, { ...box, y: box.y + each * i, height: each || size }, size));
}

/** Level text in a box that no font says the measures of. */
export function levelItem(text: string, box: Box, size: number): Item {
  const centre = box.y + box.height / 2;
  // The words rarely fill the box; half an em a letter is what they take.
  const width = Math.min(box.width, text.length * size * 0.5);
  const rightToLeft = /^[^\p{L}]*[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFE]/u.test(text);
  const left = rightToLeft ? box.x + box.width - width : box.x;
  return {
    text,
    box,
    frame: '0',
    left,
    right: left + width,
    top: centre - size * 0.6,
    bottom: centre + size * 0.6,
    size,
    font: NO_FONT,
    rightToLeft,
    spaced: true,
  };
}

/** The page has the value as text of its own too. */
function isSame(item: Item, own: Item): boolean {
  const { box } = own;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const inside =
    x >= item.box.x && x <= item.box.x + item.box.width && y >= item.box.y - 2 && y <= item.box.y + item.box.height + 2;
  return inside && letters(own.text) === letters(item.text);
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}
