/** Nothing leaves the page: the policy holds in the page and in workers, on servers with and without headers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { POLICY, policyOf } from '../../src/policy.ts';
import { DIST, wrongRequests } from './support/build.ts';
import { Desk } from './support/desk.ts';
import { expect, PREFIX, test } from './support/fixtures.ts';
import { startForeignHost, type ForeignHost } from './support/foreign.ts';
import { startWorkerIn } from './support/worker.ts';

let foreign: ForeignHost;

test.beforeAll(async () => {
  foreign = await startForeignHost();
});

test.afterAll(() => foreign.close());

test('the foreign host can be reached where no policy stands in the way', async ({ context }) => {
  const page = await context.newPage();
  await page.goto(foreign.address);
  expect(await foreign.ask(page)).toBe('reached');
});

for (const headers of ['full', 'none'] as const) {
  test.describe(`on a server with ${headers === 'full' ? 'all' : 'no'} headers`, () => {
    test('page and worker are refused another origin', async ({ visit }) => {
      const { page, sent, site } = await visit(headers);
      const before = foreign.visits.length;
      expect(await foreign.ask(page)).toBe('refused');
      const worker = await startWorkerIn(page, 'pdfjs/wasm/openjpeg_nowasm_fallback.js');
      expect(await worker.evaluate(() => location.protocol)).toBe('blob:');
      expect(await foreign.ask(worker)).toBe('refused');
      // The worker can still reach its own origin, so it is the policy that refused.
      const own = `${site.address}files.json`;
      expect(await worker.evaluate((url) => fetch(url).then((response) => response.status), own)).toBe(200);
      expect(foreign.visits.length).toBe(before);
      expect(sent.filter(({ host }) => host !== new URL(site.address).host)).toEqual([]);
    });

    test('inline scripts, inline styles and eval do not run', async ({ visit }) => {
      const { page } = await visit(headers);
      const ran = await page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.ranInline = true';
        document.body.append(script);
        const styled = document.createElement('p');
        styled.setAttribute('style', 'position: fixed');
        document.body.append(styled);
        // Later: what the test itself evaluates may evaluate.
        const evaluated = await new Promise<boolean>((resolve) =>
          setTimeout(() => {
            try {
              resolve(new Function('return true')() as boolean);
            } catch {
              resolve(false);
            }
          }),
        );
        return {
          script: 'ranInline' in globalThis,
          style: getComputedStyle(styled).position,
          evaluated,
        };
      });
      expect(ran).toEqual({ script: false, style: 'static', evaluated: false });
    });

    test('opening the page asks only for files of the build', async ({ visit }) => {
      const { page, sent, site, errors } = await visit(headers);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 30_000 });
      expect(wrongRequests(site.requests, PREFIX)).toEqual([]);
      expect(wrongRequests(sent, PREFIX)).toEqual([]);
      expect(sent.filter(({ host }) => host !== new URL(site.address).host)).toEqual([]);
      expect(sent.some(({ url }) => url === `${PREFIX}service-worker.js`)).toBe(true);
      expect(errors).toEqual([]);
    });
  });
}

test('every worker that the page starts, from a file to an answer, is refused another origin', async ({ visit }) => {
  test.setTimeout(180_000);
  const { page, sent, site } = await visit('none');
  const outcomes = new Map<string, string>();
  page.on('worker', (worker) => {
    // Asked at once, before the worker is busy; one that has ended before it could be asked tells nothing.
    const asked = Promise.all([worker.evaluate(() => self.name), foreign.ask(worker)]);
    void asked.then(([name, outcome]) => outcomes.set(name, outcome)).catch(() => undefined);
  });
  // While the generator is on its way a slow machine answers without it, and its worker does not start.
  await new Desk(page).modelsReady();
  const buffer = Buffer.from('The lighthouse keeper of Skarness was called Ada Holm. She kept bees.');
  await page.getByLabel('Add documents').setInputFiles({ name: 'keeper.txt', mimeType: 'text/plain', buffer });
  await page.getByRole('textbox', { name: 'Question' }).fill('What was the name of the lighthouse keeper?');
  await page.getByRole('button', { name: 'Ask' }).click();
  const named = ['embedder', 'generator', 'reader', 'search'];
  await expect.poll(() => named.filter((name) => !outcomes.has(name)), { timeout: 150_000 }).toEqual([]);
  expect([...outcomes].filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
  expect(sent.filter(({ host }) => host !== new URL(site.address).host)).toEqual([]);
});

for (const name of ['index.html', 'models.html']) {
  test(`the built ${name} carries its policy and no inline script or style`, () => {
    const html = readFileSync(join(DIST, name), 'utf8').replaceAll('&#39;', "'");
    expect(html).toContain(`http-equiv="Content-Security-Policy" content="${policyOf(name)}"`);
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  });
}

test('only the page of the models names another host, and it can run no model', () => {
  expect(policyOf('index.html')).toBe(POLICY);
  expect(POLICY).not.toContain('http');
  expect(policyOf('models.html')).not.toMatch(/wasm|unsafe/);
});
