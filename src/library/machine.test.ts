import { expect, it } from 'vitest';
import { OutOfMemoryError } from '../pipeline/generate/memory.ts';
import { dataToError, errorToData } from '../workers/protocol.ts';
import { embedderCount, hasRoomForTwo, mayEnd, tooSmall, triedInVain } from './machine.ts';

it('takes a machine with less than 2 GB for too small, and one that does not say for large enough', () => {
  expect([0.25, 0.5, 1].map((gigabytes) => tooSmall(gigabytes) !== '')).toEqual([true, true, true]);
  expect([2, 8, undefined].map(tooSmall)).toEqual(['', '', '']);
  expect(tooSmall(1)).toContain('about 1 GB of memory');
});

it('knows the error of a worker that had no memory, and no other', () => {
  const crossed = dataToError(errorToData(new OutOfMemoryError('std::bad_alloc')));
  expect(triedInVain(crossed)).toContain('no memory left');
  expect(triedInVain(new Error('The model cannot be read.'))).toBe('');
  expect(triedInVain('text')).toBe('');
});

it('loads the model a second time only where it is known that memory and processors are ample', () => {
  expect(hasRoomForTwo({ gigabytes: 8, processors: 4 })).toBe(true);
  expect(hasRoomForTwo({ gigabytes: 4, processors: 8 })).toBe(false);
  expect(hasRoomForTwo({ gigabytes: 32, processors: 2 })).toBe(false);
  expect(hasRoomForTwo({ gigabytes: undefined, processors: 16 })).toBe(false);
});

it('takes little memory that is told for a reason to ask, and a phone’s screen where none is told', () => {
  expect(mayEnd({ gigabytes: 2, shortSide: 1080 })).toContain('about 2 GB of memory');
  expect(mayEnd({ gigabytes: 4, shortSide: 390 })).toBe('');
  expect(mayEnd({ gigabytes: undefined, shortSide: 390 })).toContain('seems to be a phone');
  expect(mayEnd({ gigabytes: undefined, shortSide: 744 })).toBe('');
});

it('lets fewer embedders work at once where memory may end', () => {
  expect(embedderCount({ gigabytes: undefined, processors: 6, shortSide: 390 })).toBe(2);
  expect(embedderCount({ gigabytes: undefined, processors: 6, shortSide: 1080 })).toBe(4);
  expect(embedderCount({ gigabytes: 2, processors: 1, shortSide: 1080 })).toBe(1);
});
