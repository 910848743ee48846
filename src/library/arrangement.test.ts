import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moved, ordered, pinnedFirst, sameArrangement, stepOf } from './arrangement.ts';
import type { Placed } from './inner.ts';

const entry = (path: string): Placed => {
  const at = path.lastIndexOf('/');
  return { path, outer: at < 0 ? null : path.slice(0, at), bytes: 1 };
};
const list = (...paths: string[]) => paths.map(entry);
const paths = (entries: readonly Placed[]) => entries.map(({ path }) => path);

const LIST = list('a', 'mail', 'mail/1', 'mail/zip', 'mail/zip/x', 'b', 'c');

describe('a document', () => {
  it('is moved with all that came inside it', () => {
    expect(paths(moved(LIST, 'mail', 'a'))).toEqual(['mail', 'mail/1', 'mail/zip', 'mail/zip/x', 'a', 'b', 'c']);
    expect(paths(moved(LIST, 'mail', null))).toEqual(['a', 'b', 'c', 'mail', 'mail/1', 'mail/zip', 'mail/zip/x']);
    expect(paths(moved(LIST, 'c', 'mail'))).toEqual(['a', 'c', 'mail', 'mail/1', 'mail/zip', 'mail/zip/x', 'b']);
  });

  it('stays where what it came in is, and where there is no such place', () => {
    for (const [path, before] of [
      ['mail/1', 'a'],
      ['gone', 'a'],
      ['a', 'gone'],
      ['a', 'a'],
    ] as const)
      expect(moved(LIST, path, before)).toBe(LIST);
  });

  it('goes a step among the pinned or among the others, and none beyond the ends', () => {
    const pinned = new Set(['c', 'a']);
    const after = (path: string, step: -1 | 1) => {
      const before = stepOf(LIST, pinned, path, step);
      return before === undefined ? null : paths(pinnedFirst(moved(LIST, path, before), pinned)).join(' ');
    };
    expect(paths(pinnedFirst(LIST, pinned)).join(' ')).toBe('a c mail mail/1 mail/zip mail/zip/x b');
    expect(after('c', -1)).toBe('c a mail mail/1 mail/zip mail/zip/x b');
    expect(after('a', 1)).toBe('c a mail mail/1 mail/zip mail/zip/x b');
    expect(after('b', -1)).toBe('a c b mail mail/1 mail/zip mail/zip/x');
    expect(after('mail', 1)).toBe('a c b mail mail/1 mail/zip mail/zip/x');
    for (const [path, step] of [
      ['a', -1],
      ['c', 1],
      ['mail', -1],
      ['b', 1],
    ] as const)
      expect(after(path, step)).toBe(null);
  });
});

describe('an order', () => {
  it('is taken up again whatever has come and gone since, and nothing is lost or torn from what it came in', () => {
    const tops = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(tops, tops, fc.constantFrom('a', 'b', 'z'), (here, order, holder) => {
        const entries = here.flatMap((path) => (path === holder ? list(path, `${path}/1`, `${path}/2`) : list(path)));
        const after = paths(ordered(entries, order));
        expect([...after].sort()).toEqual(paths(entries).sort());
        const known = order.filter((path) => here.includes(path));
        const others = here.filter((path) => !order.includes(path));
        expect(after.filter((path) => !path.includes('/'))).toEqual([...known, ...others]);
        const at = after.indexOf(holder);
        if (at >= 0) expect(after.slice(at, at + 3)).toEqual([holder, `${holder}/1`, `${holder}/2`]);
      }),
    );
  });

  it('is the same only with the same pins', () => {
    const one = { order: ['a', 'b'], pinned: ['b'] };
    expect(sameArrangement(one, { order: ['a', 'b'], pinned: ['b'] })).toBe(true);
    expect(sameArrangement(one, { order: ['b', 'a'], pinned: ['b'] })).toBe(false);
    expect(sameArrangement(one, { order: ['a', 'b'], pinned: [] })).toBe(false);
  });
});
