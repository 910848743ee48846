/** How long the page's thread worked at a stretch, measured against known work on the same machine in the same run. */
import type { Page } from '@playwright/test';

/** An event of Chromium's trace; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** How long its thread computed during it: without the time in which the thread did not run. */
  readonly tdur?: number;
}

const MARK = 'the page that is watched';
const TASK = 'ThreadControllerImpl::RunTask';

/**
 * Watches until what it gives is called, which tells the milliseconds of each task since. By computing time: a thread
 * that waits half a second for a processor which others have is not held by the page.
 */
export async function watchTimes(page: Page): Promise<() => Promise<readonly number[]>> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The tasks of this page cannot be watched.');
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await page.evaluate((name) => performance.mark(name), MARK);
  return async () => {
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const own = traceEvents.find(({ name }) => name === MARK);
    const tasks = traceEvents.filter(({ name, pid, tid }) => name === TASK && pid === own?.pid && tid === own.tid);
    if (tasks.length === 0) throw new Error('The trace holds no task of this page.');
    return tasks.map(({ tdur = 0 }) => tdur / 1000);
  };
}

/** The same, of the longest alone. */
export async function watchTasks(page: Page): Promise<() => Promise<number>> {
  const times = await watchTimes(page);
  return async () => Math.max(...(await times()));
}

/** Milliseconds that sorting 200,000 known numbers takes in this page: the median of five. */
export function calibration(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const times: number[] = [];
    for (let run = 0; run < 5; run++) {
      const numbers = Array.from({ length: 200_000 }, (_, i) => (i * 2_654_435_761) % 4_294_967_296);
      const began = performance.now();
      numbers.sort((a, b) => a - b);
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve));
    }
    return times.sort((a, b) => a - b)[2]!;
  });
}
