import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOut } from './share-out.ts';

const never = new Promise<never>(() => undefined);

/** So many turns of the event loop. */
const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('shareOut', () => {
  it('has every passage read once, whatever each takes and whenever the other comes or fails', async () => {
    const small = fc.integer({ min: 0, max: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          ...{ count: fc.nat(6), comes: fc.option(small), own: small, other: small, way: small },
          fails: fc.option(small),
          lost: fc.option(small),
        }),
        async ({ count, comes, fails, lost, ...takes }) => {
          const passages = Array.from({ length: count }, (_, i) => i);
          const read: number[] = [];
          let begun = 0;
          await shareOut(passages, {
            own: async (passage) => {
              await turns(takes.own);
              read.push(passage);
            },
            otherReady: comes === null ? never : turns(comes),
            other: async (passage) => {
              const at = begun++;
              await turns(takes.other);
              if (at === fails) throw new Error('Out of memory, for a test.');
              const bring = async () => {
                await turns(takes.way);
                if (at === lost) throw new Error('Lost on the way, for a test.');
                read.push(passage);
              };
              return { brought: bring() };
            },
          });
          expect(read.sort()).toEqual(passages);
          if (fails !== null) expect(begun).toBeLessThanOrEqual(fails + 1);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives half of them to each where both are as quick', async () => {
    const by = { own: [] as number[], other: [] as number[] };
    const reading = (list: number[]) => async (passage: number) => {
      await turns(3);
      list.push(passage);
    };
    const there = Promise.resolve();
    const other = async (passage: number) => {
      await reading(by.other)(passage);
      return { brought: there };
    };
    await shareOut([0, 1, 2, 3], { own: reading(by.own), otherReady: turns(0), other });
    expect(by).toEqual({ own: [0, 1], other: [3, 2] });
  });

  it('lets the other read on while what it has read waits to be taken', async () => {
    const began: number[] = [];
    let free = Promise.resolve();
    const own = (passage: number) => {
      free = turns(6);
      began.push(passage);
      return free;
    };
    // The one who writes takes nothing while it reads.
    const other = async (passage: number) => {
      began.push(passage);
      await turns(4);
      return { brought: free };
    };
    await shareOut([0, 1, 2, 3], { own, otherReady: turns(0), other });
    expect(began).toEqual([0, 3, 2, 1]);
  });

  it('does not wait for another that cannot come', async () => {
    const read: number[] = [];
    const own = (passage: number) => Promise.resolve(void read.push(passage));
    const otherReady = Promise.reject(new Error('No memory.'));
    await shareOut([0, 1], { own, otherReady, other: () => never });
    expect(read).toEqual([0, 1]);
  });

  it('begins nothing after it was stopped', async () => {
    let others = 0;
    const shared = shareOut([0, 1, 2, 3, 4], {
      own: async () => {
        await turns(2);
        throw new Error('Stopped.');
      },
      otherReady: turns(0),
      other: async () => {
        others++;
        await turns(4);
        return { brought: Promise.resolve() };
      },
    });
    await expect(shared).rejects.toThrow('Stopped.');
    await turns(12);
    expect(others).toBe(1);
  });
});
