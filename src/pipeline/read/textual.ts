/** Which textual format a text is by what stands in it, whatever its name; null when nothing says so for certain. */
import type { DocumentKind } from '../document.ts';
import { linesOf } from './lines.ts';

/** A longer text is not parsed to find out what it is. */
const MAX_PARSED = 20_000_000;
/** Rows looked at before a text counts as a table. */
const ROWS = 50;

/** `promised` is the kind that the file's extension promises, null if none. */
export function contentKind(text: string, promised: DocumentKind | null): DocumentKind | null {
  const head = text.slice(0, 4096).replace(/^[\s\uFEFF]+/, '');
  if (head.startsWith('{\\rtf')) return 'rtf';
  if (/^WEBVTT(?:\s|$)/.test(head) || SRT.test(head)) return 'subtitles';
  if (/^[{[]/.test(head)) return jsonKind(text, promised);
  if (/^<\?xml\s/.test(head) && promised !== 'html') return 'xml';
  if (promised === 'xml' && !/<[\p{L}_!?]/u.test(text)) return 'text';
  if (promised === 'html' && !/<[a-z!/]/i.test(text)) return 'text';
  if (promised === 'subtitles' && !text.includes('-->')) return 'text';
  if ((promised === null || promised === 'text') && TEX.test(text.slice(0, 50_000))) return 'tex';
  if ((promised === null || promised === 'text') && isTabbed(text)) return 'csv';
  // A script without an ending says what runs it.
  if (promised === null && /^#!\s*\/\S+/.test(head)) return 'code';
  return null;
}

const SRT = /^\d{1,6}[ \t]*\r?\n\s*(?:\d{1,3}:)?\d{1,2}:\d{1,2}[,.]\d{1,3}[ \t]*-->/;
const TEX = /^[ \t]*\\(?:documentclass|documentstyle|begin\{document\})/m;

function jsonKind(text: string, promised: DocumentKind | null): DocumentKind | null {
  const body = text.replace(/^\uFEFF/, '');
  if (/"nbformat"\s*:\s*\d/.test(body) && /"(?:cells|worksheets)"\s*:\s*\[/.test(body)) return 'ipynb';
  if (isLines(body)) return 'jsonl';
  if (promised === 'json' || promised === 'jsonl') return promised === 'jsonl' && !isJson(body) ? 'jsonl' : 'json';
  if (promised === 'yaml' || promised === 'tex' || promised === 'markdown') return null;
  return isJson(body) ? 'json' : null;
}

/** Two lines or more, the first two of them a whole object or list each. */
function isLines(text: string): boolean {
  const first: string[] = [];
  for (const line of linesOf(text)) {
    if (line.text.trim() !== '') first.push(line.text);
    if (first.length === 2) break;
  }
  return first.length === 2 && first.every((line) => /^\s*[{[]/.test(line) && isJson(line));
}

function isJson(text: string): boolean {
  if (text.length > MAX_PARSED) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** Every row has the same number of tabs, at least two columns and three rows. */
function isTabbed(text: string): boolean {
  let tabs = 0;
  let rows = 0;
  for (const line of linesOf(text)) {
    if (line.text.trim() === '') continue;
    const found = line.text.split('\t').length - 1;
    if (found === 0 || (rows > 0 && found !== tabs) || line.text.startsWith('\t')) return false;
    tabs = found;
    rows++;
    if (rows === ROWS) break;
  }
  return rows >= 3;
}
