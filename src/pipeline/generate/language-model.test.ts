import { beforeAll, expect, it } from 'vitest';
import type { KeyValueBlock, KeyValues, Moved } from './key-values.ts';
import type { LanguageModel } from './language-model.ts';
import type { Runtime } from './runtime.ts';
import { openTinyDecoder, tinyShape } from '../../../tests/support/tiny-decoder.ts';

const base = { adapterScale: 0 };
const ids = [3, 17, 4, 60, 9, 9, 33, 21, 5, 48];

let runtime: Runtime;
let model: LanguageModel;

beforeAll(async () => {
  ({ runtime, model } = await openTinyDecoder());
}, 60_000);

const still = (block: KeyValueBlock): Moved => ({ block, by: 0 });

function logitsOf(read: readonly number[], options: Parameters<LanguageModel['read']>[1] = base): Float32Array {
  const { logits, keyValues } = model.read(read, options);
  keyValues.release();
  return logits;
}

/** Scores differ by the order in which numbers are added. */
function expectClose(given: Float32Array, wanted: Float32Array): void {
  expect(given.length).toBe(wanted.length);
  given.forEach((score, i) => expect(score).toBeCloseTo(wanted[i]!, 4));
}

/** What a part of the text leaves behind, read after `past`, outside the runtime. */
function blockOf(part: readonly number[], past: KeyValues): KeyValueBlock {
  const { keyValues } = model.read(part, { ...base, past });
  const block = keyValues.copy(keyValues.tokens - part.length);
  keyValues.release();
  return block;
}

it('gives one score for each token, and other ones with the adapter', () => {
  const plain = logitsOf(ids);
  expect(plain).toHaveLength(64);
  expect(plain.every(Number.isFinite)).toBe(true);
  expect(logitsOf(ids)).toEqual(plain);
  expect(logitsOf(ids, { adapterScale: 1 })).not.toEqual(plain);
});

it('goes on where the past ends, token by token as in one go, and leaves the past as it was', () => {
  const whole = logitsOf(ids);
  const start = model.read(ids.slice(0, 4), base);
  const before = start.keyValues.copy();
  for (let again = 0; again < 2; again++) {
    let past = model.join([still(start.keyValues.copy())]);
    let logits = start.logits;
    for (const id of ids.slice(4)) {
      const next = model.read([id], { ...base, past });
      past.release();
      ({ keyValues: past, logits } = next);
    }
    expect(past.tokens).toBe(ids.length);
    expectClose(logits, whole);
    past.release();
  }
  expect(start.keyValues.copy()).toEqual(before);
  start.keyValues.release();
});

it('copies keys and values out by token: [layers, key and value, heads, tokens, width]', () => {
  const { keyValues } = model.read(ids, base);
  const whole = keyValues.copy();
  const { layers, heads, width } = tinyShape;
  const rows = layers * 2 * heads;
  expect([whole.tokens, whole.values.length]).toEqual([ids.length, rows * ids.length * width]);
  const part = keyValues.copy(2, 5);
  expect([part.tokens, part.values.length]).toEqual([3, rows * 3 * width]);
  for (let row = 0; row < rows; row++) {
    const from = (row * ids.length + 2) * width;
    expect(part.values.slice(row * 3 * width, (row + 1) * 3 * width)).toEqual(
      whole.values.slice(from, from + 3 * width),
    );
  }
  keyValues.release();
});

it('joins what was kept outside to the same past, to the bit', () => {
  const { keyValues } = model.read(ids, base);
  const joined = model.join([keyValues.copy(0, 3), keyValues.copy(3, 4), keyValues.copy(4)].map(still));
  expect(joined.copy()).toEqual(keyValues.copy());
  expect(logitsOf([7], { ...base, past: joined })).toEqual(logitsOf([7], { ...base, past: keyValues }));
  for (const one of [joined, keyValues]) one.release();
});

it('reads passages side by side: in either order the question finds the same', () => {
  const system = model.read([1, 2, 3], base).keyValues;
  const start = system.copy();
  const one = blockOf([10, 11, 12, 13], system);
  const other = blockOf([20, 21], system);
  const asked = (...blocks: KeyValueBlock[]) => {
    const past = model.join([start, ...blocks].map(still));
    const logits = logitsOf([30, 31], { ...base, past });
    past.release();
    return logits;
  };
  expectClose(asked(other, one), asked(one, other));
  expect(asked(one)).not.toEqual(asked(one, other));
  system.release();
});

it('moves keys by the angle of each pair, and leaves values and lengths as they were', () => {
  const { layers, heads, width, ropeTheta } = tinyShape;
  const block = blockOf([10, 11, 12], model.join([]));
  const moved = (by: number, of = block) => {
    const joined = model.join([{ block: of, by }]);
    const copy = joined.copy();
    joined.release();
    return copy;
  };
  expect(moved(0)).toEqual(block);
  const turned = moved(5);
  const size = 3 * width;
  for (let row = 0; row < layers * 2 * heads; row++) {
    const before = block.values.subarray(row * size, (row + 1) * size);
    const after = turned.values.subarray(row * size, (row + 1) * size);
    const isValue = Math.floor(row / heads) % 2 === 1;
    if (isValue) expect(after).toEqual(before);
    else {
      for (let i = 0; i < size; i++) {
        const pair = i % width;
        if (pair >= width / 2) continue;
        const angle = 5 * ropeTheta ** ((-2 * pair) / width);
        const [a, b] = [before[i]!, before[i + width / 2]!];
        expect(after[i]).toBeCloseTo(a * Math.cos(angle) - b * Math.sin(angle), 5);
        expect(after[i + width / 2]).toBeCloseTo(b * Math.cos(angle) + a * Math.sin(angle), 5);
      }
    }
  }
  // Two moves are one.
  moved(4, moved(1)).values.forEach((value, i) => expect(value).toBeCloseTo(turned.values[i]!, 5));
});

it('says in a sentence what ONNX Runtime refused, and works on', () => {
  expect(() => model.read([64], base)).toThrow(/^The model failed: .*indices element out of data bounds/);
  expect(logitsOf(ids)).toHaveLength(64);
});

it('holds no more memory after many readings than after a few', () => {
  const answer = (length: number) => {
    let past = model.read(
      Array.from({ length }, (_, i) => i % 64),
      base,
    ).keyValues;
    for (let i = 0; i < 20; i++) {
      const next = model.read([i], { ...base, past });
      past.release();
      past = next.keyValues;
      model.join([past.copy(), past.copy()].map(still)).release();
    }
    past.release();
  };
  const after = (count: number) => {
    for (let i = 0; i < count; i++) answer(200 + (i % 30));
    return runtime.bytes;
  };
  const few = after(5);
  expect(after(60)).toBe(few);
}, 60_000);
