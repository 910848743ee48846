/** The numbers that stand beside the lines of a text. */
import type { Span } from '../../pipeline/document.ts';
import { chunks } from './chunks.ts';

export interface NumberedChunk extends Span {
  /** One for each line that is shown; '' for the rest of a line that began in the chunk before. */
  readonly numbers: readonly string[];
  /** Number of its last line. */
  readonly last: number;
}

/** The text in chunks that a browser lays out one at a time, each with the numbers of its lines, from 1 on. */
export function numberedChunks(text: string): NumberedChunk[] {
  let line = 1;
  let inside = false;
  return chunks(text).map(({ start, end }) => {
    const numbers: string[] = [inside ? '' : String(line)];
    for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
      line++;
      // A line's end that closes the chunk opens no line in it.
      if (at < end - 1) numbers.push(String(line));
    }
    inside = text[end - 1] !== '\n';
    return { start, end, numbers, last: inside ? line : line - 1 };
  });
}
