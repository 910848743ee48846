import { describe, expect, it } from 'vitest';
import { chosenToken } from './alternatives.ts';
import { decode, type Beginning } from './decode.ts';
import { chooser, type Sampling } from './sampling.ts';

const scores = Float32Array.of(1.2, 3, 0.4, 2.5, 3, -8, 2.9);
const draws = (sampling: Sampling | undefined, times: number): number[] => {
  const choose = chooser(sampling);
  return Array.from({ length: times }, () => choose(scores));
};

describe('choosing a token', () => {
  it('takes the likeliest, of equal ones the first, at temperature 0 and where nothing is said', () => {
    expect(new Set(draws(undefined, 5))).toEqual(new Set([1]));
    expect(new Set(draws({ temperature: 0, seed: 7 }, 5))).toEqual(new Set([1]));
  });

  it('comes to the likeliest as the temperature goes to 0, and never overflows', () => {
    const alone = Float32Array.of(1000, 900, -1000);
    for (const temperature of [1, 0.1, 1e-3, 1e-30]) {
      const choose = chooser({ temperature, seed: 3 });
      expect(Array.from({ length: 50 }, () => choose(alone))).toEqual(Array(50).fill(0));
    }
  });

  it('draws the same by the same seed, and otherwise by another', () => {
    const some = draws({ temperature: 1, seed: 11 }, 60);
    expect(draws({ temperature: 1, seed: 11 }, 60)).toEqual(some);
    expect(draws({ temperature: 1, seed: 12 }, 60)).not.toEqual(some);
  });

  it.each([0.5, 1, 2])('draws each as often as the softmax says, at temperature %f', (temperature) => {
    const times = 20_000;
    const counts = draws({ temperature, seed: 5 }, times).reduce(
      (all, id) => all.with(id, all[id]! + 1),
      Array<number>(scores.length).fill(0),
    );
    const cooled = scores.map((score) => score / temperature);
    counts.forEach((count, id) => {
      const { probability } = chosenToken(id, cooled, 1);
      // Four standard deviations of a binomial share, and the one draw that a rare token may have.
      const bound = 4 * Math.sqrt((probability * (1 - probability)) / times) + 1 / times;
      expect(Math.abs(count / times - probability)).toBeLessThan(bound);
    });
  });
});

describe('the decode loop', () => {
  const codec = {
    encode: (text: string) => Array.from(text, (letter) => letter.charCodeAt(0) - 97),
    decode: (ids: number[]) => String.fromCharCode(...ids.map((id) => id + 97)),
  };
  /** Scores that depend on what was read last, so that one other token changes all that follow. */
  const begun = (): Beginning => ({
    parts: [[3]],
    reader: {
      read: ([id = 0]) => Float32Array.from({ length: 26 }, (_, other) => 2 * Math.sin(1 + id * 7 + other * 13)),
      release: () => undefined,
    },
  });
  const write = async (sampling?: Sampling): Promise<string> =>
    (await decode(begun(), { codec, ends: [], maxTokens: 20, ...(sampling && { sampling }) })).text;

  it('writes by lot: the same text by the same seed, and the greedy one at temperature 0', async () => {
    const greedy = await write();
    expect(await write({ temperature: 0, seed: 4 })).toBe(greedy);
    const warm = await write({ temperature: 1, seed: 4 });
    expect(warm).not.toBe(greedy);
    expect(await write({ temperature: 1, seed: 4 })).toBe(warm);
    expect(await write({ temperature: 1, seed: 5 })).not.toBe(warm);
  });
});
