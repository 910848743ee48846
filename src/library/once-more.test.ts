import { expect, it, vi } from 'vitest';
import { WorkerEndedError } from '../workers/bridge.ts';
import { onceMore } from './once-more.ts';

const death = () => new WorkerEndedError('died', 'The search stopped working.');

it('asks again what a worker has died over, once what it held is in the next one', async () => {
  const order: string[] = [];
  const work = vi.fn(() => {
    order.push('work');
    return work.mock.calls.length === 1 ? Promise.reject(death()) : Promise.resolve('found');
  });
  const again = () => Promise.resolve(void order.push('filled'));
  expect(await onceMore(work, again)).toBe('found');
  expect(order).toEqual(['work', 'filled', 'work']);
});

it('does nothing a third time, and nothing twice that failed otherwise', async () => {
  const again = vi.fn(() => Promise.resolve());
  const dying = vi.fn(() => Promise.reject(death()));
  await expect(onceMore(dying, again)).rejects.toThrow('The search stopped working.');
  expect(dying).toHaveBeenCalledTimes(2);
  for (const error of [
    new Error('The search gave no answer.'),
    new WorkerEndedError('ended', 'The search was ended.'),
    new WorkerEndedError('not-started', 'The search did not start.'),
  ]) {
    const failing = vi.fn(() => Promise.reject(error));
    await expect(onceMore(failing, again)).rejects.toBe(error);
    expect(failing).toHaveBeenCalledTimes(1);
  }
  expect(again).toHaveBeenCalledTimes(1);
});
