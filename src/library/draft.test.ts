import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Draft } from './draft.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('prepares a question that rests, and stops when it changes', () => {
  const prepared: { question: string; signal: AbortSignal }[] = [];
  const draft = new Draft(async (question, signal) => void prepared.push({ question, signal }));
  draft.change('When was');
  vi.advanceTimersByTime(100);
  draft.change('When was the plague? ');
  vi.advanceTimersByTime(1000);
  expect(prepared.map(({ question }) => question)).toEqual(['When was the plague?']);
  expect(prepared[0]!.signal.aborted).toBe(false);
  draft.change('When was the plague in Kendal?');
  expect(prepared[0]!.signal.aborted).toBe(true);
  draft.stop();
  vi.advanceTimersByTime(1000);
  expect(prepared).toHaveLength(1);
});

it('waits for a second word', () => {
  const prepare = vi.fn(() => Promise.resolve());
  const draft = new Draft(prepare);
  draft.change('Whenever ');
  vi.advanceTimersByTime(1000);
  expect(prepare).not.toHaveBeenCalled();
});
