/** Bookmarks: the file's own table of contents; where one names a line of its page, that line is a heading of its depth. */
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Bookmark } from '../../document.ts';
import { tidyTitle } from '../reading.ts';
import type { PdfBlock } from './blocks.ts';
import { lineText } from './blocks.ts';

type Outline = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>;
type Reference = Parameters<PDFDocumentProxy['cachedPageNumber']>[0];

const MOST = 5000;
const DEEPEST = 12;
const MOST_PER_PAGE = 60;

/** Bookmarks in order. Those that lead to pages which were not got before, or out of the file, are passed over. */
export async function bookmarksOf(pdf: PDFDocumentProxy): Promise<readonly Bookmark[]> {
  const found: Bookmark[] = [];
  let count = 0;
  const walk = async (items: Outline, level: number): Promise<void> => {
    for (const { title, dest, items: inner } of items) {
      if (count++ >= MOST) return;
      const place = await placeOf(pdf, dest);
      const tidy = tidyTitle(title);
      if (place !== null && tidy !== '') found.push({ title: tidy, level: Math.min(6, level), ...place });
      if (level < DEEPEST) await walk(inner as Outline, level + 1);
    }
  };
  try {
    // pdf.js answers null where there is no outline.
    await walk((await pdf.getOutline()) ?? [], 1);
  } catch {
    // A broken outline takes nothing from the pages.
  }
  return found;
}

async function placeOf(
  pdf: PDFDocumentProxy,
  dest: Outline[number]['dest'],
): Promise<Pick<Bookmark, 'page' | 'top'> | null> {
  try {
    const explicit = (typeof dest === 'string' ? await pdf.getDestination(dest) : dest) as unknown[] | null;
    const [target, kind, ...numbers] = explicit ?? [];
    const page = pageOf(pdf, target);
    return page === null ? null : { page, top: await topOf(pdf, page, kind, numbers) };
  } catch {
    return null;
  }
}

function pageOf(pdf: PDFDocumentProxy, target: unknown): number | null {
  if (typeof target === 'number') return Number.isInteger(target) ? target + 1 : null;
  return typeof target === 'object' && target !== null ? pdf.cachedPageNumber(target as Reference) : null;
}

/** Of `/XYZ left top zoom`, `/FitH top`, `/FitR left bottom right top` and their like; any other shows the whole page. */
async function topOf(pdf: PDFDocumentProxy, number: number, kind: unknown, numbers: unknown[]): Promise<number> {
  const { name } = kind as { name?: string };
  const place = { XYZ: numbers, FitH: [0, ...numbers], FitBH: [0, ...numbers], FitR: [numbers[0], numbers[3]] };
  const [x, y] = place[name as keyof typeof place] ?? [];
  if (typeof y !== 'number') return 0;
  const viewport = (await pdf.getPage(number)).getViewport({ scale: 1 });
  const [, top] = viewport.convertToViewportPoint(typeof x === 'number' ? x : 0, y) as number[];
  return top !== undefined && top > 0 && top < viewport.height ? top : 0;
}

/** By the number of the page they lead to. */
export function byPage(bookmarks: readonly Bookmark[]): ReadonlyMap<number, readonly Bookmark[]> {
  const pages = new Map<number, Bookmark[]>();
  for (const bookmark of bookmarks) {
    const page = pages.get(bookmark.page);
    if (page) page.push(bookmark);
    else pages.set(bookmark.page, [bookmark]);
  }
  return pages;
}

type Named = Pick<Bookmark, 'title' | 'level'>;

/** The blocks of a page with its bookmarked lines as headings. */
export function withBookmarks(blocks: readonly PdfBlock[], bookmarks: readonly Named[]): readonly PdfBlock[] {
  return bookmarks.slice(0, MOST_PER_PAGE).reduce(withBookmark, blocks);
}

/** A heading may be broken over so many lines. */
const MOST_LINES = 3;

function withBookmark(blocks: readonly PdfBlock[], { title, level }: Named): readonly PdfBlock[] {
  const wanted = plain(title);
  if (wanted.length < 3) return blocks;
  for (const [at, block] of blocks.entries())
    for (let from = 0; from < block.lines.length; from++)
      for (let to = from + 1; to <= Math.min(from + MOST_LINES, block.lines.length); to++) {
        const lines = block.lines.slice(from, to);
        if (plain(lines.map(lineText).join(' ')) !== wanted) continue;
        const rest = (part: PdfBlock['lines']): PdfBlock[] => (part.length > 0 ? [{ ...block, lines: part }] : []);
        return [
          ...blocks.slice(0, at),
          ...rest(block.lines.slice(0, from)),
          { kind: 'heading', level, lines },
          ...rest(block.lines.slice(to)),
          ...blocks.slice(at + 1),
        ];
      }
  return blocks;
}

/** Letters and digits without a number in front: bookmarks have it or not as the program likes. */
function plain(text: string): string {
  const bare = text.normalize('NFKC').toLowerCase();
  const named = bare.replace(
    /^\s*(?:(?:chapter|section|part|appendix)\s+)?(?:\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-z])[.:)]*\s+(?=\S)/,
    '',
  );
  return named.replace(/[^\p{L}\p{N}]/gu, '');
}
