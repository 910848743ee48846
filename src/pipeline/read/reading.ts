/** What every reader takes and gives. */
import { ReadError } from '../document.ts';
import type { Document, DocumentKind } from '../document.ts';

export interface ReadInput {
  /** The relative path inside what was dropped. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ReadOptions {
  readonly password?: string;
  /** Called with a share in [0, 1] while a long file is read. */
  readonly onProgress?: (fraction: number) => void;
  /** Base URL (in Node a directory path) of pdf.js' `cmaps/`, `standard_fonts/` and `wasm/`, ending in a slash. */
  readonly assets?: string;
}

/** What a format's reader returns; `readDocument` adds path, name and kind. */
export type Content = Omit<Document, 'path' | 'name' | 'kind'>;

/** The last segment of a path. */
export function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;
}

/** Lower case, without the dot; '' if there is none. */
export function extensionOf(path: string): string {
  return /\.([a-z0-9]+)$/i.exec(nameOf(path))?.[1]?.toLowerCase() ?? '';
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

export const KIND_NAMES: Record<DocumentKind, string> = {
  text: 'plain text',
  markdown: 'Markdown',
  html: 'HTML',
  pdf: 'PDF',
  docx: 'Word (.docx)',
  csv: 'a table (CSV)',
};

export function noText(name: string, why: string): ReadError {
  return new ReadError('no-text', `“${name}” holds no text to search: ${why}`);
}
