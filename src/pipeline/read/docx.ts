/** Word documents (.docx): mammoth makes HTML of them, which is read as any HTML. */
import { unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { ReadError } from '../document.ts';
import { readFragment } from './html.ts';
import { nameOf, tidyTitle } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import { zipEntries } from './zip.ts';

/** Unpacked bytes beyond which a .docx is taken for a trap. */
const MAX_UNPACKED = 500 * 1024 * 1024;

/** Paragraph styles that mean something beyond mammoth's own list of headings. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Source Code'] => pre:separator('\\n')",
  "p[style-name='Code'] => pre:separator('\\n')",
  "p[style-name='Preformatted Text'] => pre:separator('\\n')",
];

/** Reads a .docx. @throws ReadError damaged, too-large, no-text */
export async function readDocx({ path, bytes }: ReadInput): Promise<Content> {
  const name = nameOf(path);
  const entries = zipEntries(bytes);
  const unpacked = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (unpacked > MAX_UNPACKED)
    throw new ReadError(
      'too-large',
      `“${name}” would unpack to more than 500 MB and was not read. Save it without its pictures and add that.`,
    );
  const html = await convert(name, bytes);
  const extras = readExtras(bytes);
  return readFragment(path, html, extras.title, [
    ...extras.notes,
    ...embeddedNotes(entries.map((entry) => entry.name)),
  ]);
}

async function convert(name: string, bytes: Uint8Array): Promise<string> {
  const arrayBuffer = new Uint8Array(bytes).buffer;
  try {
    const result = await mammoth.convertToHtml(
      // mammoth's build for Node reads `buffer`, the one for browsers `arrayBuffer`.
      { arrayBuffer, buffer: bytes as Buffer },
      { styleMap: STYLES, convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })) },
    );
    return result.value;
  } catch (error) {
    const reason = error instanceof RangeError ? 'it is nested too deeply' : 'parts of it are missing or broken';
    throw new ReadError(
      'damaged',
      `“${name}” is a Word document, but ${reason}, so it was not read. Open it in Word or LibreOffice, save it again and add that.`,
    );
  }
}

/** A sentence on what has words of its own but is no part of the running text. */
function embeddedNotes(names: readonly string[]): string[] {
  const count = (pattern: RegExp): number => names.filter((name) => pattern.test(name)).length;
  const kinds: readonly (readonly [number, string])[] = [
    [count(/^word\/charts\/chart\d*\.xml$/), 'charts'],
    [count(/^word\/diagrams\/data\d*\.xml$/), 'diagrams'],
    [count(/^word\/embeddings\/./) + count(/^word\/afchunk/i), 'embedded files'],
  ];
  const found = kinds.filter(([n]) => n > 0).map(([n, what]) => `${n} ${n === 1 ? what.slice(0, -1) : what}`);
  return found.length === 0 ? [] : [`Left out: ${found.join(', ')}.`];
}

interface Extras {
  readonly title: string;
  readonly notes: readonly string[];
}

/** The title of the document's properties, and sentences on what mammoth passes by: page headers, footers, comments. */
function readExtras(bytes: Uint8Array): Extras {
  const wanted = /^(?:docProps\/core|word\/(?:header|footer)\d*|word\/comments)\.xml$/;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes, { filter: ({ name }) => wanted.test(name) });
  } catch {
    // The body was read; what only adds to it may be missing.
    return { title: '', notes: [] };
  }
  let title = '';
  let comments = 0;
  const margins = new Set<string>();
  for (const [name, data] of Object.entries(files)) {
    const xml = new TextDecoder().decode(data);
    if (name.endsWith('core.xml')) title = tidyTitle(unescapeXml(/<dc:title[^>]*>([^<]*)</.exec(xml)?.[1] ?? ''));
    else if (name.endsWith('comments.xml')) comments = xml.match(/<w:comment[ >]/g)?.length ?? 0;
    else {
      const text = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<|<\/w:p>/g)]
        .map((found) => unescapeXml(found[1] ?? ' '))
        .join('');
      const line = text.replace(/\s+/g, ' ').trim();
      if (line !== '') margins.add(line);
    }
  }
  const notes: string[] = [];
  if (margins.size > 0)
    notes.push(`Its running headers and footers were left out: ${[...margins].map((line) => `“${line}”`).join(', ')}.`);
  if (comments > 0) notes.push(comments === 1 ? 'One comment was left out.' : `${comments} comments were left out.`);
  return { title, notes };
}

function unescapeXml(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}
