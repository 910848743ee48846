/** Captions of push buttons: pdf.js tells them nowhere, but it draws them. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type * as PdfjsModule from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What is written on each annotation of the page as it is shown, by the annotation's id. */
export async function captionsOf(
  page: PDFPageProxy,
  { OPS }: typeof PdfjsModule,
): Promise<ReadonlyMap<string, string>> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const captions = new Map<string, string>();
  let open: string | null = null;
  fnArray.forEach((operation, i) => {
    const [first] = (argsArray[i] ?? []) as unknown[];
    if (operation === OPS.beginAnnotation) open = typeof first === 'string' ? first : null;
    else if (operation === OPS.endAnnotation) open = null;
    else if (operation === OPS.showText && open !== null)
      captions.set(open, (captions.get(open) ?? '') + wordsOf(first));
  });
  return captions;
}

/** Glyphs with what they mean, and numbers that move the next one; far enough, in thousandths of an em, that is a space. */
function wordsOf(glyphs: unknown): string {
  if (!Array.isArray(glyphs)) return '';
  return glyphs
    .map((glyph: unknown) => {
      if (typeof glyph === 'number') return glyph < -200 ? ' ' : '';
      const { unicode } = (glyph ?? {}) as { unicode?: unknown };
      return typeof unicode === 'string' ? unicode : '';
    })
    .join('');
}
