/** Word documents (.docx): mammoth makes HTML of them, which is read as any HTML; what it passes by is read here or told. */
import { strFromU8, strToU8, zipSync } from 'fflate';
import mammoth from 'mammoth';
import { ReadError } from '../document.ts';
import { readFragment } from './html.ts';
import { embeddedFiles } from './office/embedded.ts';
import { Package } from './office/package.ts';
import { coreProperties } from './office/properties.ts';
import { relationsOf } from './office/relations.ts';
import type { Relation } from './office/relations.ts';
import { parseXml } from './office/xml.ts';
import type { XmlElement } from './office/xml.ts';
import { UniquePaths } from './inner.ts';
import { docxAside } from './prose/docx-aside.ts';
import { fillPlaces, readChunks, withPlaces } from './prose/docx-chunks.ts';
import { mended } from './prose/docx-mend.ts';
import { readDocument } from './read.ts';
import { nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';

/** Paragraph styles that mean something beyond mammoth's own list of headings. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Quotations'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Source Code'] => pre:separator('\\n')",
  "p[style-name='Code'] => pre:separator('\\n')",
  "p[style-name='Preformatted Text'] => pre:separator('\\n')",
];

const MAIN = 'word/document.xml';

/** Reads a .docx. @throws ReadError damaged, too-large, no-text */
export async function readDocx({ path, bytes }: ReadInput): Promise<Content> {
  const name = nameOf(path);
  const archive = new Package(name, bytes);
  const files = archive.all((file) => /\.(?:xml|rels)$/i.test(file) && !/^word\/(?:embeddings|media)\//.test(file));
  const main = files.get(MAIN);
  const relations = relationsIn(archive);
  let ids: readonly string[] = [];
  if (main !== undefined) {
    const placed = withPlaces(mended(strFromU8(main)));
    ids = placed.ids;
    files.set(MAIN, strToU8(placed.xml) as Uint8Array<ArrayBuffer>);
  }
  // Packed again without compression: no file of it unpacks to more than was counted.
  const html = await convert(name, zipSync(Object.fromEntries(files), { level: 0 }));
  const chunks = await readChunks(path, archive, ids, relations, (input) => readDocument(input));
  const linked = [...relations.values()].filter(({ type, external }) => type === 'oleObject' && external).length;
  const elsewhere = archive.paths.filter((part) => /^word\/afchunk/i.test(part) && !isTarget(relations, part)).length;
  const { files: embedded, others } = embeddedFiles(archive, 'word');
  const aside = docxAside(archive, main === undefined ? null : parsed(main));
  aside.embedded = others + linked + elsewhere;
  const properties = coreProperties(archive);
  const read = readFragment(path, fillPlaces(html, chunks), properties.title, [...aside.sentences(), ...chunks.notes]);
  const paths = new UniquePaths();
  return {
    ...read,
    author: properties.author,
    date: properties.date,
    omitted: [...aside.omitted(), ...chunks.omitted],
    inner: [...embedded, ...chunks.inner].map((file) => ({ ...file, path: paths.take(file.path) })),
  };
}

/** The text can be read where its relations are broken. @throws ReadError */
function relationsIn(archive: Package): ReadonlyMap<string, Relation> {
  try {
    return relationsOf(archive, MAIN);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    return new Map();
  }
}

function isTarget(relations: ReadonlyMap<string, Relation>, part: string): boolean {
  return [...relations.values()].some(({ target }) => target === part);
}

/** Notes, which mammoth lists at the end, with their marks as they stand in the text: `[1]`. */
function withMarks(html: string): string {
  const at = html.search(/<ol><li id="(?:foot|end)note-/);
  if (at === -1) return html;
  let mark = 0;
  const notes = html
    .slice(at + '<ol>'.length, html.lastIndexOf('</ol>'))
    .replace(/<li id="(?:foot|end)note-[^"]*">(<p>)?/g, (_, paragraph: string | undefined) => {
      return `<li>${paragraph ?? ''}[${++mark}] `;
    });
  return `${html.slice(0, at)}<ul>${notes}</ul>`;
}

/** Null where mammoth could read what a strict parser does not take. */
function parsed(main: Uint8Array): XmlElement | null {
  try {
    return parseXml(strFromU8(main));
  } catch {
    return null;
  }
}

async function convert(name: string, bytes: Uint8Array): Promise<string> {
  const arrayBuffer = new Uint8Array(bytes).buffer;
  try {
    const result = await mammoth.convertToHtml(
      // mammoth's build for Node reads `buffer`, the one for browsers `arrayBuffer`.
      { arrayBuffer, buffer: bytes as Buffer },
      { styleMap: STYLES, convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })) },
    );
    return withMarks(result.value);
  } catch (error) {
    const reason = error instanceof RangeError ? 'it is nested too deeply' : 'parts of it are missing or broken';
    throw new ReadError(
      'damaged',
      `“${name}” is a Word document, but ${reason}, so it was not read. Open it in Word or LibreOffice, save it again and add that.`,
    );
  }
}
