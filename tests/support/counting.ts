/** How much of a second core the machine gives now: the calibration of whatever uses two. */
import type { Page } from '@playwright/test';

/** Millions that so many workers at once count to in a second, on an empty page. */
export async function counting(blank: Page, workers: number): Promise<number> {
  return blank.evaluate(async (n) => {
    const body = `onmessage = () => {
      let count = 0;
      let x = 1;
      for (const end = performance.now() + 1000; performance.now() < end; count++)
        for (let i = 0; i < 1e5; i++) x = Math.imul(x, 1664525) + 1013904223 | 0;
      postMessage([count, x]);
    };`;
    const address = URL.createObjectURL(new Blob([body], { type: 'text/javascript' }));
    const counted = Array.from({ length: n }, async () => {
      const worker = new Worker(address);
      const [count] = await new Promise<number[]>((resolve) => {
        worker.onmessage = ({ data }) => resolve(data as number[]);
        worker.postMessage(null);
      });
      worker.terminate();
      return count! / 10;
    });
    return (await Promise.all(counted)).reduce((sum, count) => sum + count, 0);
  }, workers);
}
