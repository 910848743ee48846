/** PDF: text in reading order with a box for every run; running headers and footers set apart. */
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ReadError } from '../document.ts';
import type { Margin, Page, Part } from '../document.ts';
import { blocksOf } from './pdf/blocks.ts';
import type { Typography } from './pdf/blocks.ts';
import { Composer, vocabularyOf } from './pdf/compose.ts';
import { pageItems } from './pdf/items.ts';
import type { Box } from './pdf/items.ts';
import { regionsOf, segmentsOf } from './pdf/lines.ts';
import type { Region, Segment } from './pdf/lines.ts';
import { runningSegments, segmentText } from './pdf/margins.ts';
import { openPdf } from './pdf/open.ts';
import { nameOf, noText, stemOf, tidyTitle } from './reading.ts';
import type { Content, ReadInput, ReadOptions } from './reading.ts';

interface RawPage {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly segments: readonly Segment[];
}

/** Reads a PDF. @throws ReadError encrypted, damaged, no-text */
export async function readPdf(input: ReadInput, options: ReadOptions): Promise<Content> {
  const name = nameOf(input.path);
  const { pdf, close } = await openPdf(input, options);
  try {
    const { pages, damaged } = await rawPages(pdf, options.onProgress);
    if (pages.length === 0)
      throw new ReadError(
        'damaged',
        `“${name}” is a PDF, but none of its pages could be read. Fetch it again from where it came and add it again.`,
      );
    const title = sensibleTitle(await metadataTitle(pdf)) || stemOf(input.path);
    return compose(name, title, pages, damaged);
  } finally {
    await close();
  }
}

async function rawPages(
  pdf: PDFDocumentProxy,
  onProgress?: (fraction: number) => void,
): Promise<{ pages: RawPage[]; damaged: number[] }> {
  const pages: RawPage[] = [];
  const damaged: number[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    try {
      const page = await pdf.getPage(number);
      const viewport = page.getViewport({ scale: 1 });
      const content = await page.getTextContent();
      pages.push({
        number,
        width: viewport.width,
        height: viewport.height,
        segments: segmentsOf(pageItems(content, viewport)),
      });
      page.cleanup();
    } catch {
      damaged.push(number);
    }
    onProgress?.(number / pdf.numPages);
  }
  return { pages, damaged };
}

function compose(name: string, title: string, rawPages: readonly RawPage[], damaged: readonly number[]): Content {
  const bodySize = prevailingSize(rawPages.flatMap(({ segments }) => segments)).size;
  const running = runningSegments(rawPages, bodySize);
  const margins: Margin[] = [];
  const laidOut = rawPages.map((page) => {
    const apart = running.get(page.number) ?? new Set();
    for (const segment of apart) margins.push({ page: page.number, text: segmentText(segment), ...boxOf(segment) });
    return { ...page, regions: regionsOf(page.segments.filter((segment) => !apart.has(segment))) };
  });
  const regions = laidOut.flatMap((page) => page.regions);
  const typography = typographyOf(regions);
  const composer = new Composer(vocabularyOf(regions));
  const pages: Page[] = laidOut.map(({ number, width, height, regions }) => ({
    number,
    width,
    height,
    ...composer.page(regions.flatMap((region) => blocksOf(region, typography))),
  }));
  const { text, blocks } = composer;
  if (!/\S/.test(text))
    throw noText(
      name,
      'its pages are pictures, a scan perhaps. Run text recognition (OCR) over it and add the result.',
    );
  const parts = pages.map(({ number, start, end }): Part => ({ kind: 'page', label: `page ${number}`, start, end }));
  const bare = pages.filter(({ start, end }) => start === end).map(({ number }) => number);
  return {
    title,
    text,
    blocks,
    parts,
    shown: { as: 'pages', pages, margins },
    notes: notesOn(damaged, bare, margins.length),
  };
}

function notesOn(damaged: readonly number[], bare: readonly number[], margins: number): string[] {
  const notes: string[] = [];
  if (damaged.length > 0)
    notes.push(
      `${pageList(damaged)} ${damaged.length === 1 ? 'is' : 'are'} damaged and could not be read; the other pages were kept.`,
    );
  if (bare.length === 1) notes.push(`${pageList(bare)} holds no text, only pictures or nothing; it was not read.`);
  if (bare.length > 1) notes.push(`${pageList(bare)} hold no text, only pictures or nothing; they were not read.`);
  if (margins > 0) notes.push(`${margins} running headers, footers and page numbers were left out of the text.`);
  return notes;
}

/** `Page 3`, `Pages 3, 5–9`. */
function pageList(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const list = ranges.map(([a, b]) => (a === b ? String(a) : `${a}–${b}`)).join(', ');
  return `${numbers.length === 1 ? 'Page' : 'Pages'} ${list}`;
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

function prevailingSize(segments: Iterable<Segment>): { size: number; font: string } {
  const counts = new Map<string, { size: number; font: string; count: number }>();
  for (const { items } of segments)
    for (const { size, font, text } of items) {
      const rounded = Math.round(size * 2) / 2;
      const entry = counts.get(`${rounded} ${font}`) ?? { size: rounded, font, count: 0 };
      counts.set(`${rounded} ${font}`, { ...entry, count: entry.count + text.length });
    }
  const best = [...counts.values()].reduce((a, b) => (b.count > a.count ? b : a), { size: 10, font: '', count: 0 });
  return { size: best.size, font: best.font };
}

function typographyOf(regions: readonly Region[]): Typography {
  const lines = regions.flat();
  const body = prevailingSize(lines.flatMap(({ segments }) => segments));
  const larger = new Set(lines.map(({ size }) => size).filter((size) => size > body.size * 1.12));
  return { body: body.size, font: body.font, headings: [...larger].sort((a, b) => b - a) };
}

async function metadataTitle(pdf: PDFDocumentProxy): Promise<string> {
  try {
    const { info } = await pdf.getMetadata();
    const title: unknown = 'Title' in info ? info.Title : '';
    return typeof title === 'string' ? title : '';
  } catch {
    // A PDF with broken metadata is still read under its file's name.
    return '';
  }
}

/** Many programs write a file name or nothing of use as the title. */
function sensibleTitle(raw: string): string {
  const title = tidyTitle(raw.replace(/^Microsoft (?:Word|PowerPoint|Excel) - /i, ''));
  const useless =
    /^(?:untitled|document|doc|title|slide|presentation|powerpoint presentation|print|scan|no title)\W*\d*$/i;
  if (
    title.length < 3 ||
    useless.test(title) ||
    /\.[a-z]{2,5}$/i.test(title) ||
    /[\uFFFD\u0080-\u009F]|^[\d\W]+$/.test(title)
  )
    return '';
  return title;
}
