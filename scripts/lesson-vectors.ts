/**
 * `npm run lesson-vectors`: the vectors that lessons begin with before the embedder is here, made by the built page's own
 * embedder in headless Chromium and written to src/lessons/vectors.json. To be run when the texts of course.json change.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { courseOf } from '../src/lessons/pack.ts';
import { textsToEmbed, type VectorsFile } from '../src/lessons/vectors.ts';
import type { Library } from '../src/library/library.svelte.ts';
import { withBuiltPage } from './built-page.ts';
import { openPage } from './evaluate/desk.ts';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';

declare const carrel: Library;

const FOLDER = join(ROOT, 'src/lessons');

runAsMain(import.meta.url, async () => {
  const course = courseOf(JSON.parse(await readFile(join(FOLDER, 'course.json'), 'utf8')));
  const texts = textsToEmbed(course);
  await withBuiltPage(async ({ browser, address }) => {
    const page = await openPage(browser, address);
    const { stamp, vectors } = await page.evaluate(async (given) => {
      const { embedders, shelf } = carrel.engine;
      const made: number[][] = [];
      for (const { kind, text } of given)
        made.push([...(kind === 'passage' ? await embedders.passage(text) : (await embedders.question(text)).vector)]);
      return { stamp: (await shelf.embedder).stamp, vectors: made };
    }, texts);
    const file: VectorsFile = {
      made: `by npm run lesson-vectors, in Chromium ${browser.version()}`,
      stamp,
      texts: texts.map((one, i) => ({
        ...one,
        vector: Buffer.from(new Float32Array(vectors[i]!).buffer).toString('base64'),
      })),
    };
    await writeFile(join(FOLDER, 'vectors.json'), `${JSON.stringify(file, null, 2)}\n`);
    console.log(`${texts.length} vectors of ${stamp.dimensions} numbers by ${stamp.model}.`);
  });
});
