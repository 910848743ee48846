import { expect, it } from 'vitest';
import { FakeShelf } from './fake-shelf.ts';
import { stamp } from './kept/fake-desk.ts';
import { Practice } from './practice.ts';
import type { Shelf } from './shelf.ts';

const cut = { strategy: 'structure', passageTokens: 80, overlapTokens: 0 } as const;
const { signal } = new AbortController();

async function opened(embedder: Promise<unknown>) {
  const shelf = new FakeShelf();
  let onLost: () => void = () => undefined;
  const practice = await Practice.open({
    ...{ cut, embedder: () => 'all-MiniLM-L6-v2' },
    writers: { own: () => Promise.reject(new Error('No model.')), instead: () => null },
    apart: (lost) => {
      onLost = lost;
      return Object.assign(shelf, { embedder }) as unknown as Shelf;
    },
    between: (work) => work(),
  });
  return { shelf, practice, lose: () => onLost() };
}

it('counts passages, and embeds only those that a change made', async () => {
  const { practice } = await opened(Promise.resolve({ stamp }));
  expect(practice.stamp).toBe(stamp);
  expect(await practice.put('a.md', 'One.\nTwo.\nThree.', signal)).toEqual({ passages: 3, embedded: 3 });
  expect(await practice.put('a.md', 'One.\nTwo and a half.\nThree.', signal)).toEqual({ passages: 3, embedded: 1 });
  expect(await practice.put('a.md', 'One.\nThree.', signal)).toEqual({ passages: 2, embedded: 0 });
});

it('goes by words alone where the embedder cannot be had', async () => {
  const { shelf, practice } = await opened(Promise.reject(new Error('It is missing.')));
  expect(practice.stamp).toBeNull();
  expect(await practice.put('a.md', 'One.\nTwo.', signal)).toEqual({ passages: 2, embedded: 0 });
  expect(shelf.embedded).toEqual([]);
});

it('gives a new worker of the search what the old one had', async () => {
  const { shelf, practice, lose } = await opened(Promise.resolve({ stamp }));
  await practice.put('a.md', 'One.\nTwo.', signal);
  shelf.index.clear();
  lose();
  await expect.poll(() => shelf.index.get('a.md')).toEqual(['One.', 'Two.']);
});

it('tells why nothing can be asked', async () => {
  const { practice } = await opened(Promise.resolve({ stamp }));
  await expect(practice.ask('Why?', signal)).rejects.toThrow('No model.');
  await expect(practice.ask('Why?', AbortSignal.abort(new Error('Stopped.')))).rejects.toThrow('Stopped.');
});
