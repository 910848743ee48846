/** What a file is, by its content first and its extension second. */
import type { DocumentKind } from '../document.ts';
import { rootNames } from './compound.ts';
import { promisedKind } from './formats.ts';
import { contentKind } from './textual.ts';
import { mailKind } from './mail-kind.ts';
import { zipDirectory, zipEntries } from './zip.ts';

export type Detected =
  | { readonly kind: DocumentKind }
  /** Text of some kind; which one is decided once it is decoded. */
  | { readonly kind: 'textual' }
  | { readonly kind: 'encrypted'; readonly what: string }
  | { readonly kind: 'unsupported'; readonly what: string };

/** First bytes in hexadecimal at an offset, and what a person calls such a file. */
const MAGIC: readonly (readonly [string, string, number?])[] = [
  ['57415645', 'a WAV recording', 8],
  ['41564920', 'an AVI video', 8],
  ['49492a00', 'a TIFF picture'],
  ['4d4d002a', 'a TIFF picture'],
  ['00000100', 'an icon'],
  ['38425053', 'a Photoshop picture'],
  ['66747970', 'a video or picture (MP4 family)', 4],
  ['1a45dfa3', 'a Matroska or WebM video'],
  ['4f676753', 'an Ogg recording'],
  ['494433', 'an MP3 recording'],
  ['664c6143', 'a FLAC recording'],
  ['1f8b08', 'a gzip archive'],
  ['425a68', 'a bzip2 archive'],
  ['fd377a585a00', 'an xz archive'],
  ['28b52ffd', 'a Zstandard archive'],
  ['377abcaf271c', 'a 7-Zip archive'],
  ['526172211a07', 'a RAR archive'],
  ['7573746172', 'a tar archive', 257],
  ['7f454c46', 'a program (ELF)'],
  ['4d5a90', 'a Windows program'],
  ['0061736d', 'a WebAssembly program'],
  ['cafebabe', 'a Java class or Mac program'],
  ['53514c69746520666f726d6174203300', 'an SQLite database'],
  ['774f4646', 'a web font'],
  ['774f4632', 'a web font'],
  ['0001000000', 'a font'],
  ['4f54544f', 'a font'],
  ['25215053', 'a PostScript file'],
];

/** Pictures that a browser can decode. */
const PICTURES: readonly (readonly [string, number?])[] = [
  ['89504e470d0a1a0a'],
  ['ffd8ff'],
  ['474946383761'],
  ['474946383961'],
  ['57454250', 8],
];

/** Decides by magic bytes; text is left to `textualKind`. */
export function detect(bytes: Uint8Array): Detected {
  // An archive comes first: it may hold a PDF as it is.
  if (starts(bytes, '504b0304') || starts(bytes, '504b0506')) return { kind: zipKind(bytes) };
  if (latin(bytes, 0, 1024).includes('%PDF-')) return { kind: 'pdf' };
  if (starts(bytes, 'd0cf11e0a1b11ae1')) return detectCompound(bytes);
  if (starts(bytes, '7b5c727466')) return { kind: 'rtf' };
  if (PICTURES.some(([magic, offset]) => starts(bytes, magic, offset))) return { kind: 'image' };
  // A bitmap's first two letters begin many a text, four zero bytes after its size none.
  if (starts(bytes, '424d') && starts(bytes, '00000000', 6)) return { kind: 'image' };
  for (const [magic, what, offset] of MAGIC) if (starts(bytes, magic, offset)) return { kind: 'unsupported', what };
  return { kind: 'textual' };
}

function zipKind(bytes: Uint8Array): DocumentKind {
  const names = zipEntries(bytes).map(({ name }) => name.replace(/\\/g, '/').toLowerCase());
  const has = (prefix: string): boolean => names.some((name) => name.startsWith(prefix));
  // Without its list of types a folder called word is just a folder, unless the archive has been cut.
  const isOffice = has('[content_types].xml') || zipDirectory(bytes) === null;
  if (isOffice && has('word/')) return 'docx';
  if (isOffice && has('xl/')) return 'xlsx';
  if (isOffice && has('ppt/')) return 'pptx';
  if (has('meta-inf/container.xml')) return 'epub';
  if (has('meta-inf/manifest.xml') && has('content.xml')) {
    // The first entry, `mimetype`, is stored uncompressed.
    const type = latin(bytes, 0, 200);
    if (type.includes('opendocument.spreadsheet')) return 'ods';
    return type.includes('opendocument.presentation') ? 'odp' : 'odt';
  }
  return 'zip';
}

/**
 * Old Office files, and encrypted new ones, by what stands in the root: any of them may lie in any other. Where the
 * root cannot be read a name anywhere tells what the file was meant to be; stream names are UTF-16.
 */
function detectCompound(bytes: Uint8Array): Detected {
  const root = rootNames(bytes)?.map((name) => name.toUpperCase());
  const anywhere = root === undefined ? latin(bytes, 0, bytes.length).replace(/\0/g, '') : '';
  // Upper and lower case are not told apart in compound files.
  const has = (name: string): boolean => root?.includes(name.toUpperCase()) ?? anywhere.includes(name);
  if (has('EncryptedPackage')) return { kind: 'encrypted', what: 'an Office document' };
  if (has('__properties_version1.0')) return { kind: 'msg' };
  if (has('WordDocument')) return { kind: 'doc' };
  if (has('Workbook') || has('Book')) return { kind: 'xls' };
  if (has('PowerPoint Document')) return { kind: 'unsupported', what: 'an old PowerPoint presentation (.ppt)' };
  return { kind: 'unsupported', what: 'an old Office file' };
}

/** Programs and settings that are best read as they stand, line by line. */
const CODE = new Set(
  (
    'c h cc cpp cxx hpp hh cs java kt kts scala groovy go rs swift m mm py pyi rb pl pm php js mjs cjs jsx ts mts cts ' +
    'tsx vue svelte css scss less sql r jl lua hs ml fs ex exs erl clj lisp scm el vim sh bash zsh fish ps1 bat cmd ' +
    'toml ini cfg conf properties env gradle cmake mk make dockerfile tf proto graphql asm s f f90 pas vb dart nim zig'
  ).split(' '),
);

/** Which textual format: what says so itself first, then by extension, else plain text. */
export function textualKind(text: string, extension: string): DocumentKind {
  if (CODE.has(extension)) return 'code';
  const promised = promisedKind(extension);
  const head = text.slice(0, 4096).replace(/^(?:\s|\uFEFF|<\?[^>]*>|<!--[\s\S]*?-->)+/, '');
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(head)) return 'html';
  if (/^<office:document\s/.test(head)) return flatKind(text.slice(0, 20_000));
  if (/^<\w*:?Workbook\s/.test(head) && head.includes('urn:schemas-microsoft-com:office:spreadsheet')) return 'xls';
  const mail = mailKind(text, extension);
  if (mail !== null) return mail;
  const found = contentKind(text, promised);
  if (found !== null) return found;
  return promised === null || NOT_TEXT.has(promised) ? 'text' : promised;
}

/** An OpenDocument file that is one XML text; its type is an attribute of the root. */
function flatKind(head: string): DocumentKind {
  const type = /office:mimetype="application\/vnd\.oasis\.opendocument\.(\w+)/.exec(head)?.[1] ?? '';
  if (type === 'spreadsheet') return 'ods';
  if (type === 'presentation' || type === 'graphics') return 'odp';
  return type === 'text' ? 'odt' : 'xml';
}

/** Formats that a text is not, whatever its name says. */
const NOT_TEXT: ReadonlySet<DocumentKind> = new Set([
  'pdf',
  'docx',
  'doc',
  'odt',
  'rtf',
  'pptx',
  'odp',
  'xlsx',
  'xls',
  'ods',
  'epub',
  'eml',
  'mhtml',
  'msg',
  'mbox',
  'zip',
  'image',
] as const);

function starts(bytes: Uint8Array, hex: string, offset = 0): boolean {
  for (let i = 0; i < hex.length / 2; i++)
    if (bytes[offset + i] !== Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)) return false;
  return true;
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}
