/** What is written on a page. pdf.js' own `getTextContent` goes through its stream with `for await`, which WebKit's streams do not know. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

export type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>;

/** The same as `page.getTextContent()`. @throws as that does */
export async function textContentOf(page: Pick<PDFPageProxy, 'streamTextContent'>): Promise<TextContent> {
  const reader = (page.streamTextContent() as ReadableStream<TextContent>).getReader();
  const content: TextContent = { items: [], styles: {}, lang: null };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return content;
    content.lang ??= value.lang;
    Object.assign(content.styles, value.styles);
    content.items.push(...value.items);
  }
}
