import { describe, expect, it, vi } from 'vitest';
import type { Keeping } from '../kept/keeping.svelte.ts';
import type { Notice } from '../state.ts';
import { mayBeCollection } from './recognise.ts';
import { Carrying } from './carrying.svelte.ts';
import { encrypt } from './encryption.ts';
import { collection, flipped, saved } from './fake-collection.ts';
import type { OpenedCollection } from './open.ts';

const file = await saved();
const sealed = await encrypt(file, 'nine blue lamps');

function carrying() {
  const told: [Notice['kind'], string][] = [];
  const brought: [OpenedCollection, boolean][] = [];
  const kept: Pick<Keeping, 'bring' | 'carriable'> = {
    bring: (opened, keep) => Promise.resolve(void brought.push([opened, keep])),
    carriable: () => Promise.resolve(collection),
  };
  return { carrying: new Carrying({ kept, tell: (kind, text) => told.push([kind, text]) }), told, brought };
}

const incoming = (blob: Blob | string, path: string) => ({ path, file: new File([blob], path) });

describe('Carrying', () => {
  it('takes collections out of a drop, offers the first, and opens it where the person says', async () => {
    const { carrying: page, told, brought } = carrying();
    const text = incoming('Some text.', 'notes.txt');
    const left = await page.withoutCollections([incoming(file, 'a.bin'), text, incoming(file, 'b.carrel')]);
    expect(left).toEqual([text]);
    expect(told).toEqual([['problem', 'One collection is opened at a time: “b.carrel” was not. Add it by itself.']]);
    await vi.waitFor(() => expect(page.state.state).toBe('offered'));
    expect(page.state).toMatchObject({
      fileName: 'a.bin',
      name: 'Harbour',
      documents: 5,
      turns: 3,
      questions: 3,
      originals: true,
    });
    expect(brought).toEqual([]);
    await page.open(true);
    expect(page.state.state).toBe('none');
    expect(brought.map(([{ about }, keep]) => [about.name, keep])).toEqual([['Harbour', true]]);
    await page.open(true);
    expect(brought).toHaveLength(1);
  });

  it('is looked for in files whose name does not settle it', () => {
    const names = ['a.carrel', 'a.zip', 'a', 'a.bin', 'notes/a.carrel.part', 'a.txt', 'b/REPORT.PDF', 'a.docx', 'txt'];
    expect(names.filter(mayBeCollection)).toEqual(['a.carrel', 'a.zip', 'a', 'a.bin', 'notes/a.carrel.part', 'txt']);
  });

  it('asks for a passphrase, again after a wrong one, and then offers what it opens', async () => {
    const { carrying: page, told } = carrying();
    await page.withoutCollections([incoming(sealed, 'sealed.carrel')]);
    await vi.waitFor(() => expect(page.state).toMatchObject({ state: 'locked', wrong: '' }));
    await page.unlock('nine red lamps');
    expect(page.state).toMatchObject({ state: 'locked', wrong: expect.stringContaining('does not open') as string });
    await page.unlock('nine blue lamps');
    expect(page.state).toMatchObject({ state: 'offered', name: 'Harbour' });
    expect(told).toEqual([]);
  });

  it('tells what is damaged, and is then as before; what the person has turned away from says nothing more', async () => {
    const { carrying: page, told, brought } = carrying();
    await page.withoutCollections([incoming(await flipped(file, file.size >> 1, 1), 'broken.carrel')]);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]![1]).toMatch(
      /^“broken.carrel” was not opened\. The collection file is damaged or was changed: the entry/,
    );
    expect(page.state.state).toBe('none');
    await page.withoutCollections([incoming(file, 'a.carrel')]);
    page.dismiss();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await page.open(false);
    expect([page.state.state, told.length, brought.length]).toEqual(['none', 1, 0]);
  });

  it('saves under a name that every system takes, and tells when it cannot', async () => {
    const { carrying: page } = carrying();
    const choice = { originals: false, passphrase: '' };
    const names = [];
    for (const as of ['carrel', 'jsonl', 'parquet'] as const)
      names.push((await page.save(null, { as, ...choice }))?.name);
    expect(names).toEqual(['Harbour.carrel', 'Harbour.jsonl', 'Harbour.parquet']);
    expect(page.saving).toBeNull();
    const told: string[] = [];
    const kept = {
      bring: () => Promise.resolve(),
      carriable: () => Promise.reject(new Error('This collection has been deleted.')),
    };
    const failing = new Carrying({ kept, tell: (_, text) => told.push(text) });
    expect(await failing.save('x', { as: 'carrel', ...choice })).toBeNull();
    expect(told).toEqual(['The collection could not be saved to a file. This collection has been deleted.']);
    const odd = new Carrying({
      kept: { ...kept, carriable: () => Promise.resolve({ ...collection, name: ' ../a:b\\c*?\n. ' }) },
      tell: (_, text) => told.push(text),
    });
    expect((await odd.save(null, { as: 'carrel', ...choice }))?.name).toBe('a b c.carrel');
  });
});
