import { describe, expect, it, vi } from 'vitest';
import type { CollectionInfo, Entry, KeepingState, LibraryApi, Turn } from '../../library/state.ts';
import { newTurn } from '../../library/turns.ts';
import type { Ways } from '../keys/go.ts';
import { shortcuts } from '../keys/shortcuts.ts';
import { commands } from './commands.ts';

const collections: readonly CollectionInfo[] = ['Leases', 'Minutes'].map((name) => ({
  ...{ id: name, name, bytes: 1, documents: 1 },
}));

function desk(over: Partial<LibraryApi> = {}, state: KeepingState = { state: 'memory' }) {
  const did: string[] = [];
  // every call of the library and of the ways is written down
  const told = (what: string) =>
    new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...given: unknown[]) => (did.push(`${what}.${String(name)}(${given.join()})`), Promise.resolve()),
      },
    );
  const kept = {
    collections,
    open: collections[0] ?? null,
    state,
    switchTo: (id: string) => did.push(`switchTo(${id})`),
  };
  const calls = told('library') as Record<string, unknown>;
  const library = new Proxy(
    { entries: [], turns: [], viewing: null, busy: false, removed: null, kept, ...over } as Record<string, unknown>,
    { get: (data, name) => data[String(name)] ?? (String(name) in data ? data[String(name)] : calls[String(name)]) },
  ) as unknown as LibraryApi;
  const showKeys = vi.fn();
  const all = commands({ library, ways: told('ways') as Ways, showKeys, add: () => undefined });
  const run = (title: string) => all.find((one) => one.title === title)?.run();
  return { all, run, did, showKeys, titles: all.map(({ title }) => title) };
}

const entry = (name: string, read: boolean) =>
  ({ path: `docs/${name}`, name, document: read ? {} : null, passages: read ? [{}] : [] }) as unknown as Entry;
const turn = (id: number, question: string): Turn => ({ ...newTurn(id, question), phase: 'done' });

describe('commands', () => {
  it('offers what can be done now and nothing else', () => {
    const empty = desk();
    expect(empty.titles).toContain('Try the sample documents');
    expect(empty.titles.join()).not.toMatch(/Close the open|last question|Export|Summarise|Go to question/);
    const full = desk({
      entries: [entry('lease.pdf', true), entry('broken.pdf', false)],
      turns: [turn(7, 'Who pays?')],
      viewing: { path: 'docs/lease.pdf', span: null, opened: 1 },
    });
    expect(full.titles).toEqual(
      expect.arrayContaining([
        'Open lease.pdf',
        'Summarise lease.pdf',
        'Close the open document',
        'Go to question 1: Who pays?',
      ]),
    );
    expect(full.titles.join()).not.toMatch(/broken\.pdf|sample documents/);
    expect(desk({ busy: true, turns: [turn(7, 'Who pays?')] }).titles).toContain('Stop the answer');
  });

  it('does what the page’s own controls do', () => {
    const { run, did, showKeys } = desk({ entries: [entry('lease.pdf', true)], turns: [turn(7, 'Who pays?')] });
    run('Open lease.pdf');
    run('Summarise lease.pdf');
    run('Ask the last question again');
    run('Go to question 1: Who pays?');
    run('Go to Settings');
    run('Show the keyboard shortcuts');
    expect(did).toEqual([
      ...['library.open(docs/lease.pdf)', 'ways.document()'],
      ...['library.summarise(docs/lease.pdf)', 'ways.newest()'],
      ...['library.askAgain(7)', 'ways.newest()', 'ways.turn(7)', 'ways.tab(Settings)'],
    ]);
    expect(showKeys).toHaveBeenCalledOnce();
  });

  it('opens another collection only where nothing on the desk is lost by it', () => {
    const kept = desk({ entries: [entry('lease.pdf', true)] }, { state: 'kept', pending: 0 });
    kept.run('Open the collection Minutes');
    expect(kept.did).toEqual(['switchTo(Minutes)']);
    expect(kept.titles).not.toContain('Open the collection Leases');
    const unkept = desk({ entries: [entry('lease.pdf', true)] });
    expect(unkept.titles.join()).not.toContain('Open the collection');
    unkept.run('Choose another collection');
    expect(unkept.did).toEqual(['ways.collections()']);
  });

  it('names no shortcut that is not one, and no command twice', () => {
    const { all, titles } = desk({ entries: [entry('a.txt', true)], turns: [turn(1, 'q'), turn(2, 'q')] });
    expect(new Set(titles).size).toBe(titles.length);
    const ids = shortcuts.map(({ id }) => id);
    for (const { shortcut } of all) if (shortcut) expect(ids).toContain(shortcut);
  });
});
