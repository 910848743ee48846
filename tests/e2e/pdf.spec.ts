/**
 * PDFs in the viewer of the built page: a long one scrolls smoothly, passages are marked on their pages, the way leads from the
 * answer to the page and back. Without models, whose loading would be measured too: answers are quotations.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Library } from '../../src/library/library.svelte.ts';
import { book, densePages } from '../support/book.ts';
import { scrollViewer, type Scrolled } from '../support/scrolling.ts';
import { alteredBuild, type AlteredBuild } from './support/altered.ts';
import { Desk, type GivenFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';
import { calibration, longestTask, watchLongTasks } from './support/long-tasks.ts';

declare const carrel: Library;

test.describe.configure({ mode: 'serial', timeout: 120_000 });

let build: AlteredBuild;
let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit }) => {
  build = await alteredBuild();
  await build.remove('models/manifest.json');
  visit = await openVisit('none', '', { root: build.root, before: hurry });
  desk = new Desk(visit.page);
});

/** A file of this name has a hundredth of a second to be read, as long as nobody asks for more time. */
function hurry(): void {
  const send = Worker.prototype.postMessage as (message: unknown, more?: unknown) => void;
  Worker.prototype.postMessage = function (this: Worker, message: unknown, more?: unknown) {
    const { request } = message as { request?: { type: string; path: string; milliseconds: number } };
    const hurried = request?.type === 'read' && request.path === 'hurried.pdf' && request.milliseconds < 200_000;
    send.call(this, hurried ? { ...(message as object), request: { ...request, milliseconds: 10 } } : message, more);
  };
}

test.afterAll(() => build.dispose());
test.beforeEach(() => desk.clear());

const pdf = (name: string, bytes: Uint8Array): GivenFile => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(bytes),
});

/** Pages whose picture is there, by number. */
const drawn = () =>
  desk.viewer
    .locator('.sheet')
    .evaluateAll((sheets) =>
      sheets
        .filter((sheet) => sheet.querySelector('canvas'))
        .map((sheet) => Number((sheet as HTMLElement).dataset.page)),
    );

/** The page at the middle of the window. */
const middle = () =>
  desk.viewer.evaluate((region) => {
    const { top, height } = region.getBoundingClientRect();
    const at = top + height / 2;
    const sheets = [...region.querySelectorAll<HTMLElement>('.sheet')];
    return Number(sheets.findLast((sheet) => sheet.getBoundingClientRect().top <= at)?.dataset.page);
  });

/** Pages near the window are its own and those within nine tenths of its height on either side: five or six of this size. */
const MOST_NEAR = 8;
/** Of all frames, the share that may take longer than three frames of the page at rest. */
const MOST_LATE = 0.1;
/** No task may hold the page's thread for longer than so many sortings of 200,000 numbers. */
const MOST_SORTINGS = 2;

test('600 pages scroll smoothly: only what is near is drawn, what has left is let go, what comes to rest is drawn', async () => {
  const { page } = visit;
  await desk.add([pdf('book.pdf', book(600))]);
  await desk.settled();
  await page.evaluate(() => carrel.open('book.pdf'));
  await expect(desk.viewer.locator('.sheet')).toHaveCount(600);
  await expect.poll(drawn).toContain(1);

  const sorting = await calibration(page);
  const still = await scrollViewer(page, 0, 40);
  await watchLongTasks(page);
  const runs: Scrolled[] = [];
  // As one reads, as one flings, and the length of the document in a few seconds.
  for (const [step, most] of [
    [40, 150],
    [400, 150],
    [2500, 400],
    [-400, 100],
  ] as const) {
    runs.push(await scrollViewer(page, step, most));
    const here = await middle();
    await expect.poll(drawn).toContain(here);
    const near = await drawn();
    expect(near.length).toBeLessThanOrEqual(MOST_NEAR);
    for (const number of near) expect(Math.abs(number - here)).toBeLessThan(MOST_NEAR);
  }
  const longest = await longestTask(page);
  expect(await middle()).toBeGreaterThan(500);

  const frame = still.frames.toSorted((a, b) => a - b)[still.frames.length >> 1]!;
  for (const { frames, pictures, layers } of runs) {
    const late = frames.filter((milliseconds) => milliseconds > 3.5 * frame).length / frames.length;
    console.log(
      `    ${frames.length} frames, ${(late * 100).toFixed(1)} % late; at most ${pictures} pictures, ${layers} layers`,
    );
    expect(late).toBeLessThan(MOST_LATE);
    expect(pictures).toBeLessThanOrEqual(MOST_NEAR);
    expect(layers).toBeLessThanOrEqual(MOST_NEAR);
  }
  console.log(
    `    frame at rest ${frame.toFixed(0)} ms, longest task ${longest.toFixed(0)} ms, sorting ${sorting.toFixed(0)} ms`,
  );
  expect(longest).toBeLessThan(MOST_SORTINGS * Math.max(sorting, await calibration(page)));
});

test('what there was no time for is told, and read when asked', async () => {
  await desk.add([pdf('hurried.pdf', densePages(60))]);
  await desk.settled();
  const item = desk.document('hurried.pdf');
  const pages = await visit.page.evaluate(() => carrel.entries[0]!.document!.parts.length);
  expect(pages).toBeLessThan(60);
  await item.getByText('What was left out').click();
  await expect(item).toContainText(/Pages \d+–60 were not read: time ran out/);
  await item.getByRole('button', { name: 'Read the rest of hurried.pdf' }).click();
  await expect.poll(() => visit.page.evaluate(() => carrel.entries[0]!.document!.parts.length)).toBe(60);
  await expect(item).toContainText('Ready by words only');
  await expect(item.getByRole('button', { name: 'Read the rest' })).toHaveCount(0);
  await expect(item).not.toContainText('What was left out');
});

test('5,000 dense pages end in time: as read, or with what was read and what was not @long', async () => {
  test.setTimeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'carrel-pages-'));
  try {
    const file = join(folder, 'dense.pdf');
    writeFileSync(file, densePages(5000));
    await desk.add([file]);
    await desk.settled(240_000);
    const { status, parts, notes } = await visit.page.evaluate(() => {
      const [{ status, document }] = carrel.entries as [Library['entries'][number]];
      return { status, parts: document?.parts.length ?? 0, notes: document?.notes ?? [] };
    });
    console.log(`    ${parts} of 5,000 pages read`);
    expect(status).toMatchObject({ state: 'words-only' });
    if (parts < 5000) expect(notes.join()).toContain(`–5000 were not read: time ran out`);
    else expect(notes).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
