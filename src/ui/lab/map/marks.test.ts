import { describe, expect, it } from 'vitest';
import { markedDocuments, ownMarks, shapePath, shapes } from './marks.ts';

const points = (...counts: readonly number[]) =>
  counts.flatMap((count, i) => Array.from({ length: count }, () => ({ path: `${i}.txt` })));
const told = ({ colour, shape }: { colour: number | null; shape: string }) => `${colour} ${shape}`;

describe('marks of documents', () => {
  it('differ, the first six in colour and in shape', () => {
    const marks = markedDocuments(points(...Array.from({ length: ownMarks }, () => 1))).map(({ mark }) => mark);
    expect(new Set(marks.map(told)).size).toBe(ownMarks);
    expect(new Set(marks.slice(0, 6).map(({ colour }) => colour)).size).toBe(6);
    expect(new Set(marks.slice(0, 6).map(({ shape }) => shape)).size).toBe(6);
  });

  it('go to the documents with the most passages where there are too few, in the order of the desk', () => {
    const counts = Array.from({ length: ownMarks + 2 }, (_, i) => (i === 1 || i === 5 ? 1 : 2));
    const marked = markedDocuments(points(...counts));
    expect(marked.map(({ path }) => path)).toEqual(counts.map((_, i) => `${i}.txt`));
    expect(marked.filter(({ mark }) => mark.colour === null).map(({ path }) => path)).toEqual(['1.txt', '5.txt']);
    expect(marked[2]!.points).toEqual([3, 4]);
  });
});

describe('outlines', () => {
  it('are closed, and no larger than a third beyond their radius', () => {
    for (const shape of shapes) {
      const path = shapePath(shape, 10);
      expect(path).toMatch(/^M.*Z$/);
      for (const number of path.match(/-?\d+(\.\d+)?/g)!) expect(Math.abs(Number(number))).toBeLessThanOrEqual(20);
    }
  });
});
