/** What every reader takes and gives. */
import { ReadError } from '../document.ts';
import type { Document } from '../document.ts';

export interface ReadInput {
  /** The relative path inside what was dropped. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A picture of a page to words with boxes, in pixels from its top left corner. */
export type Recognise = (picture: Blob) => Promise<readonly RecognisedLine[]>;

export interface RecognisedLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ReadOptions {
  readonly password?: string;
  /** Called with a share in [0, 1] while a long file is read. */
  readonly onProgress?: (fraction: number) => void;
  /** How long all of it may take until the document can be searched; a reader that can ends in time with what it has. */
  readonly milliseconds?: number;
  /** Base URL (in Node a directory path) of pdf.js' `cmaps/`, `standard_fonts/` and `wasm/`, ending in a slash. */
  readonly assets?: string;
  /** Text recognition, when the person asked for it. */
  readonly recognise?: Recognise;
}

/** What a format's reader returns; `readDocument` adds path, name and kind. What a reader does not have it leaves out. */
export type Content = Omit<Document, 'path' | 'name' | 'kind' | 'author' | 'date' | 'omitted' | 'inner'> &
  Partial<Pick<Document, 'author' | 'date' | 'omitted' | 'inner'>>;

/** Reads a format that is bytes. @throws ReadError */
export type BinaryReader = (input: ReadInput, options: ReadOptions) => Promise<Content> | Content;

/** Reads a format that is text; `notes` are those of the decoding. @throws ReadError */
export type TextReader = (path: string, text: string, notes: readonly string[]) => Promise<Content> | Content;

/** The last segment of a path. */
export function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}

/** Lower case, without the dot; '' if there is none. */
export function extensionOf(path: string): string {
  return /\.([a-z0-9_+-]+)$/i.exec(nameOf(path))?.[1]?.toLowerCase() ?? '';
}

/** The name without its extension. */
export function stemOf(path: string): string {
  return nameOf(path).replace(/(.)\.[a-z0-9]+$/i, '$1');
}

/** A title as one line of at most 200 characters, or '' when there is nothing to read in it. */
export function tidyTitle(title: string): string {
  const line = title.replace(/[\s\u200B\uFEFF]+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(line)) return '';
  return line.length > 200 ? `${line.slice(0, 199).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
}

export function noText(name: string, why: string): ReadError {
  return new ReadError('no-text', `“${name}” holds no text to search: ${why}`);
}

/** `what` as in “is a workbook locked with a password”: of a format whose password is of no use here. */
export function lockedFile(name: string, what: string): ReadError {
  return new ReadError(
    'encrypted',
    `“${name}” is ${what} locked with a password. Save a copy without the password and add that.`,
  );
}
