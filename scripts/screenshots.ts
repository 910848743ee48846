/**
 * `npm run screenshots`: pictures of the lab's views and of each lesson, of the built page with its real models on the
 * sample documents, written to docs/screenshots/ with the page that shows them, docs/screens.md. With names, only those
 * shots are taken anew: `npm run screenshots -- compare lesson-tuning`. What is photographed stands in screenshots/shots.ts.
 */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { withBuiltPage } from './built-page.ts';
import { openPage } from './evaluate/desk.ts';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';
import { modes, type Mode } from './screenshots/modes.ts';
import { screensPage } from './screenshots/page.ts';
import { shotsOf } from './screenshots/shots.ts';
import { webp } from './screenshots/webp.ts';

const FOLDER = join(ROOT, 'docs/screenshots');
/** Pixels. What is longer goes on below the picture. */
const LONGEST = 1500;

runAsMain(import.meta.url, async () => {
  const wanted = process.argv.slice(2);
  await withBuiltPage(async ({ browser, address }) => {
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    const page = await openPage(context, address);
    const paper = await context.newPage();
    const shots = shotsOf(page);
    const unknown = wanted.filter((name) => !shots.some((shot) => shot.name === name));
    if (unknown.length > 0) throw new Error(`There is no shot named ${unknown.join(', ')}.`);
    let total = 0;
    for (const { name, needed, open, of, leave, modes: seen } of shots) {
      const taken = wanted.length === 0 || wanted.includes(name);
      if (!taken && !needed) continue;
      await page.setViewportSize(modes.wide.size);
      await open();
      for (const mode of taken ? seen : []) {
        const picture = await webp(paper, await photograph(page, mode, of?.()));
        const file = join(FOLDER, `${name}-${mode}.webp`);
        await writeFile(file, picture);
        total += (await stat(file)).size;
        console.log(`${name}-${mode}.webp: ${Math.round(picture.length / 1024)} kB`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await leave?.();
    }
    await writeFile(join(ROOT, 'docs/screens.md'), await screensPage(shots));
    console.log(`${Math.round(total / 1024)} kB in all; docs/screens.md shows them.`);
  });
});

/** The whole page as it stands, or of an element as much as is reasonable. */
async function photograph(page: Page, mode: Mode, of?: ReturnType<Page['locator']>): Promise<Buffer> {
  const { size, colorScheme } = modes[mode];
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(size);
  if (!of) return page.screenshot();
  // What is scrolled inside the page is seen whole in a window that is high enough.
  await page.setViewportSize({ width: size.width, height: LONGEST + 500 });
  await of.scrollIntoViewIfNeeded();
  await of.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  // Drawings are laid out anew for the width.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const box = await of.boundingBox();
  if (!box) throw new Error('What is to be photographed is not there.');
  const edge = 14;
  const x = Math.max(0, box.x - edge);
  const y = Math.max(0, box.y - edge);
  return page.screenshot({
    clip: {
      ...{ x, y, width: Math.min(size.width - x, box.width + 2 * edge) },
      height: Math.min(LONGEST, box.height + box.y - y + edge),
    },
  });
}
