/** What a PDF holds besides lines of text; files made byte by byte or by LibreOffice. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { lines, pdfOf } from '../../../../tests/support/pdf-bytes.ts';
import { brokenPromises } from '../../../../tests/support/reader-invariants.ts';
import { ReadError } from '../../document.ts';
import { readDocument } from '../read.ts';
import type { ReadOptions } from '../read.ts';

const folder = join(import.meta.dirname, '../../../../tests/fixtures/documents');
const load = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const read = (name: string, options: ReadOptions = {}) =>
  readDocument({ path: name, bytes: load(`formats/${name}`) }, options);

const NAMELESS =
  '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [129 /mystery /riddle] >> >>';

/** A PDF of so many pages, each of one line, with two characters in its font that have no meaning. */
function pagesInBytes(count: number, words = 'Entry number'): Uint8Array {
  const pages = Array.from({ length: count }, (_, i) => ({
    content: `BT /F1 11 Tf 60 ${700 - (i % 500)} Td (${words} ${i + 1} of the log.) Tj ET`,
  }));
  return pdfOf(pages, { fonts: () => ({ F1: NAMELESS }) });
}

describe('forms, comments, bookmarks and attachments of a PDF', () => {
  it('reads values beside their labels, comments after their page, and bookmarked lines as headings', async () => {
    const document = await read('form.pdf');
    expect(document.text).toBe(
      [
        'Application for a garage',
        'The tenant fills in this form and gives it to the caretaker before the first of the month.',
        'Name: | Ada Brook\nElectric car: | checked\nWinter tyres: | not checked',
        'Paid by month:',
        'Paid by year: | chosen\nPlace: | Under the house',
        'Box 12 is free.',
        'Keys',
        'Two keys are handed out. A third one costs 20 euros.',
        'Comment by Ben: The price was 15 euros last year.',
      ].join('\n\n'),
    );
    const headings = document.blocks.filter((block) => block.kind === 'heading');
    expect(headings.map(({ level, start, end }) => [level, document.text.slice(start, end)])).toEqual([
      [1, 'Application for a garage'],
      [2, 'Keys'],
    ]);
    expect(document.blocks.flatMap((block) => (block.kind === 'row' ? [block.header] : []))).toEqual(Array(5).fill(''));
    expect(brokenPromises(document)).toEqual([]);
  });

  it('keeps the bookmarks with their places, as the file’s own contents', async () => {
    const { shown } = await read('form.pdf');
    expect(shown.as === 'pages' && shown.bookmarks).toEqual([
      { title: '1. Application for a garage', level: 1, page: 1, top: 62 },
      { title: 'Keys', level: 2, page: 2, top: 62 },
    ]);
  });

  it('takes bookmarks to turned pages, names and whole pages, and passes by those that lead out', async () => {
    const pages = [{ content: lines(['One.']) }, { content: lines(['Two.']), entries: '/Rotate 90' }];
    const bytes = pdfOf(pages, {
      catalogue: (pdf, [first, second]) => {
        const outline = pdf.reserve();
        const dests = [
          `/Dest [${first} 0 R /FitH 700]`,
          `/Dest [${second} 0 R /XYZ 100 700 null]`,
          '/Dest (named)',
          '/Dest [99 0 R /Fit]',
          '/A << /S /URI /URI (https://example.org/) >>',
        ];
        const items = dests.map(() => pdf.reserve());
        dests.forEach((dest, i) => {
          const beside = `${i > 0 ? `/Prev ${items[i - 1]} 0 R` : ''} ${i < 4 ? `/Next ${items[i + 1]} 0 R` : ''}`;
          pdf.put(items[i]!, `<< /Title (Place ${i + 1}) /Parent ${outline} 0 R ${beside} ${dest} >>`);
        });
        pdf.put(outline, `<< /Type /Outlines /First ${items[0]} 0 R /Last ${items[4]} 0 R /Count 5 >>`);
        return `/Outlines ${outline} 0 R /Dests << /named [${first} 0 R /Fit] >>`;
      },
    });
    const { shown } = await readDocument({ path: 'x.pdf', bytes });
    expect(shown.as === 'pages' && shown.bookmarks).toEqual([
      { title: 'Place 1', level: 1, page: 1, top: 142 },
      { title: 'Place 2', level: 1, page: 2, top: 100 },
      { title: 'Place 3', level: 1, page: 1, top: 0 },
    ]);
  });

  it('names author and day, hands out attached files, and tells what is hidden', async () => {
    const { title, author, date, inner, omitted, notes } = await read('form.pdf');
    expect([title, author, date]).toEqual(['Garage form', 'House Committee', '2024-03-01']);
    expect(inner.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['tariff.txt', 'Garage: 60 euros a month.\n'],
    ]);
    expect(omitted).toEqual([{ what: 'hidden form fields', text: 'form 7 of 2024' }]);
    expect(notes).toEqual([
      'One comment stands at the end of its page.',
      'One hidden form field was left out of the text.',
    ]);
  });

  it('puts a value and a comment where they are on the page', async () => {
    const { shown, text } = await read('form.pdf');
    const runs = shown.as === 'pages' ? shown.pages.flatMap((page) => page.runs) : [];
    const boxOf = (words: string) => runs.find(({ start }) => text.startsWith(words, start));
    expect(boxOf('Ada Brook')).toMatchObject({ x: 150, y: 150, width: 250, height: 17 });
    expect(boxOf('Comment by Ben')).toMatchObject({ x: 400, y: 92, width: 22, height: 22 });
  });
});

describe('layout of a PDF', () => {
  it('reads three columns one after the other between what crosses them', async () => {
    const document = await read('columns.pdf');
    expect(document.text.split('\n\n').map((paragraph) => paragraph.slice(0, 17))).toEqual([
      'Three things wort',
      'The first column ',
      'The second column',
      'The third column ',
      'A line below goes',
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('reads Hebrew and Arabic as they are spoken, with numbers and Latin words among them', async () => {
    const document = await read('right-to-left.pdf');
    expect(document.text).toBe('قرأت كتاب Carrel في 12 يوما.\n\nהספרייה נפתחת בשעה 9 בבוקר ונסגרת בשעה 20 בערב.');
    expect(brokenPromises(document)).toEqual([]);
  });
});

describe('a PDF that means harm', () => {
  it('runs no script and asks no other host', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch');
    const document = await read('script.pdf');
    expect(document.text).toBe('Nothing of this is run. 42');
    expect(fetching).not.toHaveBeenCalled();
    expect(globalThis).not.toHaveProperty('carrelWasRun');
    fetching.mockRestore();
  });

  it('comes out of outlines and pages that lead in circles', async () => {
    const document = await read('loops.pdf');
    expect(document.text).toBe('The only page there is.');
    expect(document.notes).toEqual(['Page 2 is damaged and could not be read; the other pages were kept.']);
  });

  it('reads what stands before a flood of blanks', async () => {
    expect((await read('bomb.pdf')).text).toBe('Before the flood');
  }, 60_000);

  it('reads a thousand pages, each apart', async () => {
    const document = await readDocument({ path: 'long.pdf', bytes: pagesInBytes(1000) });
    expect(document.parts).toHaveLength(1000);
    const last = document.parts.at(-1)!;
    expect(document.text.slice(last.start, last.end)).toBe('Entry number 1000 of the log.');
    expect(brokenPromises(document)).toEqual([]);
  }, 60_000);

  it('reads as many pages as there is time for, and says which were not read', async () => {
    const bytes = pagesInBytes(400);
    const read = async (milliseconds: number) => {
      const began = performance.now();
      const document = await readDocument({ path: 'long.pdf', bytes }, { milliseconds });
      expect(brokenPromises(document)).toEqual([]);
      return { document, took: performance.now() - began };
    };
    await read(Infinity);
    const whole = await read(Infinity);
    expect(whole.document.unfinished).toBeUndefined();
    expect(whole.document.notes).toEqual([]);

    const none = await read(0);
    expect(none.document.text).toBe('Entry number 1 of the log.');
    expect(none.document.unfinished).toBe(true);
    expect(none.document.notes).toEqual([
      'Pages 2–400 were not read: time ran out. “Read the rest” takes more time; or split the file and add the parts.',
    ]);

    const half = await read(whole.took / 2);
    expect(half.took).toBeLessThan(whole.took * 0.8);
    const pages = half.document.parts.length;
    expect(pages).toBeLessThan(400);
    expect(half.document.notes[0]).toMatch(RegExp(`^Pages? ${pages + 1}(?:–400)? w(?:as|ere) not read: time ran out`));
  }, 60_000);

  it('tells of characters that a font gives no meaning', async () => {
    const { text, notes } = await readDocument({ path: 'signs.pdf', bytes: pagesInBytes(1, 'Version \\201.\\202') });
    expect(text).toBe('Version . 1 of the log.');
    expect(notes).toEqual(['2 characters were left out: the fonts do not say which letters they stand for.']);
  });

  it('ends every damaged file as a document or a reason', async () => {
    const whole = load('formats/form.pdf');
    const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(damage, fc.integer({ min: 20, max: whole.length }), async (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        const outcome = await readDocument({ path: 'x.pdf', bytes }).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(ReadError);
        else expect(brokenPromises(outcome as Awaited<ReturnType<typeof read>>)).toEqual([]);
      }),
      { numRuns: 60, seed: 4 },
    );
  }, 60_000);
});

describe('text recognition of a PDF', () => {
  afterEach(() => vi.unstubAllGlobals());
  const bytes = load('readers/handbook.pdf');
  const line = { text: 'Closed on Mondays.', x: 200, y: 100, width: 400, height: 30 };

  it('reads pages without text from their pictures, and says so', async () => {
    const canvas = await import('@napi-rs/canvas');
    const canvasOf = function (width: number, height: number): unknown {
      const made = canvas.createCanvas(width, height);
      const convertToBlob = () => Promise.resolve(new Blob([new Uint8Array(made.toBuffer('image/png'))]));
      return Object.assign(made, { convertToBlob });
    };
    vi.stubGlobal('OffscreenCanvas', canvasOf);
    const pictures: Blob[] = [];
    const document = await readDocument(
      { path: 'handbook.pdf', bytes },
      { recognise: (picture) => (pictures.push(picture), Promise.resolve([line])) },
    );
    const { start, end } = document.parts[4]!;
    expect(document.text.slice(start, end)).toBe('Closed on Mondays.');
    expect(document.notes[0]).toBe('Page 5 was read by text recognition; some words may be wrong.');
    expect(pictures).toHaveLength(1);
    const run = document.shown.as === 'pages' ? document.shown.pages[4]!.runs[0]! : null;
    expect(run?.x).toBeCloseTo(72, 0);
    expect(run?.width).toBeCloseTo(144, 0);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('leaves pictures alone where nothing can draw them', async () => {
    const recognise = vi.fn(() => Promise.resolve([line]));
    vi.stubGlobal('OffscreenCanvas', undefined);
    const document = await readDocument({ path: 'handbook.pdf', bytes }, { recognise });
    expect(recognise).not.toHaveBeenCalled();
    expect(document.notes[0]).toBe('Page 5 holds no text, only pictures or nothing; it was not read.');
  });
});
