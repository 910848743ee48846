import { beforeAll, expect, it } from 'vitest';
import type { KeyValueBlock } from './key-values.ts';
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
function blockOf(part: readonly number[], from: number, past?: ReturnType<LanguageModel['join']>): KeyValueBlock {
  const positions = part.map((_, i) => from + i);
  const { keyValues } = model.read(part, { ...base, positions, ...(past ? { past } : {}) });
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
    let past = model.join([start.keyValues]);
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
  const joined = model.join([keyValues.copy(0, 3), keyValues.copy(3, 4), keyValues.copy(4)]);
  expect(joined.copy()).toEqual(keyValues.copy());
  expect(logitsOf([7], { ...base, past: joined })).toEqual(logitsOf([7], { ...base, past: keyValues }));
  for (const one of [joined, keyValues]) one.release();
});

it('reads passages side by side: in either order the question finds the same, and position counts', () => {
  const system = model.read([1, 2, 3], base).keyValues;
  const one = blockOf([10, 11, 12, 13], 3, system);
  const other = blockOf([20, 21], 3, system);
  const question = { ...base, positions: [7, 8] };
  const asked = (...blocks: KeyValueBlock[]) => {
    const past = model.join([system, ...blocks]);
    const logits = logitsOf([30, 31], { ...question, past });
    past.release();
    return logits;
  };
  expectClose(asked(other, one), asked(one, other));
  expect(asked(one)).not.toEqual(asked(one, other));
  expect(asked(blockOf([10, 11, 12, 13], 4, system))).not.toEqual(asked(one));
  system.release();
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
      model.join([past.copy(), past]).release();
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
