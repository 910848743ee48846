import { describe, expect, it } from 'vitest';
import { EntryList } from './entry-list.svelte.ts';

const files = (...paths: string[]) => paths.map((path) => ({ path, file: new File(['x'], path) }));
const paths = ({ entries }: EntryList) => entries.map(({ path }) => path);

function list(): EntryList {
  const made = new EntryList();
  made.insert(files('a', 'mail', 'b'), null);
  made.insert(files('mail/1', 'mail/2'), 'mail');
  made.insert(files('c'), null);
  return made;
}

describe('EntryList', () => {
  it('stands as its documents came, with what came inside them behind them', () => {
    expect(paths(list())).toEqual(['a', 'mail', 'mail/1', 'mail/2', 'b', 'c']);
    expect(list().arrangement).toEqual({ order: [], pinned: [] });
  });

  it('has an order of its own as soon as something was moved, and forgets it when it is empty', () => {
    const moved = list();
    moved.move('mail', null);
    moved.pin('b', true);
    moved.pin('c', true);
    expect(paths(moved)).toEqual(['a', 'b', 'c', 'mail', 'mail/1', 'mail/2']);
    expect(moved.arrangement).toEqual({ order: ['a', 'b', 'c', 'mail'], pinned: ['b', 'c'] });
    moved.drop(new Set(['b']));
    moved.pin('c', false);
    expect(moved.arrangement).toEqual({ order: ['a', 'c', 'mail'], pinned: [] });
    moved.drop(new Set(paths(moved)));
    expect(moved.arrangement).toEqual({ order: [], pinned: [] });
  });

  it('comes back as it was kept, whatever order its documents come in', () => {
    const kept = { order: ['c', 'mail', 'a'], pinned: ['mail'] };
    const back = list();
    back.arrange(kept);
    expect(paths(back)).toEqual(['c', 'mail', 'mail/1', 'mail/2', 'a', 'b']);
    expect(back.arrangement).toEqual({ order: ['c', 'mail', 'a', 'b'], pinned: ['mail'] });
    back.arrange();
    expect(back.arrangement).toEqual({ order: [], pinned: [] });
  });
});
