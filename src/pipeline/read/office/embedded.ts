/** Files embedded in an Office file: as they are, or wrapped in an OLE object ([MS-OLEDS], [MS-CFB]). */
import CFB from 'cfb';
import { ReadError } from '../../document.ts';
import type { InnerFile } from '../../document.ts';
import { detect } from '../detect.ts';
import { FORMATS } from '../formats.ts';
import { safeName } from '../inner.ts';
import { openCompound } from '../open-compound.ts';
import { extensionOf, nameOf, stemOf } from '../reading.ts';
import type { Package } from './package.ts';
import { relationsOf } from './relations.ts';

/** The documents embedded in the parts of `folder`, and how many objects are none. The workbooks behind charts are neither. */
export function embeddedFiles(
  archive: Package,
  folder: 'word' | 'ppt' | 'xl',
): { readonly files: readonly InnerFile[]; readonly others: number } {
  const charts = archive.paths.filter((path) => path.startsWith(`${folder}/charts/`) && path.endsWith('.xml'));
  const behindCharts = new Set(charts.flatMap((path) => targetsOf(archive, path)));
  const parts = archive.paths.filter((path) => path.startsWith(`${folder}/embeddings/`) && !behindCharts.has(path));
  const files = parts.flatMap((path) => {
    const bytes = archive.bytes(path);
    const file = bytes === null ? null : embeddedFile(nameOf(path), bytes);
    return file === null ? [] : [file];
  });
  return { files, others: parts.length - files.length };
}

function targetsOf(archive: Package, path: string): string[] {
  try {
    return [...relationsOf(archive, path).values()].map(({ target }) => target);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    return [];
  }
}

/** Streams in which programs keep a whole file: a package of Office, one of OpenDocument, a PDF. */
const WHOLE_FILES = ['/Package', '/EmbeddedOdf', '/CONTENTS'];
/** Where the packager keeps a file of any kind. */
const PACKAGED = '/\u0001Ole10Native';

/**
 * The document in an embedded part, under a name whose ending tells what it is; null where it is an object of some other
 * program, or nothing that can be read.
 */
export function embeddedFile(part: string, bytes: Uint8Array<ArrayBuffer>): InnerFile | null {
  const name = safeName(part) || 'embedded';
  const own = documentIn(name, bytes);
  if (own !== null) return own;
  const object = openCompound(bytes);
  if (object === null) return null;
  for (const path of WHOLE_FILES) {
    const found = documentIn(name, streamOf(object, path));
    if (found !== null) return found;
  }
  const packaged = packagedFile(streamOf(object, PACKAGED));
  return packaged === null ? null : documentIn(safeName(packaged.name) || name, packaged.bytes);
}

/** Pictures beside text are told as pictures; programs and the like are not handed out. */
function documentIn(name: string, bytes: Uint8Array<ArrayBuffer>): InnerFile | null {
  if (bytes.length === 0) return null;
  const found = detect(bytes);
  if (found.kind === 'unsupported' || found.kind === 'image') return null;
  // Text has no sign of its own: the name must say what it is.
  if (found.kind === 'textual') return extensionOf(name) === 'bin' || hasNul(bytes) ? null : { path: name, bytes };
  if (found.kind === 'encrypted') return { path: name, bytes };
  const { extensions } = FORMATS[found.kind];
  const isNamed = extensions.includes(extensionOf(name));
  return { path: isNamed ? name : `${stemOf(name)}.${extensions[0]}`, bytes };
}

function hasNul(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 4096).includes(0);
}

function streamOf(object: CFB.CFB$Container, path: string): Uint8Array<ArrayBuffer> {
  const content = CFB.find(object, path)?.content;
  return content === undefined ? new Uint8Array() : Uint8Array.from(content);
}

/** Sizes, flags, a label, the file's path, where it lay for a time, then its bytes ([MS-OLEDS] 2.3.6 and the packager). */
function packagedFile(stream: Uint8Array<ArrayBuffer>): { name: string; bytes: Uint8Array<ArrayBuffer> } | null {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const words = (from: number): { text: string; next: number } => {
    const end = stream.indexOf(0, from);
    if (end === -1) throw new RangeError('a string without an end');
    return { text: new TextDecoder('windows-1252').decode(stream.subarray(from, end)), next: end + 1 };
  };
  try {
    const label = words(6);
    const path = words(label.next);
    // Two numbers, then the length of the temporary path and the path itself.
    const temporary = view.getUint32(path.next + 4, true);
    const at = path.next + 8 + temporary;
    const length = view.getUint32(at, true);
    const bytes = stream.slice(at + 4, at + 4 + length);
    return bytes.length === length ? { name: label.text || path.text, bytes } : null;
  } catch {
    return null;
  }
}
