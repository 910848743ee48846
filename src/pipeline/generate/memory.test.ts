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
    const error = new RangeError(said);
    expect(memoryError(error)).toBeInstanceOf(OutOfMemoryError);
    expect(memoryError(error)).toMatchObject({ name: 'OutOfMemoryError', message: said, cause: error });
  }
  const other = new Error('The model cannot be read: Load model failed: protobuf parsing failed.');
  expect(memoryError(other)).toBe(other);
  expect(memoryError('text')).toBe('text');
});
