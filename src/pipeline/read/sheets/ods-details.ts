/** What SheetJS does not tell of OpenDocument spreadsheets: their properties, and which sheets are hidden. */
import type { Package } from '../office/package.ts';
import { propertiesOf } from '../office/properties.ts';
import type { Properties } from '../office/properties.ts';
import { parseXml } from '../office/xml.ts';
import { repeatedCells } from './ods-repeats.ts';

export interface OdsDetails {
  readonly properties: Properties;
  readonly hidden: ReadonlySet<string>;
  /** Filled cells, repeated ones as often as they are. */
  readonly cells: number;
}

/** Of a package. */
export function odsDetails(archive: Package): OdsDetails {
  const text = (path: string): string => new TextDecoder().decode(archive.bytes(path) ?? new Uint8Array());
  const content = text('content.xml');
  return { properties: propertiesIn(text('meta.xml')), hidden: hiddenIn(content), cells: repeatedCells(content) };
}

/** Of a flat file. */
export function flatDetails(xml: string): OdsDetails {
  const meta = /<office:meta>[\s\S]*?<\/office:meta>/.exec(xml)?.[0] ?? '';
  return { properties: propertiesIn(meta), hidden: hiddenIn(xml), cells: repeatedCells(xml) };
}

function propertiesIn(xml: string): Properties {
  try {
    return propertiesOf(parseXml(xml));
  } catch {
    // The cells can be read without them.
    return { title: '', author: '', date: '' };
  }
}

const STYLE = /<style:style\s[^>]*style:name="([^"]*)"[^>]*(?<!\/)>([\s\S]*?)<\/style:style>/g;

/** Names of sheets whose style is not displayed. The sheet itself is not parsed: it may be very long. */
function hiddenIn(xml: string): ReadonlySet<string> {
  const styles = new Set<string>();
  const body = xml.indexOf('<office:body');
  for (const [, name = '', inside = ''] of xml.slice(0, body).matchAll(STYLE))
    if (inside.includes('table:display="false"')) styles.add(name);
  const hidden = new Set<string>();
  if (styles.size === 0) return hidden;
  for (const [, attributes = ''] of xml.slice(body).matchAll(/<table:table\s([^>]*)>/g)) {
    const [, style = ''] = /table:style-name="([^"]*)"/.exec(attributes) ?? [];
    if (styles.has(style)) hidden.add(unescaped(/table:name="([^"]*)"/.exec(attributes)?.[1] ?? ''));
  }
  return hidden;
}

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name]);
}

const ENTITIES = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' } as const;
