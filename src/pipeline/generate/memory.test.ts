import { expect, it } from 'vitest';
import { memoryError, OutOfMemoryError } from './memory.ts';

it('knows the ways in which engines say that memory is short, and leaves other errors as they are', () => {
  for (const said of [
    'WebAssembly.Memory(): could not allocate memory',
    'Array buffer allocation failed',
    'Out of memory',
    'Cannot enlarge memory, requested 2147483648 bytes, but the limit is exactly 2147483648 bytes!',
    'The model cannot be read: std::bad_alloc',
    'There is no memory for another 145 MB of the model.',
  ]) {
    const error = new Error(said);
    expect(memoryError(error)).toBeInstanceOf(OutOfMemoryError);
    expect(memoryError(error)).toMatchObject({ name: 'OutOfMemoryError', message: said, cause: error });
  }
  const other = new Error('The model cannot be read: Load model failed: protobuf parsing failed.');
  expect(memoryError(other)).toBe(other);
  expect(memoryError('text')).toBe('text');
});

it('knows memory that an engine refuses by the kind of the error, whatever it says', () => {
  const refused = [
    () => new WebAssembly.Memory({ initial: 65_536, maximum: 65_536 }).grow(1),
    () => new ArrayBuffer(Number.MAX_SAFE_INTEGER),
    () => new Float32Array(2 ** 40),
  ].map((ask) => {
    try {
      ask();
      return null;
    } catch (error) {
      return error;
    }
  });
  for (const error of refused) expect(memoryError(error)).toBeInstanceOf(OutOfMemoryError);
  expect(memoryError(new RangeError('Zu wenig Speicher'))).toBeInstanceOf(OutOfMemoryError);
  const known = new OutOfMemoryError('There is no memory for another 145 MB of the model.');
  expect(memoryError(known)).toBe(known);
});

it('does not take a stack that ran over for a lack of memory', () => {
  const endless = (): number => 1 + endless();
  let thrown: unknown;
  try {
    endless();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RangeError);
  expect(memoryError(thrown)).toBe(thrown);
});
