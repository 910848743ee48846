import { describe, expect, it } from 'vitest';
import { FORMATS } from '../pipeline/read/formats.ts';
import { accept, kindNames } from './formats.ts';

describe('the formats of the page', () => {
  it('offers at least one name for every format that the readers know', () => {
    const offered = new Set(accept.split(','));
    const missing = Object.entries(FORMATS).filter(
      ([, { extensions }]) => extensions.length > 0 && !extensions.some((extension) => offered.has(`.${extension}`)),
    );
    expect(missing.map(([kind]) => kind)).toEqual([]);
  });

  it('has a name of its own for each', () => {
    const names = Object.values(kindNames);
    expect(new Set(names).size).toBe(Object.keys(FORMATS).length);
  });
});
