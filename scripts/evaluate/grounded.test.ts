import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromGrounded } from './grounded.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrel-grounded-'));
  const put = (name: string, rows: readonly object[]) =>
    writeFile(join(folder, `${name}.jsonl.gz`), gzipSync(rows.map((row) => JSON.stringify(row)).join('\n')));
  await put(
    'passages',
    ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ id, text: `Text of ${id}.` })),
  );
  await put('dev', [
    { id: 's/1', title: 'One', question: 'A?', passages: ['a', 'b'], gold: 1 },
    { id: 's/2', title: 'One', question: 'B?', passages: ['b', 'c'], gold: 1 },
    { id: 's/3', title: 'Two', question: 'D?', passages: ['d'], gold: 1 },
    { id: 's/4', title: 'Two', question: 'Nothing?', passages: ['d'], gold: 0 },
    { id: 'derived_negatives/s:1', title: 'One', question: 'A?', passages: ['b', 'c'], gold: 0 },
  ]);
  await put('train', [
    { id: 'hotpot_sample/1', title: 'Left; Right', question: 'Both?', passages: ['e', 'f', 'a'], gold: 2 },
  ]);
});
afterEach(() => rm(folder, { recursive: true }));

const wanted = (set: Awaited<ReturnType<typeof fromGrounded>>) =>
  Object.fromEntries(
    set.flatMap(({ questions }) =>
      questions.map(({ id, wanted }) => [id, wanted.by === 'documents' ? [...wanted.gains.keys()].join() : '']),
    ),
  );
const paths = (set: Awaited<ReturnType<typeof fromGrounded>>) =>
  set.map(({ sources }) => sources.map(({ path }) => path).sort());

describe('grounded questions', () => {
  it('pools the passages by title, or all of them with others, without the machine-made negatives', async () => {
    const byTitle = await fromGrounded(folder, { pool: 'titles', rows: 'dev' });
    expect(paths(byTitle)).toEqual([['a', 'b', 'c'], ['d']]);
    expect(wanted(byTitle)).toEqual({ 's/1': 'a', 's/2': 'b', 's/3': 'd', 's/4': '' });
    const whole = await fromGrounded(folder, { pool: 'whole', rows: 'dev' });
    expect(paths(whole)).toEqual([['a', 'b', 'c', 'd', 'e', 'f']]);
    expect(whole[0]!.sources.find(({ path }) => path === 'c')).toEqual({ path: 'c', title: 'One', text: 'Text of c.' });
  });

  it('asks for both documents, and gives them no title that names both', async () => {
    const set = await fromGrounded(folder, { pool: 'whole', rows: 'two' });
    expect(wanted(set)).toEqual({ 'hotpot_sample/1': 'e,f' });
    expect(set[0]!.sources.find(({ path }) => path === 'e')).toMatchObject({ title: '' });
  });

  it('takes evidence away: what is left has its answer whole or not at all', async () => {
    const [pool] = await fromGrounded(folder, { pool: 'whole', rows: 'away-dev' });
    const left = new Set(pool!.sources.map(({ path }) => path));
    expect(left.size).toBeGreaterThan(0);
    expect(left.size).toBeLessThan(6);
    for (const [id, gold] of Object.entries({ 's/1': 'a', 's/2': 'b', 's/3': 'd' }))
      expect(wanted([pool!])[id]).toBe(left.has(gold) ? gold : '');
    // The machine-made negative has no answer just when its question's evidence is away.
    expect(wanted([pool!])['derived_negatives/s:1']).toBe(left.has('a') ? undefined : '');
    expect(wanted([pool!])['s/4']).toBe('');
  });
});
