/** How fusion moved each passage: its rank by words and by meaning, and lines from both to its rank after fusion. */
import type { Ranked } from '../../../pipeline/retrieve/rank.ts';
import { csv } from '../../pictures/csv.ts';
import { drawingSvg, type Drawing, type Point, type Shape } from '../../pictures/drawing.ts';

/** A passage in the picture. */
export interface Moved extends Pick<Ranked, 'keywordRank' | 'vectorRank' | 'keywordScore' | 'cosine' | 'fused'> {
  /** After fusion, from 1. */
  readonly rank: number;
  /** `lease.pdf, page 4` */
  readonly place: string;
  readonly text: string;
  /** Its number where it was kept, null where it was cut. */
  readonly kept: number | null;
}

/** The first so many after fusion are drawn, and what was kept. */
const drawn = 10;

/** @param kept number by id of the passage */
export function movedBy(
  ordered: readonly Ranked[],
  kept: ReadonlyMap<string, number>,
  placeOf: (passage: Ranked['passage']) => string,
): Moved[] {
  return ordered.flatMap(({ passage, keywordRank, vectorRank, keywordScore, cosine, fused }, i) => {
    const number = kept.get(passage.id) ?? null;
    if (i >= drawn && number === null) return [];
    const scores = { keywordRank, vectorRank, keywordScore, cosine, fused };
    return [{ ...scores, rank: i + 1, place: placeOf(passage), text: passage.text, kept: number }];
  });
}

const top = 34;
const row = 24;
const side = 46;
const circle = 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0';

/** @param width pixels */
export function slopeDrawing(moved: readonly Moved[], width: number): Drawing {
  const [left, middle, right] = [side, width / 2, width - side];
  const words = rows(moved, ({ keywordRank }) => keywordRank);
  const meaning = rows(moved, ({ vectorRank }) => vectorRank);
  const fused = rows(moved, ({ rank }) => rank);
  const y = (line: number): number => top + row * line;
  const title = { kind: 'text', ink: 'soft', size: 12 } as const;
  const shapes: Shape[] = [
    { ...title, at: [left, 14], text: 'By words', anchor: 'middle' },
    { ...title, at: [middle, 14], text: 'After fusion', anchor: 'middle' },
    { ...title, at: [right, 14], text: 'By meaning', anchor: 'middle' },
  ];
  // What was kept is drawn last, over the others.
  for (const one of [...moved].sort((a, b) => Number(a.kept !== null) - Number(b.kept !== null))) {
    const ink = one.kept === null ? 'edge' : 'accent';
    const to: Point = [middle, y(fused.get(one)!)];
    const sides = [
      { at: left, line: words.get(one), rank: one.keywordRank, anchor: 'end', label: left - 10 },
      { at: right, line: meaning.get(one), rank: one.vectorRank, anchor: undefined, label: right + 10 },
    ] as const;
    for (const { at, line, rank, anchor, label } of sides) {
      if (line === undefined) continue;
      const from: Point = [at, y(line)];
      shapes.push({ kind: 'line', from, to, ink, width: one.kept === null ? 1.25 : 2.5 });
      shapes.push({ kind: 'mark', at: from, path: circle, ink });
      shapes.push({
        ...{ kind: 'text', at: [label, from[1] + 4], text: String(rank), ink: 'soft', size: 12 },
        ...(anchor && { anchor }),
      });
    }
    shapes.push({ kind: 'mark', at: to, path: circle, ink });
    shapes.push({
      ...{ kind: 'text', at: [middle, to[1] - 8], text: String(one.rank), ink: 'ink', size: 12 },
      ...{ anchor: 'middle', strong: one.kept !== null },
    });
  }
  const lines = Math.max(0, ...words.values(), ...meaning.values(), ...fused.values());
  return { width, height: y(lines) + 14, shapes };
}

/** The line of each: its rank, as far as ranks go that are drawn; those further down follow in their order. */
function rows(moved: readonly Moved[], rankOf: (one: Moved) => number | null): ReadonlyMap<Moved, number> {
  const ranked = moved.flatMap((one) => {
    const rank = rankOf(one);
    return rank === null ? [] : [{ one, rank }];
  });
  let next = drawn;
  return new Map(
    ranked.sort((a, b) => a.rank - b.rank).map(({ one, rank }) => [one, rank <= drawn ? rank - 1 : next++] as const),
  );
}

/** `1: lease.pdf, page 4; by words 3, by meaning 1; kept as [1]` */
export function movedText({ rank, place, keywordRank, vectorRank, kept }: Moved): string {
  const words = keywordRank === null ? 'not found by words' : `by words ${keywordRank}`;
  const meaning = vectorRank === null ? 'not found by meaning' : `by meaning ${vectorRank}`;
  return `${rank}: ${place}; ${words}, ${meaning}${kept === null ? '' : `; kept as [${kept}]`}`;
}

export function slopeSvg(question: string, moved: readonly Moved[]): string {
  const description = [`For “${question}”. Thick lines lead to what was kept.`, ...moved.map(movedText)];
  return drawingSvg({ title: 'How fusion moved the passages', description }, slopeDrawing(moved, 640));
}

export function slopeCsv(moved: readonly Moved[]): string {
  return csv(
    ['rank', 'place', 'keyword_rank', 'keyword_score', 'vector_rank', 'cosine', 'fused', 'kept_as', 'text'],
    moved.map((one) => [
      ...[one.rank, one.place, one.keywordRank, one.keywordScore, one.vectorRank],
      ...[one.cosine, one.fused, one.kept, one.text],
    ]),
  );
}
