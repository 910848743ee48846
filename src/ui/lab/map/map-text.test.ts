import { describe, expect, it } from 'vitest';
import { neighbourAgreement } from '../../../lab/neighbour-agreement.ts';
import { nearestOfAll } from '../../../lab/nearest.ts';
import { randomFrom } from '../../../pipeline/random.ts';
import { randomVector } from '../../../../tests/support/vectors.ts';
import { amongNearest, keptText, nearestText, pointNeighbours, questionNeighbours, workText } from './map-text.ts';
import { ranksOf } from './ranks.ts';

const random = randomFrom(8);
const vectors = Float32Array.from(Array.from({ length: 40 }, () => [...randomVector(random, 8)]).flat());
const nearest = nearestOfAll(vectors, 8, 14);
const places = Float32Array.from({ length: 80 }, () => random());

describe('a map in words', () => {
  it('tells of each point what, over all of them, is the agreement', () => {
    const kept = Array.from({ length: 40 }, (_, i) => amongNearest(pointNeighbours({ places, nearest }, i)));
    const share = kept.reduce((sum, one) => sum + one, 0) / (40 * 5);
    expect(share).toBeCloseTo(neighbourAgreement(nearest, places, 5).kept, 12);
    expect(pointNeighbours({ places, nearest: null }, 0)).toEqual([]);
  });

  it('tells where the true neighbours of the question stand in the picture', () => {
    const line = Float32Array.of(1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0);
    const cosines = Float32Array.of(0.1, 0.9, 0.2, 0.8, 0.3, 0.4);
    const order = Int32Array.of(1, 3, 5, 4, 2, 0);
    const seen = questionNeighbours({ places: line }, { text: '', place: [0, 0], cosines, order });
    expect(seen.map(({ point, inPicture }) => [point, inPicture])).toEqual([
      ...[
        [1, 2],
        [3, 4],
        [5, 6],
        [4, 5],
        [2, 3],
      ],
    ]);
    expect(seen[1]!.cosine).toBeCloseTo(0.8, 6);
    expect(amongNearest(seen)).toBe(4);
    expect([...ranksOf(order)]).toEqual([6, 1, 5, 2, 4, 3]);
  });

  it('has shares, ranks and progress as people read them', () => {
    expect([1, 2, 3, 11, 21, 1004].map(nearestText).join()).toBe(
      'nearest,2nd nearest,3rd nearest,11th nearest,21st nearest,1,004th nearest',
    );
    expect(keptText({ k: 5, kept: 0.456, byChance: 0.0126 })).toContain('keeps 46% among the 5 nearest marks');
    expect(keptText({ k: 5, kept: 0.456, byChance: 0.0126 })).toContain('by lot would keep 1.3%');
    expect(workText({ stage: 'umap', done: 12, total: 500 })).toBe('Laying out by UMAP, round 12 of 500');
    expect(workText({ stage: 'nearest', done: 1200, total: 10_000 })).toContain('1,200 of 10,000');
  });
});
