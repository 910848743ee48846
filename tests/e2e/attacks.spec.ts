/**
 * Files that mean harm, in the built page: one of each format that can carry a script, a formula or an address outside,
 * and names with markup. Nothing runs, nothing is asked for, everything is shown as words.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from '../../src/library/library.svelte.ts';
import { wrongRequests } from './support/build.ts';
import { Desk, oneSpace, textFile } from './support/desk.ts';
import { expect, PREFIX, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

const formats = join(import.meta.dirname, '../fixtures/documents/formats');
const attacks = join(formats, 'attacks');
const offers = readdirSync(attacks).filter((name) => name.startsWith('offer.'));
/** What the viewer may never hold inside a document that is shown. */
const ACTIVE =
  'script, iframe, object, embed, img, video, audio, image, form, input, style, link, meta, base, svg, math';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit, hollow }) => {
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
  await visit.page.evaluate(() => carrel.change({ generator: 'off' }));
});

test.beforeEach(() => desk.clear());

/** No script of a document has run, the page is where it was, and no request went anywhere but to the build. */
async function nothingHappened(what: string): Promise<void> {
  expect(await visit.page.evaluate(() => 'owned' in globalThis || 'owned' in Object.prototype), what).toBe(false);
  expect(visit.page.url(), what).toBe(visit.site.address);
  expect(visit.context.pages(), what).toHaveLength(1);
  const host = new URL(visit.site.address).host;
  expect(
    visit.sent.filter((request) => request.host !== host),
    what,
  ).toEqual([]);
  expect(wrongRequests(visit.site.requests, PREFIX), what).toEqual([]);
}

test('an offer in each format is read and shown: nothing in it runs, nothing is asked for', async () => {
  await desk.add([...offers.map((name) => join(attacks, name)), join(formats, 'script.pdf')]);
  await desk.settled();
  for (const name of offers) {
    await expect(desk.document(name), name).toContainText('Ready');
    await visit.page.evaluate((path) => carrel.open(path), name);
    await expect(
      desk.viewer.getByRole('heading', { name, exact: true }).or(desk.viewer.getByText(name)).first(),
    ).toBeVisible();
    await expect(desk.viewer.getByText('lifeboat of Skarness is called Petrel').first(), name).toBeVisible();
    const shown = desk.viewer.locator('.html, .text');
    expect(await shown.locator(ACTIVE).count(), name).toBe(0);
    expect(await shown.locator('[href], [src], [style], [onclick], [onload], [onerror]').count(), name).toBe(0);
    const script = shown.getByText('A script', { exact: true }).last();
    if (await script.isVisible()) await script.click();
    await nothingHappened(name);
  }
  await visit.page.evaluate(() => carrel.open('script.pdf'));
  await expect(desk.viewer.locator('canvas').first()).toBeVisible();
  await nothingHappened('script.pdf');
  const { answer } = await desk.ask('What is the lifeboat of Skarness called?');
  expect(answer?.text).toContain('Petrel');
  await nothingHappened('the answer');
});

test('markup in names of files, of sheets and of what an archive holds is shown as it is written', async () => {
  const image = "<img src=x onerror=globalThis.owned='name'>.txt";
  const bold = '<b>bold<\u2215b> "quoted" &amp;.md';
  const empty = "<svg onload=globalThis.owned='empty'>.txt";
  await desk.add([
    textFile(image, 'The mill at Gorse Point was built in 1874 by Erik Vold.'),
    textFile(bold, '# <img src=x onerror=globalThis.owned=1>\n\nHigh water at the quay is at nine.'),
    textFile(empty, ''),
  ]);
  await desk.add([join(formats, 'archives/papers.zip'), join(formats, 'office/formulas.xlsx')]);
  await desk.settled();
  for (const name of [image, bold, empty, 'a_b_.txt'])
    await expect(desk.documents.getByText(name, { exact: true }).first(), name).toBeVisible();
  await expect(desk.document(empty)).toContainText(`Failed: “${empty}” is empty (0 bytes).`);
  await expect(desk.documents.getByRole('button', { name: `Open ${image}`, exact: true })).toBeVisible();
  expect(await desk.documents.locator('img, b, svg[onload]').count()).toBe(0);
  const { article } = await desk.ask('Who built the mill at Gorse Point?');
  const source = article.getByRole('button', { name: /^Source 1/ }).first();
  expect(oneSpace((await source.getAttribute('aria-label')) ?? (await source.innerText()))).toContain(image);
  await source.click();
  await expect(desk.viewer.getByText(image).first()).toBeVisible();
  // The sheet's name is markup, too.
  await visit.page.evaluate(() => carrel.open('formulas.xlsx'));
  await expect(desk.viewer.getByText('<img src=x>').first()).toBeVisible();
  expect(await visit.page.locator('main img, main [onerror], main [onload]').count()).toBe(0);
  await nothingHappened('names');
});

test('archives and documents that are traps fail with a sentence each, and the others are read', async () => {
  const traps = readdirSync(attacks).filter((name) => /^(?:bomb|deep|laughs|quadratic|zip64|layers)/.test(name));
  await desk.add(traps.map((name) => join(attacks, name)));
  await desk.add([textFile('quay.txt', 'The quay is nine metres deep.')]);
  await desk.settled();
  await expect(desk.document('quay.txt')).toContainText('Ready');
  const states = await visit.page.evaluate(() =>
    carrel.entries.map(({ name, status }) => [name, status.state, status.state === 'failed' ? status.reason : '']),
  );
  for (const [name, state, reason] of states)
    if (state === 'failed') expect(reason, name).toMatch(/^“[^”]*” .*\.$/s);
    else expect(state, name).toBe('ready');
  expect(states.filter(([name, state]) => name?.startsWith('bomb.') && state !== 'failed')).toEqual([]);
  expect((await desk.ask('How deep is the quay?')).answer?.text).toContain('nine metres');
  await nothingHappened('traps');
});
