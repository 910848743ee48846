import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lean, nothingMatters, priorities, speaksFor, type Priorities, type Weight } from './decision.ts';

const matters = (change: Partial<Priorities>) => lean({ ...nothingMatters, ...change });

describe('the guide', () => {
  it('says nothing where nothing matters, and leans to the side of the one thing that matters very much', () => {
    expect(lean(nothingMatters)).toEqual({ to: 'unclear', why: 'nothing', because: [] });
    for (const one of priorities) expect(matters({ [one]: 2 })).toEqual({ to: speaksFor[one], because: [one] });
  });

  it('leans to both where something on either side matters very much', () => {
    expect(matters({ style: 2, changing: 2, soon: 1 })).toEqual({ to: 'both', because: ['changing', 'style'] });
  });

  it('lets one thing that matters very much outweigh smaller ones', () => {
    expect(matters({ style: 1, short: 1, stable: 1, traceable: 2 })).toEqual({
      ...{ to: 'retrieval', because: ['traceable'] },
    });
  });

  it('admits that it is not clear: the same knowledge changes and stays, or small things are even', () => {
    expect(matters({ changing: 2, stable: 2, traceable: 2 })).toMatchObject({ to: 'unclear', why: 'conflict' });
    expect(matters({ style: 1, soon: 1 })).toMatchObject({ to: 'unclear', why: 'even' });
    expect(matters({ soon: 1 })).toMatchObject({ to: 'unclear', why: 'even' });
    expect(matters({ soon: 1, large: 1 })).toMatchObject({ to: 'retrieval' });
  });

  it('names only what was said to matter, and more on one side never leans away from it', () => {
    const weight = fc.constantFrom<Weight>(0, 1, 2);
    const any = fc.record(Object.fromEntries(priorities.map((one) => [one, weight]))) as fc.Arbitrary<Priorities>;
    fc.assert(
      fc.property(any, fc.constantFrom(...priorities), (given, one) => {
        const before = lean(given);
        expect(before.because.every((named) => given[named] > 0)).toBe(true);
        const after = lean({ ...given, [one]: 2 });
        if (before.to === speaksFor[one]) expect([before.to, 'both', 'unclear']).toContain(after.to);
        if (before.to === speaksFor[one] && after.to === 'unclear') expect(after.why).toBe('conflict');
        if (before.to === speaksFor[one]) expect(after.to).not.toBe('both');
      }),
    );
  });
});
