/** Every package of the lock file admits the oldest Node that we promise, so that `npm ci` warns of none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/root.ts';

type Version = readonly [number, number, number];

const LOCK = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { engines?: { node?: string } | string[]; version?: string }>;
};

/** Whether a range of npm's kind (`^20.19.0 || >=22.12.0`, `>= 18`, `18.x`, `*`) admits a version. */
function admits(range: string, version: Version): boolean {
  return range.split('||').some((part) =>
    part
      .trim()
      .replace(/([<>=^~]+)\s+/g, '$1')
      .split(/\s+/)
      .every((comparator) => meets(comparator, version)),
  );
}

function meets(comparator: string, version: Version): boolean {
  const match = /^([<>=^~]*)v?(\d+|[x*])?(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?/.exec(comparator);
  if (!match) return false;
  const [, operator = '', ...given] = match;
  const numbers = given.filter((part): part is string => part !== undefined && /^\d+$/.test(part)).map(Number);
  if (numbers.length === 0) return true;
  const [major = 0, minor = 0, patch = 0] = numbers;
  const order = version[0] - major || version[1] - minor || version[2] - patch;
  const sameUpTo = (depth: number): boolean => numbers.slice(0, depth).every((part, place) => part === version[place]);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0 || sameUpTo(numbers.length);
    case '<':
      return order < 0;
    case '^':
      return order >= 0 && sameUpTo(1);
    case '~':
      return order >= 0 && sameUpTo(2);
    default:
      return sameUpTo(numbers.length);
  }
}

describe('the lock file', () => {
  it('holds only packages whose engines admit Node 20.19', () => {
    const refused = Object.entries(LOCK.packages).flatMap(([path, { engines, version }]) => {
      const range = Array.isArray(engines) ? undefined : engines?.node;
      return range === undefined || admits(range, [20, 19, 0]) ? [] : [`${path} ${version ?? ''}: node ${range}`];
    });
    expect(refused).toEqual([]);
    expect(Object.keys(LOCK.packages).length).toBeGreaterThan(100);
  });

  it.each([
    ['^20.19.0 || >=22.12.0', true],
    ['^20.19.1', false],
    ['>= 18', true],
    ['>=21', false],
    ['^18 || ^19', false],
    ['20 || >=22', true],
    ['22.x', false],
    ['>=14 <20', false],
    ['~20.18', false],
    ['*', true],
  ])('the range %s admits 20.19.0: %s', (range, expected) => {
    expect(admits(range, [20, 19, 0])).toBe(expected);
  });
});
