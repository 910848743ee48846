/** The pages of an open PDF: their text as segments, and what stands on them besides. */
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type * as PdfjsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Recognise } from '../reading.ts';
import { NO_ANNOTATIONS, pageAnnotations } from './annotations.ts';
import type { Annotations } from './annotations.ts';
import { pageItems, unknownCharacters } from './items.ts';
import { segmentsOf } from './segments.ts';
import type { Segment } from './segments.ts';
import { pictureOf, recognisedItems } from './pictures.ts';
import { textContentOf } from './text-content.ts';

export interface RawPage {
  /** 1-based. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly segments: readonly Segment[];
  readonly annotations: Annotations;
  /** Characters without a meaning, left out. */
  readonly unknown: number;
}

/** Numbers of pages: of those that could not be read, and of those that there was no time for. */
export interface Lost {
  readonly damaged: readonly number[];
  readonly unread: readonly number[];
}

/** Pages in order, as many as can be read until `end` (of `performance.now()`), but at least one. */
export async function rawPages(
  pdf: PDFDocumentProxy,
  pdfjs: typeof PdfjsModule,
  end: number,
  onPage: (fraction: number) => void,
): Promise<Lost & { pages: RawPage[] }> {
  const pages: RawPage[] = [];
  const damaged: number[] = [];
  const unread: number[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    if (pages.length > 0 && performance.now() > end) {
      for (let left = number; left <= pdf.numPages; left++) unread.push(left);
      break;
    }
    try {
      pages.push(await rawPage(pdf, pdfjs, number));
    } catch {
      damaged.push(number);
    }
    onPage(number / pdf.numPages);
  }
  return { pages, damaged, unread };
}

async function rawPage(pdf: PDFDocumentProxy, pdfjs: typeof PdfjsModule, number: number): Promise<RawPage> {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: 1 });
  const content = await textContentOf(page);
  const items = pageItems(content, viewport);
  // A page is worth having without what is pinned to it.
  const annotations = await pageAnnotations(page, viewport, items, pdfjs).catch(() => NO_ANNOTATIONS);
  page.cleanup();
  const segments = [...segmentsOf(items), ...segmentsOf(annotations.items)];
  const { width, height } = viewport;
  return { number, width, height, segments, annotations, unknown: unknownCharacters(content) };
}

/** Segments of the pages of these numbers as text recognition sees them; a page that it cannot read is left out. */
export async function recognisedPages(
  pdf: PDFDocumentProxy,
  numbers: readonly number[],
  recognise: Recognise,
  onPage: (fraction: number) => void,
): Promise<ReadonlyMap<number, readonly Segment[]>> {
  const found = new Map<number, readonly Segment[]>();
  for (const [i, number] of numbers.entries()) {
    try {
      const page = await pdf.getPage(number);
      const { picture, scale } = await pictureOf(page);
      page.cleanup();
      const segments = segmentsOf(recognisedItems(await recognise(picture), scale));
      if (segments.length > 0) found.set(number, segments);
    } catch {
      // It is named among the pages that were not read.
    }
    onPage((i + 1) / numbers.length);
  }
  return found;
}
