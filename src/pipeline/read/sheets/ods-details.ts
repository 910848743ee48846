/** What SheetJS does not tell of OpenDocument spreadsheets: properties, hidden sheets, drawings, headers and footers. */
import type { Package } from '../office/package.ts';
import { propertiesOf } from '../office/properties.ts';
import type { Properties } from '../office/properties.ts';
import { parseXml } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import type { BesideCells } from './beside-cells.ts';
import { firstOdsRows } from './first-rows.ts';
import { cutDrawn, DrawnWords } from './ods-drawn.ts';
import { odsMargins } from './ods-margins.ts';
import { repeatedCells } from './ods-repeats.ts';
import { MAX_ROWS } from './workbook.ts';

export interface OdsDetails {
  readonly properties: Properties;
  readonly hidden: ReadonlySet<string>;
  /** Filled cells, repeated ones as often as they are. */
  readonly cells: number;
  /** Names of sheets that go on below the rows in `content`. */
  readonly cut: ReadonlySet<string>;
  /** The content.xml, or the flat file, without its drawings and without rows beyond those that are read. */
  readonly content: string;
  readonly beside: BesideCells;
}

/** Of a package. */
export function odsDetails(archive: Package): OdsDetails {
  const text = (path: string): string => new TextDecoder().decode(archive.bytes(path) ?? new Uint8Array());
  return details(text('content.xml'), text('styles.xml'), text('meta.xml'), (path) =>
    archive.xml(`${path.replace(/^\.\//, '')}/content.xml`),
  );
}

/** Of a flat file. */
export function flatDetails(xml: string): OdsDetails {
  return details(xml, xml, /<office:meta>[\s\S]*?<\/office:meta>/.exec(xml)?.[0] ?? '', () => null);
}

function details(
  content: string,
  styles: string,
  meta: string,
  object: (path: string) => XmlElement | null,
): OdsDetails {
  const { xml, cut } = firstOdsRows(content, MAX_ROWS);
  const { drawings, cells } = cutDrawn(xml);
  const words = new DrawnWords(object);
  const drawn = new Map(Array.from(drawings, ([name, shapes]) => [unescaped(name), words.of(shapes)]));
  const { pages, hidden } = sheetStyles(cells);
  const { descriptions, pictures, embedded, damaged } = words;
  return {
    properties: propertiesIn(meta),
    hidden,
    cells: repeatedCells(cells),
    cut: new Set(Array.from(cut, unescaped)),
    content: cells,
    beside: {
      drawn,
      margins: odsMargins(styles, pages),
      hidden: [],
      descriptions,
      pictures,
      damaged,
      inner: [],
      embedded,
    },
  };
}

function propertiesIn(xml: string): Properties {
  try {
    return propertiesOf(parseXml(xml));
  } catch {
    // The cells can be read without them.
    return { title: '', author: '', date: '' };
  }
}

const STYLE = /<style:style\s([^>]*style:name="([^"]*)"[^>]*)(?<!\/)>([\s\S]*?)<\/style:style>/g;

/** Names of sheets whose style is not displayed, and of the page styles of all. The sheets are not parsed: they may be very long. */
function sheetStyles(xml: string): { hidden: ReadonlySet<string>; pages: ReadonlySet<string> } {
  const hiding = new Set<string>();
  const pages = new Set<string>();
  const body = xml.indexOf('<office:body');
  for (const [, tag = '', name = '', inside = ''] of xml.slice(0, body).matchAll(STYLE)) {
    if (inside.includes('table:display="false"')) hiding.add(name);
    const [, page] = /style:master-page-name="([^"]+)"/.exec(tag) ?? [];
    if (page !== undefined) pages.add(unescaped(page));
  }
  const hidden = new Set<string>();
  if (hiding.size === 0) return { hidden, pages };
  for (const [, attributes = ''] of xml.slice(body).matchAll(/<table:table\s([^>]*)>/g)) {
    const [, style = ''] = /table:style-name="([^"]*)"/.exec(attributes) ?? [];
    if (hiding.has(style)) hidden.add(unescaped(/table:name="([^"]*)"/.exec(attributes)?.[1] ?? ''));
  }
  return { hidden, pages };
}

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name]);
}

const ENTITIES = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' } as const;
