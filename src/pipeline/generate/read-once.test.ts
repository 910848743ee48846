import { beforeAll, expect, it } from 'vitest';
import { openTinyDecoder } from '../../../tests/support/tiny-decoder.ts';
import type { LanguageModel } from './language-model.ts';
import { ReadOnce } from './read-once.ts';

const system = [3, 8];

let model: LanguageModel;
/** What the model was given to read. */
let read: (readonly number[])[] = [];

beforeAll(async () => {
  ({ model } = await openTinyDecoder());
  const before = model.read.bind(model);
  model.read = (ids, options) => {
    read.push(ids);
    return before(ids, options);
  };
}, 60_000);

async function reads(once: ReadOnce, passages: number[][], scale = 0): Promise<number> {
  read = [];
  const { readBefore } = await once.read({ system, passages, question: [1] }, scale);
  return readBefore;
}

it('reads the system prompt and each passage once, whatever the order', async () => {
  const once = new ReadOnce(model);
  expect(await reads(once, [[5, 6], [7]])).toBe(0);
  expect(read).toEqual([system, [5, 6], [7]]);
  expect(await reads(once, [[7], [9], [5, 6]])).toBe(5);
  expect(read).toEqual([[9]]);
});

it('reads again for another scale of the adapter', async () => {
  const once = new ReadOnce(model);
  await reads(once, [[5]]);
  expect(await reads(once, [[5]], 1)).toBe(0);
  expect(await reads(once, [[5]], 1)).toBe(3);
});

it('lets go of what was used longest ago when it is full', async () => {
  const { blocks } = await new ReadOnce(model).read({ system, passages: [], question: [] }, 0);
  const bytesOfToken = blocks[0]!.block.values.byteLength / system.length;
  const once = new ReadOnce(model, 6 * bytesOfToken);
  await reads(once, [
    [5, 6],
    [7, 7],
  ]);
  await reads(once, [[5, 6]]);
  expect(await reads(once, [[8, 8]])).toBe(2);
  expect(await reads(once, [[5, 6]])).toBe(4);
  expect(await reads(once, [[7, 7]])).toBeLessThan(4);
});
