/** Title, author and date as the PDF itself names them, and whether its pages are made by a form program. */
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { tidyTitle } from '../reading.ts';

export interface Properties {
  /** '' where there is none of use. */
  readonly title: string;
  readonly author: string;
  /** The day it was made: `2024-03-01`. */
  readonly date: string;
  /** Its pages are laid out by a form program (XFA) and only stand-ins are in the file. */
  readonly madeByForm: boolean;
}

const NONE: Properties = { title: '', author: '', date: '', madeByForm: false };

export async function propertiesOf(pdf: PDFDocumentProxy): Promise<Properties> {
  try {
    const { info, metadata } = await pdf.getMetadata();
    const stated = (key: string): unknown => (key in info ? info[key as keyof typeof info] : undefined);
    const xmp = (key: string): unknown => metadata?.get(key) as unknown;
    return {
      title: sensibleTitle(words(stated('Title')) || words(xmp('dc:title'))),
      author: words(stated('Author')) || words(xmp('dc:creator')),
      date: [stated('CreationDate'), stated('ModDate'), xmp('xmp:createdate')].map(day).find((found) => found) ?? '',
      madeByForm: stated('IsXFAPresent') === true && stated('IsAcroFormPresent') !== true,
    };
  } catch {
    // A PDF with broken metadata is still read under its file's name.
    return NONE;
  }
}

function words(value: unknown): string {
  const text: unknown = Array.isArray(value) ? value.filter((part) => typeof part === 'string').join(', ') : value;
  return typeof text === 'string' && !/[\uFFFD\u0080-\u009F]/.test(text) ? tidyTitle(text) : '';
}

/** `D:20240301120000+01'00'`, `2024-03-01T12:00:00Z`; '' where no such day is. */
function day(value: unknown): string {
  if (typeof value !== 'string') return '';
  const [, year = '', month = '01', date = '01'] = /^(?:D:)?(\d{4})-?(\d\d)?-?(\d\d)?/.exec(value.trim()) ?? [];
  const iso = `${year}-${month}-${date}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number(year) >= 1980 && Number.isFinite(time) && new Date(time).toISOString().startsWith(iso) ? iso : '';
}

/** Many programs write a file name or nothing of use as the title. */
function sensibleTitle(raw: string): string {
  const title = tidyTitle(raw.replace(/^Microsoft (?:Word|PowerPoint|Excel) - /i, ''));
  const useless =
    /^(?:untitled|document|doc|title|slide|presentation|powerpoint presentation|print|scan|no title)\W*\d*$/i;
  if (title.length < 3 || useless.test(title) || /\.[a-z]{2,5}$/i.test(title) || /^[\d\W]+$/.test(title)) return '';
  return title;
}
