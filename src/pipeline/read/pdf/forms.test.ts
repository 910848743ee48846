/** Buttons, blank pages, and forms whose pages a program makes. */
import { describe, expect, it } from 'vitest';
import { lines, pdfOf } from '../../../../tests/support/pdf-bytes.ts';
import { brokenPromises } from '../../../../tests/support/reader-invariants.ts';
import { readDocument } from '../read.ts';

async function read(bytes: Uint8Array) {
  const document = await readDocument({ path: 'form.pdf', bytes });
  expect(brokenPromises(document)).toEqual([]);
  return document;
}

/** A form with one push button whose caption is drawn. */
function buttonForm(words: readonly string[], entries = '/F 4'): Uint8Array {
  let button = 0;
  return pdfOf([{ content: lines(words) }], {
    annotations: (pdf) => {
      const font = pdf.add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
      const drawn = 'BT /Helv 11 Tf 6 6 Td [(Send the) -300 (order)] TJ ET';
      const looks = `/Type /XObject /Subtype /Form /BBox [0 0 120 20] /Resources << /Font << /Helv ${font} 0 R >> >>`;
      button = pdf.add(
        `<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (send) /Rect [60 700 180 720] ${entries} /MK << /CA (Send the order) >> ` +
          `/A << /S /Named /N /Print >> /AP << /N ${pdf.stream(drawn, looks)} 0 R >> >>`,
      );
      return `/Annots [${button} 0 R]`;
    },
    catalogue: () => `/AcroForm << /Fields [${button} 0 R] >>`,
  });
}

describe('push buttons', () => {
  it('are read by their captions, where they stand', async () => {
    const { text, shown } = await read(buttonForm(['Garden seeds, autumn list']));
    expect(text).toContain('Garden seeds, autumn list');
    expect(text).toContain('Send the order');
    const start = text.indexOf('Send the order');
    const run = shown.as === 'pages' && shown.pages[0]!.runs.find((one) => one.start === start);
    expect(run).toMatchObject({ x: 60, y: 122, width: 120, height: 20 });
  });

  it('are text enough for a document', async () => {
    expect((await read(buttonForm([]))).text).toBe('Send the order');
  });

  it('that are hidden are not read', async () => {
    const { text, omitted } = await read(buttonForm(['Garden seeds'], '/F 2'));
    expect(text).toBe('Garden seeds');
    expect(omitted).toEqual([]);
  });
});

describe('blank pages', () => {
  it('are told from pages that show something', async () => {
    const drawing = '0 0 m 100 100 l S';
    const of = async (...contents: string[]) => {
      const { notes, shown } = await read(
        pdfOf([{ content: lines(['Words.']) }, ...contents.map((content) => ({ content }))]),
      );
      return { notes, blank: shown.as === 'pages' && shown.pages.map((page) => page.blank === true) };
    };
    expect(await of('', ' ')).toEqual({ notes: ['Pages 2–3 are blank.'], blank: [false, true, true] });
    expect(await of('', drawing)).toEqual({
      notes: ['Page 3 holds no text, only pictures or nothing; it was not read.', 'Page 2 is blank.'],
      blank: [false, true, false],
    });
  });
});

describe('a form whose pages a program makes (XFA)', () => {
  it('is told, and what the file itself shows is read', async () => {
    const bytes = pdfOf([{ content: lines(['Please wait. Your viewer cannot show this form.']) }], {
      catalogue: (pdf) =>
        `/AcroForm << /Fields [] /XFA ${pdf.stream('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>')} 0 R >>`,
    });
    const { text, notes } = await read(bytes);
    expect(text).toBe('Please wait. Your viewer cannot show this form.');
    expect(notes).toEqual([
      'Its pages are made by a form program (XFA) when it is opened; only what the file itself shows was read. Print it to a new PDF and add that.',
    ]);
  });
});
