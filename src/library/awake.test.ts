import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { awakeTimer } from './awake.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('is over when the time has passed, counted anew each time it is allowed', async () => {
  const over = vi.fn();
  const timer = awakeTimer(over);
  timer.allow(60_000);
  await vi.advanceTimersByTimeAsync(59_000);
  timer.allow(5_000);
  await vi.advanceTimersByTimeAsync(4_900);
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(over).toHaveBeenCalledTimes(1);
  timer.allow(1_000);
  timer.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(over).toHaveBeenCalledTimes(1);
});

it('does not count an hour in which the tab was frozen or the machine slept', async () => {
  const over = vi.fn();
  let slept = 0;
  const timer = awakeTimer(over, () => performance.now() + slept);
  timer.allow(60_000);
  await vi.advanceTimersByTimeAsync(10_500);
  slept = 3_600_000;
  await vi.advanceTimersByTimeAsync(40_000);
  expect(over).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(over).toHaveBeenCalledTimes(1);
});

it('does not hear a wall clock that is set forward or back', async () => {
  const over = vi.fn();
  const timer = awakeTimer(over);
  timer.allow(10_000);
  for (const when of ['2031-05-01', '1971-05-01']) {
    vi.setSystemTime(new Date(when));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(over).not.toHaveBeenCalled();
  }
  await vi.advanceTimersByTimeAsync(2_100);
  expect(over).toHaveBeenCalledTimes(1);
});
