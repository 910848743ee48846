/** How long the page's thread was held at a stretch, measured against known work on the same machine in the same run. */
import type { Page } from '@playwright/test';

interface Watching {
  longTasks?: { longest: number; observer: PerformanceObserver };
}

/** Begins to watch; everything before it does not count. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const held = { longest: 0 };
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) held.longest = Math.max(held.longest, duration);
    });
    observer.observe({ type: 'longtask' });
    (globalThis as Watching).longTasks = Object.assign(held, { observer });
  });
}

/** Milliseconds of the longest task since; 0 if none took 50 ms or more. */
export function longestTask(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { longTasks } = globalThis as Watching;
    if (!longTasks) throw new Error('Nothing was watched.');
    // Entries come a moment after their task.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return longTasks.longest;
  });
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
