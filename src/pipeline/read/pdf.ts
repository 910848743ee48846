/** PDF: text in reading order with a box for every run; running headers and footers set apart. */
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type * as PdfjsModule from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ReadError } from '../document.ts';
import type { Bookmark, Margin, Omitted, Page, Part } from '../document.ts';
import type { Comment } from './pdf/annotations.ts';
import { levelItem } from './pdf/annotations.ts';
import { innerFiles } from './pdf/attachments.ts';
import { blocksOf } from './pdf/blocks.ts';
import type { PdfBlock } from './pdf/blocks.ts';
import { Composer, vocabularyOf } from './pdf/compose.ts';
import type { Box } from './pdf/items.ts';
import { linesOf, regionsOf } from './pdf/lines.ts';
import { segmentsOf } from './pdf/segments.ts';
import type { Segment } from './pdf/segments.ts';
import { runningSegments, segmentText } from './pdf/margins.ts';
import { openPdf } from './pdf/open.ts';
import { bookmarksOf, byPage, withBookmarks } from './pdf/outline.ts';
import { rawPages, recognisedPages } from './pdf/pages.ts';
import type { Lost, RawPage } from './pdf/pages.ts';
import { canDraw, showsSomething } from './pdf/pictures.ts';
import { propertiesOf } from './pdf/properties.ts';
import type { Properties } from './pdf/properties.ts';
import { notesOn } from './pdf/report.ts';
import { prevailingSize, typographyOf } from './pdf/typography.ts';
import { nameOf, noText, stemOf } from './reading.ts';
import type { Content, ReadInput, ReadOptions } from './reading.ts';

/** All that was found in the file, before it is put in order. */
interface Found {
  readonly properties: Properties;
  /** Recognised pages among them. */
  readonly pages: readonly RawPage[];
  readonly running: ReadonlyMap<number, ReadonlySet<Segment>>;
  readonly bookmarks: readonly Bookmark[];
  readonly lost: Lost;
  /** Numbers of pages. */
  readonly blank: readonly number[];
  readonly recognised: readonly number[];
}

/** Share of the time that reading takes where text recognition follows. */
const READING = 0.1;

/** Share of the time there is that pages are read in: they must be put in order and cut into passages too. */
const PAGES_SHARE = 0.7;

/** Reads a PDF. @throws ReadError locked, damaged, no-text, picture */
export async function readPdf(input: ReadInput, options: ReadOptions): Promise<Content> {
  const name = nameOf(input.path);
  const end = performance.now() + (options.milliseconds ?? Infinity) * PAGES_SHARE;
  const { pdf, pdfjs, close } = await openPdf(input, options);
  const recognise = canDraw() ? options.recognise : undefined;
  const share = recognise ? READING : 1;
  try {
    const { pages, ...lost } = await rawPages(pdf, pdfjs, end, (part) => options.onProgress?.(part * share));
    if (pages.length === 0)
      throw new ReadError(
        'damaged',
        `“${name}” is a PDF, but none of its pages could be read. Fetch it again from where it came and add it again.`,
      );
    const running = runningSegments(pages, prevailingSize(pages.flatMap(({ segments }) => segments)).size);
    const bare = pages.filter((page) => !page.segments.some((segment) => !running.get(page.number)?.has(segment)));
    const numbers = bare.map(({ number }) => number);
    const seen = recognise
      ? await recognisedPages(pdf, numbers, recognise, (part) => options.onProgress?.(share + part * (1 - share)))
      : new Map<number, readonly Segment[]>();
    const attached = await innerFiles(
      pdf,
      pages.flatMap(({ annotations }) => annotations.files),
    );
    const textless =
      bare.length === pages.length &&
      seen.size === 0 &&
      pages.every(({ annotations }) => annotations.comments.length === 0);
    if (textless && (running.size === 0 || (await anyShows(pdf, pdfjs, numbers))))
      throw withAttached(
        await textlessError(name, pdf, pdfjs, numbers, recognise !== undefined),
        attached.inner.length,
      );
    const blank = textless ? [] : await blankPages(pdf, pdfjs, numbers);
    const content = compose(input.path, {
      properties: await propertiesOf(pdf),
      pages: pages.map((page) => ({ ...page, segments: [...page.segments, ...(seen.get(page.number) ?? [])] })),
      // Where every line runs through the document, they are its text.
      running: textless ? new Map() : running,
      bookmarks: await bookmarksOf(pdf),
      lost,
      blank: blank.filter((number) => !seen.has(number)),
      recognised: [...seen.keys()],
    });
    return { ...content, inner: attached.inner, notes: [...content.notes, ...attached.notes] };
  } finally {
    await close();
  }
}

function compose(path: string, found: Found): Content {
  const { properties, lost, recognised } = found;
  const margins: Margin[] = [];
  const laidOut = found.pages.map((page) => {
    const apart = found.running.get(page.number) ?? new Set();
    for (const segment of apart) margins.push({ page: page.number, text: segmentText(segment), ...boxOf(segment) });
    return { ...page, regions: regionsOf(page.segments.filter((segment) => !apart.has(segment))) };
  });
  const regions = laidOut.flatMap((page) => page.regions);
  const typography = typographyOf(regions);
  const bookmarked = byPage(found.bookmarks);
  const composer = new Composer(vocabularyOf(regions));
  const pages = laidOut.map(({ number, width, height, regions, annotations }): Page => {
    const own = regions.flatMap((region) => blocksOf(region, typography));
    const blocks = withBookmarks(own, bookmarked.get(number) ?? []);
    const placed = composer.page([...blocks, ...annotations.comments.map(commentBlock)]);
    const blank = placed.start === placed.end && found.blank.includes(number);
    return { number, width, height, ...placed, ...(blank ? { blank } : {}) };
  });
  const hidden = found.pages.flatMap(({ annotations }) => annotations.hidden);
  const omitted: Omitted[] = [
    { what: 'running headers and footers', text: margins.map(({ text }) => text).join('\n') },
    { what: 'hidden form fields', text: hidden.join('\n') },
  ];
  return {
    title: properties.title || stemOf(path),
    author: properties.author,
    date: properties.date,
    text: composer.text,
    blocks: composer.blocks,
    parts: pages.map(({ number, start, end }): Part => ({ kind: 'page', label: `page ${number}`, start, end })),
    shown: {
      as: 'pages',
      pages,
      margins,
      bookmarks: found.bookmarks.filter(({ page }) => pages.some(({ number }) => number === page)),
    },
    notes: notesOn({
      ...lost,
      bare: pages.filter(({ start, end, blank }) => start === end && !blank).map(({ number }) => number),
      blank: pages.filter(({ blank }) => blank).map(({ number }) => number),
      recognised,
      margins: margins.length,
      comments: found.pages.reduce((sum, { annotations }) => sum + annotations.comments.length, 0),
      hidden: hidden.length,
      unknown: found.pages.reduce((sum, { unknown }) => sum + unknown, 0),
      madeByForm: properties.madeByForm,
    }),
    omitted: omitted.filter(({ text }) => text !== ''),
    ...(lost.unread.length > 0 ? { unfinished: true } : {}),
  };
}

/** Comments are read after the page they are pinned to, so that they break no sentence of it. */
function commentBlock({ text, box }: Comment): PdfBlock {
  return { kind: 'paragraph', lines: linesOf(segmentsOf([levelItem(text, box, Math.min(10, box.height || 10))])) };
}

/** One page that shows something tells; a long file is not drawn through for it. */
const PAGES_LOOKED_AT = 10;

/** Pages on which nothing is drawn, up to the first one that shows something: from there on it is worth a recognition. */
async function blankPages(
  pdf: PDFDocumentProxy,
  pdfjs: typeof PdfjsModule,
  numbers: readonly number[],
): Promise<readonly number[]> {
  const blank: number[] = [];
  for (const number of numbers) {
    // A page that cannot be looked at is not known to be blank.
    const shows = await pdf
      .getPage(number)
      .then((page) => showsSomething(page, pdfjs))
      .catch(() => true);
    if (shows) break;
    blank.push(number);
  }
  return blank;
}

async function anyShows(
  pdf: PDFDocumentProxy,
  pdfjs: typeof PdfjsModule,
  numbers: readonly number[],
): Promise<boolean> {
  for (const number of numbers.slice(0, PAGES_LOOKED_AT))
    if (await showsSomething(await pdf.getPage(number), pdfjs).catch(() => false)) return true;
  return false;
}

async function textlessError(
  name: string,
  pdf: PDFDocumentProxy,
  pdfjs: typeof PdfjsModule,
  numbers: readonly number[],
  recognised: boolean,
): Promise<ReadError> {
  if (recognised) return noText(name, 'text recognition found no words on its pages.');
  if (!(await anyShows(pdf, pdfjs, numbers)))
    return noText(name, 'its pages are blank. Check that it was saved whole.');
  return new ReadError(
    'picture',
    noText(
      name,
      'its pages are pictures, a scan perhaps. Have text recognition (OCR) read them here, or add a copy with text.',
    ).message,
  );
}

/** A refused file hands nothing out: what was attached to it is told. */
function withAttached(error: ReadError, count: number): ReadError {
  if (count === 0) return error;
  const files = `${count} attached ${count === 1 ? 'file was' : 'files were'}`;
  return new ReadError(
    error.code,
    `${error.message} ${files} not read either: save them from a PDF viewer and add them.`,
  );
}

function boxOf({ items }: Segment): Box {
  const boxes = items.map(({ box }) => box);
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
