/** PDFs written byte by byte, for tests that need a page just so: no library stands between the test and its file. */

/** One page: its content stream, and further entries of its dictionary: `/Rotate 90`. */
export interface PageSource {
  readonly content: string;
  readonly entries?: string;
  /** Points. */
  readonly size?: readonly [width: number, height: number];
}

/** Objects of a PDF under way. Every string is written a byte a character (ISO 8859-1). */
export class PdfBytes {
  readonly #objects: string[] = [];

  /** A number for an object that is written later, so that others can name it before. */
  reserve(): number {
    return this.#objects.push('null');
  }

  put(number: number, body: string): void {
    this.#objects[number - 1] = body;
  }

  /** The number of the new object. */
  add(body: string): number {
    return this.#objects.push(body);
  }

  /** The number of the new stream; `entries` are those of its dictionary besides its length. */
  stream(data: string, entries = ''): number {
    return this.add(`<< /Length ${data.length} ${entries} >>\nstream\n${data}\nendstream`);
  }

  /** @param trailer entries of the trailer: `/Root 1 0 R` */
  bytes(trailer: string): Uint8Array<ArrayBuffer> {
    const pieces = ['%PDF-1.7\n%\xE2\xE3\xCF\xD3\n'];
    let length = pieces[0]!.length;
    const entries = this.#objects.map((body, i) => {
      const at = length;
      const piece = `${i + 1} 0 obj\n${body}\nendobj\n`;
      pieces.push(piece);
      length += piece.length;
      return `${String(at).padStart(10, '0')} 00000 n \n`;
    });
    const size = this.#objects.length + 1;
    pieces.push(`xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}`);
    pieces.push(`trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${length}\n%%EOF\n`);
    return Uint8Array.from(Buffer.from(pieces.join(''), 'latin1'));
  }
}

const HELVETICA = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';

/** What stands beside the pages; each is asked once the pages have their object numbers. */
export interface Besides {
  /** Fonts by the names that the pages use; `F1` is Helvetica unless another is given. */
  readonly fonts?: (pdf: PdfBytes) => Readonly<Record<string, string>>;
  /** Entries of the catalogue: `/Outlines 9 0 R`. */
  readonly catalogue?: (pdf: PdfBytes, pages: readonly number[]) => string;
  /** Entries of each page: `/Annots [9 0 R]`. */
  readonly annotations?: (pdf: PdfBytes, pages: readonly number[], index: number) => string;
}

/** A whole PDF of these pages. */
export function pdfOf(pages: readonly PageSource[], besides: Besides = {}): Uint8Array<ArrayBuffer> {
  const pdf = new PdfBytes();
  const [root, tree] = [pdf.reserve(), pdf.reserve()];
  const fonts = Object.entries({ F1: HELVETICA, ...besides.fonts?.(pdf) });
  const resources = `<< /Font << ${fonts.map(([name, font]) => `/${name} ${pdf.add(font)} 0 R`).join(' ')} >> >>`;
  const shared = pdf.add(resources);
  const numbers = pages.map(() => pdf.reserve());
  pages.forEach(({ content, entries = '', size: [width, height] = [595, 842] }, i) => {
    const more = `${entries} ${besides.annotations?.(pdf, numbers, i) ?? ''}`;
    const page = `/Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${width} ${height}] /Resources ${shared} 0 R`;
    pdf.put(numbers[i]!, `<< ${page} /Contents ${pdf.stream(content)} 0 R ${more} >>`);
  });
  pdf.put(tree, `<< /Type /Pages /Count ${pages.length} /Kids [${numbers.map((n) => `${n} 0 R`).join(' ')}] >>`);
  pdf.put(root, `<< /Type /Catalog /Pages ${tree} 0 R ${besides.catalogue?.(pdf, numbers) ?? ''} >>`);
  return pdf.bytes(`/Root ${root} 0 R`);
}

/** Level lines from `top` points above the lower edge downwards, as a content stream. */
export function lines(
  words: readonly string[],
  {
    left = 60,
    top = 780,
    size = 11,
    leading = 14,
  }: { left?: number; top?: number; size?: number; leading?: number } = {},
): string {
  return words
    .map((line, i) => `BT /F1 ${size} Tf ${left} ${top - leading * i} Td (${escaped(line)}) Tj ET`)
    .join('\n');
}

function escaped(words: string): string {
  return words.replace(/[\\()]/g, '\\$&');
}
