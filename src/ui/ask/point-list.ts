/** A list of points, cut into what the page shows. */
import type { Answer } from '../../pipeline/answer.ts';
import { pieces, type Piece } from './pieces.ts';

export interface ShownPoint {
  readonly pieces: readonly Piece[];
  /** Why its source does not support it; '' where it does. */
  readonly why: string;
}

export interface ShownPart {
  /** '' where the points belong under none. */
  readonly heading: string;
  readonly points: readonly ShownPoint[];
}

/** Lines `- a point [1].` of the answer, under the lines that are headings. Empty for a refusal. */
export function pointsOf({ text, sources, sentences, refused }: Answer): readonly ShownPart[] {
  const parts: { heading: string; points: ShownPoint[] }[] = [];
  let start = 0;
  for (const line of refused ? [] : text.split('\n')) {
    const end = start + line.length;
    if (!line.startsWith('- ')) parts.push({ heading: line.replace(/:$/, ''), points: [] });
    else {
      const doubts = sentences.flatMap((one) =>
        one.start < end && start < one.end && !one.support.supported ? [one.support.why] : [],
      );
      if (parts.length === 0) parts.push({ heading: '', points: [] });
      parts.at(-1)!.points.push({ pieces: pieces(line.slice(2), sources), why: doubts.join(' ') });
    }
    start = end + 1;
  }
  return parts;
}

/** The same lines while they are still being written, each point as its text. */
export function pointLines(text: string): readonly { readonly heading: string; readonly points: readonly string[] }[] {
  const parts: { heading: string; points: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('- ')) parts.push({ heading: line.replace(/:$/, ''), points: [] });
    else {
      if (parts.length === 0) parts.push({ heading: '', points: [] });
      parts.at(-1)!.points.push(line.slice(2));
    }
  }
  return parts;
}
