/** A book as a PDF: prose on every page, a drawing on every fifth, and now and then a page laid sideways. */
import { lines, pdfOf } from './pdf-bytes.ts';
import type { PageSource, PdfBytes } from './pdf-bytes.ts';

const WORDS = (
  'the keeper of a lamp wrote in his log that evening how oil had been carried up from harbour boats while ' +
  'wind turned slowly to north and every window on that side was shut before night came over water'
).split(' ');

/** Always the same prose for the same place; no two lines of a book are alike. */
function line(page: number, at: number): string {
  const seed = page * 61 + at * 17;
  const words = Array.from({ length: 12 }, (_, i) => WORDS[(seed * (i + 3) + i * i) % WORDS.length]);
  return `${words.join(' ')} ${page}.${at + 1}`;
}

/** Lines through a field, some thousand strokes: a page that takes a while to draw. */
function drawing(strokes: number): string {
  const each = Array.from({ length: strokes }, (_, i) => {
    const angle = (i / strokes) * 20 * Math.PI;
    const radius = 20 + (i / strokes) * 110;
    return `${(297 + radius * Math.cos(angle)).toFixed(1)} ${(200 + radius * Math.sin(angle)).toFixed(1)} l`;
  });
  return `0.6 w 0.1 0.3 0.5 RG 317 200 m ${each.join(' ')} S`;
}

/** Pages full of small print: about 4,600 characters each. */
export function densePages(count: number): Uint8Array<ArrayBuffer> {
  return pdfOf(
    Array.from({ length: count }, (_, i) => {
      const words = Array.from({ length: 66 }, (_, at) => line(i + 1, at));
      return { content: lines(words, { size: 9, leading: 11.5, top: 800 }) };
    }),
  );
}

/** Chapters of ten pages, each with a second bookmark to the middle of its fourth page. */
function outline(pdf: PdfBytes, pages: readonly number[]): string {
  const root = pdf.reserve();
  const chapters = Array.from({ length: Math.ceil(pages.length / 10) }, () => [pdf.reserve(), pdf.reserve()] as const);
  chapters.forEach(([chapter, section], i) => {
    const beside = [i > 0 && `/Prev ${chapters[i - 1]![0]} 0 R`, chapters[i + 1] && `/Next ${chapters[i + 1]![0]} 0 R`];
    const inside = `/First ${section} 0 R /Last ${section} 0 R /Count 1`;
    const [first, fourth] = [pages[i * 10], pages[Math.min(i * 10 + 3, pages.length - 1)]];
    const own = `/Title (Chapter ${i + 1}) /Parent ${root} 0 R ${beside.filter(Boolean).join(' ')}`;
    pdf.put(chapter, `<< ${own} ${inside} /Dest [${first} 0 R /Fit] >>`);
    pdf.put(section, `<< /Title (Of oil and wicks) /Parent ${chapter} 0 R /Dest [${fourth} 0 R /XYZ 0 400 null] >>`);
  });
  const [head, tail] = [chapters[0]![0], chapters.at(-1)![0]];
  pdf.put(root, `<< /Type /Outlines /First ${head} 0 R /Last ${tail} 0 R /Count ${chapters.length * 2} >>`);
  return `/Outlines ${root} 0 R`;
}

/** @param count pages; each begins with the words `Folio 17.` under its number */
export function book(count: number): Uint8Array<ArrayBuffer> {
  return pdfOf(
    Array.from({ length: count }, (_, i): PageSource => {
      const number = i + 1;
      const sideways = number % 40 === 0;
      const drawn = number % 5 === 0 && !sideways;
      const most = sideways ? 28 : drawn ? 26 : 46;
      const words = [`Folio ${number}.`, ...Array.from({ length: most }, (_, at) => line(number, at))];
      const content = lines(words, { top: sideways ? 540 : 780 });
      return sideways ? { content, size: [842, 595] } : { content: drawn ? `${content}\n${drawing(4000)}` : content };
    }),
    { catalogue: outline },
  );
}
