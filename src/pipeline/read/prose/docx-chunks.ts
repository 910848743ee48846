/** Parts of a .docx that other formats were inserted as (`altChunk`: HTML, RTF, text, another .docx), read in their place. */
import { parseHTML } from 'linkedom';
import { ReadError } from '../../document.ts';
import type { InnerFile, Omitted } from '../../document.ts';
import { escapeHtml } from '../markup.ts';
import type { Package } from '../office/package.ts';
import type { Relation } from '../office/relations.ts';
import { nameOf } from '../reading.ts';
import type { ReadInput } from '../reading.ts';

/** Documents inserted in inserted documents deeper than this are only told. */
const MAX_DEPTH = 3;
/** A sign of a private area, around the number of a chunk. */
const SIGN = '\uE0F3';

/** Reads a file of any format; given, so that this piece need not know all readers. */
type Read = (input: ReadInput) => Promise<{
  readonly text: string;
  readonly shown: { readonly as: string; readonly html?: string };
  readonly notes: readonly string[];
  readonly omitted: readonly Omitted[];
  readonly inner: readonly InnerFile[];
}>;

export interface Chunks {
  /** Markup by number. */
  readonly markup: ReadonlyMap<number, string>;
  readonly notes: readonly string[];
  readonly omitted: readonly Omitted[];
  readonly inner: readonly InnerFile[];
}

/** The main part with a paragraph of its own for each place of a chunk, and the chunks' ids in order. */
export function withPlaces(xml: string): { readonly xml: string; readonly ids: readonly string[] } {
  const ids: string[] = [];
  const pieces: string[] = [];
  let from = 0;
  for (let at = xml.indexOf('<w:altChunk'); at !== -1; at = xml.indexOf('<w:altChunk', from)) {
    const end = xml.indexOf('>', at);
    if (end === -1) break;
    const tag = xml.slice(at, end);
    const isName = /^<w:altChunk[\s/]/.test(`${tag} `);
    const id = /\sr:id="([^"]*)"/.exec(tag)?.[1];
    if (isName && id !== undefined) {
      pieces.push(xml.slice(from, at), `<w:p><w:r><w:t>${SIGN}${ids.length}${SIGN}</w:t></w:r></w:p>`);
      ids.push(id);
      // What stands inside, properties alone, goes with it.
      const closing = tag.endsWith('/') ? -1 : xml.indexOf('</w:altChunk>', end);
      from = closing === -1 ? end + 1 : closing + '</w:altChunk>'.length;
    } else {
      pieces.push(xml.slice(from, end + 1));
      from = end + 1;
    }
  }
  return ids.length === 0 ? { xml, ids } : { xml: pieces.join('') + xml.slice(from), ids };
}

/** Reads the parts that ids stand for, each once; what cannot be read is told. @throws ReadError damaged, too-large */
export async function readChunks(
  path: string,
  archive: Package,
  ids: readonly string[],
  relations: ReadonlyMap<string, Relation>,
  read: Read,
): Promise<Chunks> {
  const markup = new Map<number, string>();
  const notes: string[] = [];
  const omitted: Omitted[] = [];
  const inner: InnerFile[] = [];
  /** Why a part is not read again, by its place: several may have one name. */
  const done = new Map<string, string>();
  const isTooDeep = path.split('/').filter((segment) => /^inserted \d+\./.test(segment)).length >= MAX_DEPTH;
  for (const [number, id] of ids.entries()) {
    const relation = relations.get(id);
    const target = relation?.target ?? id;
    const name = nameOf(target);
    const tell = (why: string): void => void notes.push(`The inserted part “${name}” was left out: ${why}.`);
    if (relation?.external === true) {
      tell('it lies outside of the file, and nothing is fetched');
      continue;
    }
    const bytes = relation === undefined ? null : archive.bytes(target);
    if (bytes === null) tell('it is missing');
    else if (isTooDeep) tell(`it lies in more than ${MAX_DEPTH} documents, one inserted in the other`);
    else if (done.has(target)) tell(done.get(target)!);
    else {
      try {
        const ending = /\.[a-z0-9]+$/i.exec(name)?.[0] ?? '.txt';
        const chunk = await read({ path: `${path}/inserted ${number + 1}${ending}`, bytes });
        markup.set(number, markupOf(chunk));
        notes.push(...chunk.notes.map((note) => `In the inserted part “${name}”: ${note}`));
        omitted.push(...chunk.omitted);
        inner.push(...chunk.inner);
        done.set(target, 'it stands in the text before');
      } catch (error) {
        if (!(error instanceof ReadError)) throw error;
        const why = error.code === 'no-text' ? 'it holds no words' : 'it could not be read';
        done.set(target, why);
        tell(why);
      }
    }
  }
  return { markup, notes, omitted, inner };
}

/** The markup of the whole with each chunk's in its place; places without one are taken out. */
export function fillPlaces(html: string, { markup }: Chunks): string {
  const left = new Map(markup);
  return html.replace(new RegExp(`<p>${SIGN}(\\d+)${SIGN}</p>`, 'g'), (_, digits: string) => {
    const found = left.get(Number(digits)) ?? '';
    left.delete(Number(digits));
    return found;
  });
}

/** Balanced, so that nothing of it closes what stands around it. */
function markupOf({ shown, text }: Awaited<ReturnType<Read>>): string {
  if (shown.as === 'html' && shown.html !== undefined) {
    const { document } = parseHTML(`<!doctype html><html><head></head><body>${shown.html}</body></html>`);
    return document.body.innerHTML;
  }
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
}
