import { describe, expect, it } from 'vitest';
import { pinnedFirst } from '../../library/arrangement.ts';
import { EntryList } from '../../library/entry-list.svelte.ts';
import type { LibraryApi } from '../../library/state.ts';
import { Reorder } from './reorder.svelte.ts';

function desk(...pinned: string[]) {
  const list = new EntryList();
  list.insert(
    ['a', 'b', 'c', 'd'].map((path) => ({ path, file: new File(['x'], path) })),
    null,
  );
  for (const path of pinned) list.pin(path, true);
  const library = {
    get entries() {
      return list.entries;
    },
    listing: {
      get pinned() {
        return list.pinned;
      },
      move: (path: string, before: string | null) => list.move(path, before),
    },
  } as unknown as LibraryApi;
  const shown = () => pinnedFirst(list.entries, list.pinned);
  return {
    list,
    reorder: new Reorder(library, shown),
    order: () =>
      shown()
        .map(({ path }) => path)
        .join(' '),
  };
}

/** Over an item of 80 pixels. */
function over({ list, reorder }: ReturnType<typeof desk>, path: string, y: number): boolean {
  let taken = false;
  const event = {
    clientY: y,
    currentTarget: { getBoundingClientRect: () => ({ top: 0, height: 80 }) },
    preventDefault: () => (taken = true),
  };
  reorder.over(list.entry(path)!, event as unknown as DragEvent & { currentTarget: HTMLElement });
  return taken;
}

describe('a document that is dragged', () => {
  it('goes before or behind the one under it, to the end as well', () => {
    const one = desk();
    const drag = (path: string, onto: string, y: number): string => {
      one.reorder.start(path, null);
      expect(over(one, onto, y)).toBe(true);
      one.reorder.drop();
      return one.order();
    };
    expect(drag('a', 'c', 70)).toBe('b c a d');
    expect(drag('d', 'c', 10)).toBe('b d c a');
    expect(drag('b', 'a', 70)).toBe('d c a b');
    expect(one.reorder.said).toBe('b is now 4 of 4.');
    expect(drag('b', 'b', 10)).toBe('d c a b');
    expect([one.reorder.dragged, one.reorder.target]).toEqual([null, null]);
  });

  it('stays among the pinned or the others, and is let go without a target', () => {
    const one = desk('c', 'd');
    expect(one.order()).toBe('c d a b');
    one.reorder.start('a', null);
    expect(over(one, 'c', 10)).toBe(false);
    one.reorder.drop();
    expect(one.order()).toBe('c d a b');
    expect(over(one, 'b', 10)).toBe(false);
    one.reorder.start('d', null);
    expect(over(one, 'c', 10)).toBe(true);
    one.reorder.drop();
    expect(one.order()).toBe('d c a b');
  });

  it('is moved by steps, and told where it is', () => {
    const one = desk();
    expect(one.reorder.step('a', -1)).toBe(false);
    expect(one.reorder.step('a', 1)).toBe(true);
    expect([one.order(), one.reorder.said]).toEqual(['b a c d', 'a is now 2 of 4.']);
  });
});
