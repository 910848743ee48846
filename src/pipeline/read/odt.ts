/** OpenDocument texts (.odt, .ott, and .fodt, which is one XML file). */
import { ReadError } from '../document.ts';
import { Package } from './office/package.ts';
import { metaProperties, propertiesOf } from './office/properties.ts';
import type { Properties } from './office/properties.ts';
import { descendants, find, parseXml } from './office/xml.ts';
import type { XmlElement } from './office/xml.ts';
import { Aside } from './prose/aside.ts';
import { wordsIn } from './prose/manuscript.ts';
import { OdtStyles } from './prose/odt-styles.ts';
import { OdtText } from './prose/odt-text.ts';
import { writeManuscript } from './prose/write-manuscript.ts';
import { lockedFile, nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';

const MARGINS = ['header', 'header-left', 'header-first', 'footer', 'footer-left', 'footer-first'];

/** Reads an .odt or .fodt. @throws ReadError damaged, encrypted, too-large, no-text */
export function readOdt({ path, bytes }: ReadInput): Content {
  const name = nameOf(path);
  const { content, styles, properties } = open(name, bytes);
  const body = find(descendants(content, 'body')[0], 'text');
  if (body === undefined) throw broken(name);
  const aside = new Aside();
  const known = new OdtStyles([styles, content]);
  for (const master of descendants(styles, 'master-page'))
    for (const margin of MARGINS) aside.margin(wordsIn(new OdtText(known, new Aside()).blocks(find(master, margin))));
  const text = new OdtText(known, aside);
  const pieces = text.blocks(body);
  return writeManuscript(path, {
    ...properties,
    body: pieces,
    footnotes: text.footnotes,
    pictures: aside.pictures,
    notes: aside.sentences(),
    omitted: aside.omitted(),
    inner: [],
  });
}

interface Opened {
  readonly content: XmlElement;
  readonly styles: XmlElement;
  readonly properties: Properties;
}

function open(name: string, bytes: Uint8Array): Opened {
  try {
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
      const root = parseXml(decode(bytes));
      return { content: root, styles: root, properties: propertiesOf(root) };
    }
    const archive = new Package(name, bytes);
    if (isLocked(archive)) throw lockedFile(name, 'an OpenDocument text');
    const content = archive.xml('content.xml');
    if (content === null) throw broken(name);
    return { content, styles: stylesIn(archive), properties: metaProperties(archive) };
  } catch (error) {
    if (error instanceof ReadError || error instanceof RangeError) throw error;
    throw broken(name);
  }
}

/** The text can be read without its named styles. */
function stylesIn(archive: Package): XmlElement {
  try {
    const styles = archive.xml('styles.xml');
    if (styles !== null) return styles;
  } catch (error) {
    if (error instanceof ReadError) throw error;
  }
  return { name: '', attributes: {}, children: [] };
}

function isLocked(archive: Package): boolean {
  const manifest = archive.bytes('META-INF/manifest.xml');
  return (
    archive.has('encrypted-package') ||
    (manifest !== null && /<[\w-]*:?encryption-data\b/.test(new TextDecoder().decode(manifest)))
  );
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

function broken(name: string): ReadError {
  return new ReadError(
    'damaged',
    `“${name}” is an OpenDocument text, but parts of it are missing or broken, so it was not read. Open it in LibreOffice, save it again and add that.`,
  );
}
