/** Cuts an answer into what the page shows: text, citations, and sentences that lack support. */
import type { Answer, Source } from '../../pipeline/answer.ts';

export type Piece = { readonly text: string } | { readonly source: Source };

export interface Stretch {
  readonly pieces: readonly Piece[];
  /** Why no source supports this sentence; '' where one does, or where it is only the space between. */
  readonly unsupported: string;
  /** No passage that was found supports it: it is struck through. */
  readonly struck: boolean;
}

/** Text between `[n]` marks, and the marks as sources; a number without a source stays text. */
export function pieces(text: string, sources: readonly Source[]): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/\[(\d+)\]/g)) {
    const source = sources.find((s) => s.number === Number(match[1]));
    if (!source) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ source });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

/** The whole of `answer.text` in order, each sentence a stretch of its own. */
export function stretches(answer: Answer): Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  const push = (end: number, unsupported: string, struck = false): void => {
    if (end > from) found.push({ pieces: pieces(answer.text.slice(from, end), answer.sources), unsupported, struck });
    from = Math.max(from, end);
  };
  for (const { start, end, support } of answer.sentences) {
    push(start, '');
    push(end, support.supported ? '' : support.why, !support.supported && !support.instead);
  }
  push(answer.text.length, '');
  return found;
}
