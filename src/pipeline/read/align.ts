/** Lines a parsed value up with the source it came from. */

/** A piece of a value: exact where the source reads the same, else standing for `[start, end)` as a whole. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly exact: boolean;
}

const PREFIX = /^[ \t]*(?:>[ \t]?)*[ \t]*/;
const REFERENCE = /^&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});/;

/**
 * Pieces of `value` in order with their places in `source`, which begins at `offset`.
 * Knows what markdown takes away: quote marks and indentation at line starts, backslashes, character references.
 */
export function align(value: string, source: string, offset: number): Piece[] {
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < value.length) {
    const [from, at] = [i, j];
    while (i < value.length && value[i] === source[j] && !decoded(value, i, source, j)) {
      i++;
      j++;
    }
    if (i > from) pieces.push({ text: value.slice(from, i), start: offset + at, end: offset + j, exact: true });
    if (i === value.length) break;
    if (source[j] === '\\' && source[j + 1] === value[i]) {
      j++;
      continue;
    }
    if (value[i] === '\n' && source[j] === '\r') {
      j++;
      continue;
    }
    const lineStart = j === 0 || source[j - 1] === '\n' || source[j - 1] === '\r';
    const skipped = lineStart ? prefixLength(source, j, value[i]!) : 0;
    if (skipped > 0) {
      j += skipped;
      continue;
    }
    const blanks = /^[ \t]*(?=\r?\n)/.exec(source.slice(j, j + 1000))?.[0].length ?? 0;
    if (blanks > 0 && value[i] === '\n') {
      j += blanks;
      continue;
    }
    const reference = REFERENCE.exec(source.slice(j, j + 40))?.[0];
    const size = value.codePointAt(i)! > 0xffff ? 2 : 1;
    if (reference !== undefined) {
      pieces.push({
        text: value.slice(i, i + size),
        start: offset + j,
        end: offset + j + reference.length,
        exact: false,
      });
      i += size;
      j += reference.length;
      continue;
    }
    // Beyond what is known: the rest stands for the rest.
    const start = offset + Math.max(0, Math.min(j, source.length - 1));
    pieces.push({ text: value.slice(i), start, end: offset + source.length, exact: false });
    break;
  }
  return pieces;
}

/** How much of a line's quote marks and indentation is to be passed so that `next` can follow; code may begin with `>` itself. */
function prefixLength(source: string, j: number, next: string): number {
  let length = PREFIX.exec(source.slice(j, j + 1000))?.[0].length ?? 0;
  const follows = (at: number): boolean => source[at] === next || /[\\&\r]/.test(source[at] ?? '');
  while (length > 0 && !follows(j + length)) length--;
  return length;
}

/** True where the source has a character reference that the value shows decoded. */
function decoded(value: string, i: number, source: string, j: number): boolean {
  if (source[j] !== '&') return false;
  const reference = REFERENCE.exec(source.slice(j, j + 40))?.[0];
  return reference !== undefined && !value.startsWith(reference, i);
}
