/**
 * Other engines: what the page does in Chromium it does in Firefox and in WebKit, to the letter of the answers,
 * with the server's headers and without, and with the server gone. A browser that is missing and cannot be
 * installed makes its tests fail with a sentence.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.ts';
import type { EngineBrowser, WindowSize } from './support/engines/engine.ts';
import { startChromium, startFirefox } from './support/engines/puppeteer.ts';
import { QUESTIONS, walk, type Walked } from './support/engines/walk.ts';
import { startWebKit } from './support/engines/webkit.ts';
import { expect, test } from './support/fixtures.ts';

test.describe.configure({ timeout: 900_000 });

const WINDOW: WindowSize = { width: 1280, height: 800 };
const ENGINES: readonly [string, (size: WindowSize) => Promise<EngineBrowser>][] = [
  ['Firefox', startFirefox],
  ['WebKit', startWebKit],
];

let reference: Promise<Walked> | undefined;

async function walked(
  name: string,
  start: (size: WindowSize) => Promise<EngineBrowser>,
  headers: 'full' | 'none',
): Promise<Walked> {
  const browser = await start(WINDOW);
  try {
    const result = await walk(browser, { headers, name: `${name.toLowerCase()}-${headers}` });
    const folder = join(ROOT, 'test-results/engines');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name.toLowerCase()}-${headers}.json`), JSON.stringify(result, null, 2));
    console.log(`${result.version}, ${headers} headers: ${JSON.stringify(result.seconds)}`);
    return result;
  } finally {
    await browser.close();
  }
}

for (const [name, start] of ENGINES) {
  for (const headers of ['full', 'none'] as const) {
    test(`${name}, ${headers} headers: dropped, indexed, answered, cited, and again with the server gone @long`, async () => {
      const chromium = await (reference ??= walked('Chromium', startChromium, 'full'));
      const { answers, offline, isolated, foreign, wrong, errors } = await walked(name, start, headers);
      expect(answers.map(({ made }) => made).slice(0, 2)).toEqual(['adapter', 'adapter']);
      for (const [i, { from, evidence }] of QUESTIONS.entries()) {
        expect(answers[i]!.refused).toBe(from === null);
        expect(answers[i]!.marked).toContain(evidence);
      }
      // The same arithmetic, so the same words, here and without the server.
      expect(answers.map(({ text }) => text)).toEqual(chromium.answers.map(({ text }) => text));
      expect(offline).toEqual(answers);
      for (const [i, { cosines }] of answers.entries()) {
        for (const [k, cosine] of cosines.entries()) expect(cosine).toBeCloseTo(chromium.answers[i]!.cosines[k]!, 4);
      }
      // By headers at once, without them by the service worker from the second load on.
      expect(isolated).toEqual({ first: headers === 'full', reloaded: true });
      expect(foreign).toEqual({ page: 'refused', worker: 'refused' });
      expect(wrong).toEqual([]);
      expect(errors.filter((error) => !/Content.Security.Policy|Refused to connect/i.test(error))).toEqual([]);
    });
  }
}
