/** Bookmarks: where one names a line of its page, that line is a heading of its depth. */
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PdfBlock } from './blocks.ts';
import { lineText } from './blocks.ts';

export interface Bookmark {
  readonly title: string;
  /** 1 for the outermost. */
  readonly level: number;
}

type Outline = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>;

const MOST = 5000;
const DEEPEST = 12;
const MOST_PER_PAGE = 60;

/** Bookmarks by the number of the page they lead to. Its pages must have been got before. */
export async function bookmarksOf(pdf: PDFDocumentProxy): Promise<ReadonlyMap<number, readonly Bookmark[]>> {
  const found = new Map<number, Bookmark[]>();
  let count = 0;
  const walk = async (items: Outline, level: number): Promise<void> => {
    for (const { title, dest, items: inner } of items) {
      if (count++ >= MOST) return;
      const number = await pageOf(pdf, dest);
      if (number !== null) found.set(number, [...(found.get(number) ?? []), { title, level: Math.min(6, level) }]);
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

async function pageOf(pdf: PDFDocumentProxy, dest: Outline[number]['dest']): Promise<number | null> {
  try {
    const explicit = (typeof dest === 'string' ? await pdf.getDestination(dest) : dest) as unknown[] | null;
    const target = explicit?.[0];
    if (typeof target === 'number') return target + 1;
    return typeof target === 'object' && target !== null
      ? pdf.cachedPageNumber(target as Parameters<PDFDocumentProxy['cachedPageNumber']>[0])
      : null;
  } catch {
    return null;
  }
}

/** The blocks of a page with its bookmarked lines as headings. */
export function withBookmarks(blocks: readonly PdfBlock[], bookmarks: readonly Bookmark[]): readonly PdfBlock[] {
  return bookmarks.slice(0, MOST_PER_PAGE).reduce(withBookmark, blocks);
}

/** A heading may be broken over so many lines. */
const MOST_LINES = 3;

function withBookmark(blocks: readonly PdfBlock[], { title, level }: Bookmark): readonly PdfBlock[] {
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
