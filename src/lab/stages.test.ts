import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkStrategies } from '../pipeline/chunk/chunk.ts';
import { readings } from '../pipeline/generate/reading.ts';
import { dependence, effective, stageIds, stagesToRun, type StageId, type StageSettings } from './stages.ts';

const settings: fc.Arbitrary<StageSettings> = fc.record({
  strategy: fc.constantFrom(...chunkStrategies),
  passageTokens: fc.integer({ min: 48, max: 50 }),
  overlapTokens: fc.integer({ min: 0, max: 1 }),
  index: fc.constantFrom('auto', 'voy', 'flat'),
  by: fc.constantFrom('both', 'words'),
  depth: fc.integer({ min: 49, max: 50 }),
  fusion: fc.constantFrom('z', 'range', 'rrf'),
  vectorWeight: fc.constantFrom(null, 0, 0.5),
  most: fc.integer({ min: 1, max: 2 }),
  promptText: fc.constantFrom('passages', 'surroundings'),
  threshold: fc.constantFrom(null, 0.2, 1),
  generator: fc.constantFrom('adapter', 'base', 'off'),
  reading: fc.constantFrom(...readings),
  temperature: fc.constantFrom(0, 0.7),
  seed: fc.integer({ min: 1, max: 2 }),
});
const usual: StageSettings = {
  ...({ strategy: 'structure', passageTokens: 208, overlapTokens: 0, index: 'auto', by: 'both', depth: 50 } as const),
  ...({ fusion: 'z', vectorWeight: null, most: 2, promptText: 'passages', threshold: null } as const),
  ...({ generator: 'adapter', reading: 'once', temperature: 0, seed: 1 } as const),
};
const run = (change: Partial<StageSettings>, from = usual) => [...stagesToRun(from, { ...from, ...change })];
const from = (id: StageId) => stageIds.slice(stageIds.indexOf(id));

describe('the stages that run again', () => {
  it('are none where nothing that counts has changed', () => {
    fc.assert(
      fc.property(settings, (one) => {
        expect([...stagesToRun(one, one)]).toEqual([]);
        expect([...stagesToRun(one, effective(one))]).toEqual([]);
      }),
    );
    expect(run({ seed: 9 })).toEqual([]);
    expect(run({ reading: 'together' }, { ...usual, generator: 'base' })).toEqual([]);
  });

  it('are the one whose setting it is and those behind it, and none before', () => {
    expect(run({ threshold: 1 })).toEqual(['evidence', 'prompt', 'read', 'write', 'check']);
    expect(run({ temperature: 0.7 })).toEqual(['write', 'check']);
    expect(run({ vectorWeight: 0.2 })).toEqual(from('fuse'));
    expect(run({ most: 3 })).toEqual(['choose', 'prompt', 'read', 'write', 'check']);
    expect(run({ depth: 20 })).toEqual(from('search'));
    expect(run({ index: 'flat' })).toEqual(['index', ...from('search')]);
    expect(run({ passageTokens: 100 })).toEqual(stageIds.filter((id) => id !== 'question'));
    expect(run({ temperature: 0.7 }, { ...usual, reading: 'together' })).toEqual(['read', 'write', 'check']);
  });

  it('hold, with each stage, all that work on what it gives', () => {
    fc.assert(
      fc.property(settings, settings, (a, b) => {
        const again = stagesToRun(a, b);
        for (const id of stageIds)
          if (dependence[id].after.some((input) => again.has(input))) expect(again).toContain(id);
      }),
    );
  });

  it('leave alone what depends on nothing that differs', () => {
    const reaches = (id: StageId): Set<keyof StageSettings> =>
      new Set([...dependence[id].settings, ...dependence[id].after.flatMap((input) => [...reaches(input)])]);
    fc.assert(
      fc.property(settings, settings, (a, b) => {
        const again = stagesToRun(a, b);
        const differs = (name: keyof StageSettings) => effective(a)[name] !== effective(b)[name];
        const together = effective(b).reading === 'together';
        for (const id of again) {
          const own = [...reaches(id)].some(differs);
          expect(own || (id === 'read' && together && again.has('write'))).toBe(true);
        }
      }),
    );
  });

  it('are no more by a roundabout way than straight', () => {
    fc.assert(
      fc.property(settings, settings, settings, (a, b, c) => {
        const around = new Set([...stagesToRun(a, b), ...stagesToRun(b, c)]);
        for (const id of stagesToRun(a, c)) if (id !== 'read') expect(around).toContain(id);
      }),
    );
  });

  it('give every setting a stage, each one', () => {
    const owned = stageIds.flatMap((id) => dependence[id].settings);
    expect([...owned].sort()).toEqual(Object.keys(usual).sort());
    for (const id of stageIds)
      for (const input of dependence[id].after) expect(stageIds.indexOf(input)).toBeLessThan(stageIds.indexOf(id));
  });
});
