import { describe, expect, it } from 'vitest';
import { naive, randomVector } from '../../tests/support/vectors.ts';
import { cosinesWith, largestFirst, nearestOfAll } from './nearest.ts';
import { randomFrom } from '../pipeline/random.ts';

const dimensions = 16;
function some(count: number): Float32Array[] {
  const random = randomFrom(8);
  return Array.from({ length: count }, () => randomVector(random, dimensions));
}
const joined = (vectors: readonly Float32Array[]) => Float32Array.from(vectors.flatMap((vector) => [...vector]));

describe('true neighbours', () => {
  it('are those of a slow search, without the point itself', () => {
    const vectors = some(60);
    const { k, ids, cosines } = nearestOfAll(joined(vectors), dimensions, 5);
    expect(k).toBe(5);
    vectors.forEach((vector, i) => {
      const others = new Map([...vectors.entries()].filter(([j]) => j !== i));
      const expected = naive(others, vector, 5);
      expect([...ids.subarray(i * 5, i * 5 + 5)]).toEqual(expected.map(({ key }) => key));
      expected.forEach(({ score }, j) => expect(cosines[i * 5 + j]).toBeCloseTo(score, 6));
    });
  });

  it('are the others by their place where many are equal', () => {
    const [one] = some(1);
    const { k, ids } = nearestOfAll(joined([one!, one!, one!, one!]), dimensions, 2);
    expect([k, [...ids]]).toEqual([2, [1, 2, 0, 2, 0, 1, 0, 1]]);
  });

  it('are no more than there are others', () => {
    expect(nearestOfAll(joined(some(3)), dimensions, 5)).toMatchObject({ k: 2 });
    expect(nearestOfAll(joined(some(1)), dimensions, 5).ids).toHaveLength(0);
  });

  it('of one vector come by its cosine with each', () => {
    const [asked, ...vectors] = some(20);
    const cosines = cosinesWith(asked!, joined(vectors));
    const expected = naive(new Map(vectors.entries()), asked!, 19);
    expect([...largestFirst(cosines)]).toEqual(expected.map(({ key }) => key));
  });
});
