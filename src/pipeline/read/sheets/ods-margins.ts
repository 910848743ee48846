/** Headers and footers of OpenDocument sheets, which their page styles hold. */
import { descendants, elementsOf, parseXml } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import { marginLine, PAGE } from './margin-lines.ts';

const MASTERS = /<office:master-styles\b[^>]*(?<!\/)>[\s\S]*?<\/office:master-styles>/;
const MARGIN = /^(?:header|footer)(?:-left|-first)?$/;

/** Each line once, of the page styles called `used`; of all where none is. `styles` is the XML that holds them. */
export function odsMargins(styles: string, used: ReadonlySet<string>): string[] {
  const [masters] = MASTERS.exec(styles) ?? [];
  if (masters === undefined) return [];
  try {
    const lines = descendants(parseXml(masters), 'master-page')
      .filter(({ attributes }) => used.size === 0 || used.has(attributes['style:name'] ?? ''))
      .flatMap((page) => elementsOf(page))
      .filter(({ name, attributes }) => MARGIN.test(name) && attributes['style:display'] !== 'false')
      .flatMap((margin) => descendants(margin, 'p'))
      .flatMap((paragraph) => marginLine(wordsOf(paragraph)));
    return [...new Set(lines)];
  } catch {
    // The cells are read without them.
    return [];
  }
}

/** What the program fills in is left out: of the sheet's name or the date the file has only a stand-in. */
function wordsOf(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child;
      if (child.name === 'page-number' || child.name === 'page-count') return PAGE;
      if (child.name === 'span' || child.name === 'a') return wordsOf(child);
      return child.name === 's' || child.name === 'tab' || child.name === 'line-break' ? ' ' : '';
    })
    .join('');
}
