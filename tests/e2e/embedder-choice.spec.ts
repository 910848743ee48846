/** Another embedder is taken into use while documents are on the desk, and its own again. */
import type { Library } from '../../src/library/library.svelte.ts';
import { buildWithHollowGenerator } from './support/altered.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test } from './support/fixtures.ts';

declare const carrel: Library;

test('all documents are embedded anew by the embedder that is chosen in the settings', async ({ visit }) => {
  const build = await buildWithHollowGenerator({ tinyEmbedder: true });
  try {
    const { page } = await visit('full', '', { root: build.root });
    const desk = new Desk(page);
    await page.waitForFunction(() => carrel.embedders.length === 2);
    await page.evaluate(() => carrel.change({ generator: 'off' }));
    await desk.add([textFile('keys.txt', 'The key of the boathouse hangs behind the clock in the hall.')]);
    await desk.settled();
    const cosine = async () => {
      const { answer } = await desk.ask('Where does the key of the boathouse hang?');
      expect(answer?.text).toContain('behind the clock');
      return answer!.trace.candidates[0]!.cosine!;
    };
    const before = await cosine();

    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByLabel('tiny-bert').check();
    await page.getByRole('tab', { name: 'Ask' }).click();
    await page.waitForFunction(() => carrel.settings.embedder === 'tiny-bert');
    await desk.settled();
    await expect(desk.document('keys.txt')).toContainText('Ready, 1 passage');
    const other = await cosine();
    expect(Math.abs(other - before)).toBeGreaterThan(1e-3);

    // The choice is remembered, and the page's own embedder gives the same vectors as at first.
    await page.reload();
    await page.waitForFunction(() => carrel.settings.embedder === 'tiny-bert');
    await page.evaluate(() => carrel.change({ embedder: 'all-MiniLM-L6-v2' }));
    await desk.add([textFile('keys.txt', 'The key of the boathouse hangs behind the clock in the hall.')]);
    await desk.settled();
    expect(await cosine()).toBeCloseTo(before, 6);
  } finally {
    await build.dispose();
  }
});
