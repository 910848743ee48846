/** What a file is, by its content first and its extension second. */
import type { DocumentKind } from '../document.ts';
import { zipEntries } from './zip.ts';

export type Detected =
  | { readonly kind: 'pdf' | 'docx' }
  /** Text of some kind; which one is decided once it is decoded. */
  | { readonly kind: 'textual' }
  | { readonly kind: 'encrypted'; readonly what: string }
  | { readonly kind: 'unsupported'; readonly what: string };

/** What a ZIP is called in which nothing known is found. */
export const ZIP = 'a ZIP archive';

/** First bytes in hexadecimal at an offset, and what a person calls such a file. */
const MAGIC: readonly (readonly [string, string, number?])[] = [
  ['89504e470d0a1a0a', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['474946383761', 'a GIF picture'],
  ['474946383961', 'a GIF picture'],
  ['57454250', 'a WebP picture', 8],
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
  ['7b5c727466', 'a Rich Text (.rtf) document'],
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

/** Decides by magic bytes; text is left to `textualKind`. */
export function detect(bytes: Uint8Array): Detected {
  if (latin(bytes, 0, 1024).includes('%PDF-')) return { kind: 'pdf' };
  if (starts(bytes, '504b0304') || starts(bytes, '504b0506')) return detectZip(bytes);
  if (starts(bytes, 'd0cf11e0a1b11ae1')) return detectCompound(bytes);
  for (const [magic, what, offset] of MAGIC) if (starts(bytes, magic, offset)) return { kind: 'unsupported', what };
  return { kind: 'textual' };
}

function detectZip(bytes: Uint8Array): Detected {
  const names = zipEntries(bytes).map(({ name }) => name);
  const has = (prefix: string): boolean =>
    names.some((name) => name.replace(/\\/g, '/').toLowerCase().startsWith(prefix));
  if (has('word/')) return { kind: 'docx' };
  if (has('xl/')) return { kind: 'unsupported', what: 'an Excel workbook (.xlsx)' };
  if (has('ppt/')) return { kind: 'unsupported', what: 'a PowerPoint presentation (.pptx)' };
  if (has('meta-inf/container.xml')) return { kind: 'unsupported', what: 'an e-book (.epub)' };
  if (has('meta-inf/manifest.xml') && has('content.xml'))
    return { kind: 'unsupported', what: 'an OpenDocument file (.odt, .ods or .odp)' };
  return { kind: 'unsupported', what: ZIP };
}

/** Old Office files; an encrypted .docx is one of these too. Stream names are UTF-16. */
function detectCompound(bytes: Uint8Array): Detected {
  const names = latin(bytes, 0, bytes.length).replace(/\0/g, '');
  if (names.includes('EncryptedPackage')) return { kind: 'encrypted', what: 'an Office document' };
  if (names.includes('WordDocument')) return { kind: 'unsupported', what: 'an old Word document (.doc)' };
  if (names.includes('Workbook')) return { kind: 'unsupported', what: 'an old Excel workbook (.xls)' };
  if (names.includes('PowerPoint Document'))
    return { kind: 'unsupported', what: 'an old PowerPoint presentation (.ppt)' };
  if (names.includes('__properties_version1.0')) return { kind: 'unsupported', what: 'an Outlook message (.msg)' };
  return { kind: 'unsupported', what: 'an old Office file' };
}

const BY_EXTENSION: Record<string, 'markdown' | 'html' | 'csv' | 'text'> = {
  md: 'markdown',
  markdown: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  csv: 'csv',
  tsv: 'csv',
  tab: 'csv',
  txt: 'text',
  text: 'text',
};

/** Which textual format: HTML when it says so itself, else by extension, else plain text. */
export function textualKind(text: string, extension: string): 'text' | 'markdown' | 'html' | 'csv' {
  const head = text.slice(0, 4096).replace(/^(?:\s|\uFEFF|<\?[^>]*>|<!--[\s\S]*?-->)+/, '');
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(head)) return 'html';
  const kind = BY_EXTENSION[extension] ?? 'text';
  if (kind === 'html' && !/<[a-z!/]/i.test(text)) return 'text';
  return kind;
}

/** The kind that an extension promises, or null when it promises none of ours. */
export function promisedKind(extension: string): DocumentKind | null {
  if (extension === 'pdf' || extension === 'docx') return extension;
  return BY_EXTENSION[extension] ?? null;
}

function starts(bytes: Uint8Array, hex: string, offset = 0): boolean {
  for (let i = 0; i < hex.length / 2; i++)
    if (bytes[offset + i] !== Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)) return false;
  return true;
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}
