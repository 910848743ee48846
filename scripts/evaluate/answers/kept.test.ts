import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeptAnswers } from './kept.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrel-kept-'));
});
afterEach(() => rm(folder, { recursive: true }));

const model = { id: 'tiny', sha256: '0123456789abcdef0123' };
const asked = { ids: [1, 2, 3], adapterScale: 1, reading: 'once', maxTokens: 10 } as const;
const generated = { text: 'Two\nlines.', ids: [4, 5], ended: 'end-token', readBefore: 0 } as const;

it('gives back what was written for the same prompt, scale, reading and length, of the same weights', () => {
  new KeptAnswers(folder, model).add(asked, generated);
  const again = new KeptAnswers(folder, model);
  expect(again.get(asked)).toEqual(generated);
  expect(again.get({ ...asked, ids: [1, 23] })).toBeUndefined();
  expect(again.get({ ...asked, adapterScale: 0 })).toBeUndefined();
  expect(again.get({ ...asked, maxTokens: 11 })).toBeUndefined();
  expect(again.get({ ...asked, reading: 'together' })).toBeUndefined();
  expect(new KeptAnswers(folder, { ...model, sha256: 'fedcba9876543210' }).get(asked)).toBeUndefined();
});

it('drops a line that was cut off, and goes on behind it', async () => {
  new KeptAnswers(folder, model).add(asked, generated);
  const file = join(folder, 'tiny-0123456789abcdef.jsonl');
  await appendFile(file, (await readFile(file, 'utf8')).slice(0, 40));
  const other = { ...asked, adapterScale: 0 };
  new KeptAnswers(folder, model).add(other, generated);
  const again = new KeptAnswers(folder, model);
  expect(again.get(asked)).toEqual(generated);
  expect(again.get(other)).toEqual(generated);
});
