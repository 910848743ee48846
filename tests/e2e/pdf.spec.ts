/**
 * PDFs in the viewer of the built page: a long one scrolls smoothly, passages are marked on their pages, the way leads from the
 * answer to the page and back. Without models, whose loading would be measured too: answers are quotations.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Library } from '../../src/library/library.svelte.ts';
import { book, densePages } from '../support/book.ts';
import { lines, pdfOf } from '../support/pdf-bytes.ts';
import { scrollViewer, type Scrolled } from '../support/scrolling.ts';
import { alteredBuild, type AlteredBuild } from './support/altered.ts';
import { Desk, oneSpace, type GivenFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';
import { calibration, watchTasks } from './support/long-tasks.ts';

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
/** No task of the page's thread may compute for longer than so many sortings of 200,000 numbers. */
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
  const longestTask = await watchTasks(page);
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
  const longest = await longestTask();
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

/** Two columns of eight lines on each of two pages; one sentence goes from column to column, one from page to page. */
function columns(): Uint8Array {
  const column = (name: string, left: number, last: string): string =>
    lines([...Array.from({ length: 9 }, (_, i) => `${name} column, line ${i + 1} of what is told here,`), last], {
      left,
      top: 760,
      size: 10,
      leading: 13,
    });
  return pdfOf([
    {
      content: `${column('First', 60, 'and the lamp was carried from the')}\n${column('Second', 320, 'until the last of the boats that')}`,
    },
    {
      content: `${column('Third', 60, 'were out had come home safely.')}\n${column('Fourth', 320, 'So ends the account of it.')}`,
    },
  ]);
}

interface Mark {
  readonly text: string;
  readonly page: number;
  /** Shares of the page's width and height. */
  readonly left: number;
  readonly top: number;
}

const marks = (): Promise<Mark[]> =>
  desk.viewer.locator('mark.cited').evaluateAll((found) =>
    found.map((mark) => {
      const sheet = mark.closest<HTMLElement>('.sheet')!;
      const [own, page] = [mark.getBoundingClientRect(), sheet.getBoundingClientRect()];
      return {
        text: mark.textContent ?? '',
        page: Number(sheet.dataset.page),
        left: (own.left - page.left) / page.width,
        top: (own.top - page.top) / page.height,
      };
    }),
  );

/** Opens the document at the words from `first` to the end of `last`. */
function openAt(path: string, first: string, last: string): Promise<string> {
  return visit.page.evaluate(
    ([path, first, last]) => {
      const { text } = carrel.entries.find((entry) => entry.path === path)!.document!;
      const start = text.indexOf(first);
      const end = text.indexOf(last, start) + last.length;
      carrel.open(path, { start, end });
      return text.slice(start, end);
    },
    [path, first, last] as const,
  );
}

test('a passage is marked in both columns, and on both pages, that it stands on', async () => {
  await desk.add([pdf('columns.pdf', columns())]);
  await desk.settled();
  const across = await openAt('columns.pdf', 'First column, line 9', 'Second column, line 2 of what is told here,');
  await expect.poll(async () => (await marks()).length).toBeGreaterThan(3);
  let found = await marks();
  expect(oneSpace(found.map(({ text }) => text).join(' '))).toBe(oneSpace(across));
  expect(new Set(found.map(({ page }) => page))).toEqual(new Set([1]));
  const [left, right] = [found.filter((mark) => mark.left < 0.5), found.filter((mark) => mark.left > 0.5)];
  // At the foot of one column and at the head of the other.
  expect(Math.min(...left.map(({ top }) => top))).toBeGreaterThan(Math.max(...right.map(({ top }) => top)));
  expect(oneSpace(left.map(({ text }) => text).join(' '))).toMatch(/^First .* carried from the ?$/);
  expect(oneSpace(right.map(({ text }) => text).join(' '))).toMatch(/^Second .* line 2 of what is told here,$/);

  const pages = await openAt('columns.pdf', 'until the last of the boats', 'Third column, line 2 of');
  await expect.poll(async () => new Set((await marks()).map(({ page }) => page))).toEqual(new Set([1, 2]));
  found = await marks();
  expect(oneSpace(found.map(({ text }) => text).join(' '))).toBe(oneSpace(pages));
  const [before, after] = [found.filter(({ page }) => page === 1), found.filter(({ page }) => page === 2)];
  expect(Math.min(...before.map(({ top }) => top))).toBeGreaterThan(0.2);
  expect(Math.max(...after.map(({ top }) => top))).toBeLessThan(0.2);
  // The beginning of the passage is what one is led to.
  await expect(desk.viewer.locator('mark.cited').first()).toBeInViewport();
  await expect.poll(drawn).toEqual([1, 2]);
});

for (const [where, width] of [
  ['beside the page', 1280],
  ['on a phone', 390],
] as const)
  test(`the way leads from the answer to the page and back to the answer, ${where}`, async () => {
    const { page } = visit;
    await page.setViewportSize({ width, height: 720 });
    try {
      await desk.add([pdf('book.pdf', book(60))]);
      await desk.settled();
      const { article } = await desk.ask('What does folio 47 say?');
      const source = article.getByRole('button').filter({ hasText: 'book.pdf' }).first();
      await source.click();
      const mark = desk.viewer.locator('mark.cited').first();
      await expect(mark).toBeInViewport();
      await expect(desk.viewer).toBeFocused();
      const number = Number(await mark.evaluate((one) => one.closest<HTMLElement>('.sheet')!.dataset.page));
      await expect.poll(drawn).toContain(number);

      // One reads on and away, then goes back.
      await scrollViewer(page, 300, 20);
      await desk.viewer.getByRole('button', { name: 'Back to the answer' }).click();
      await expect(source).toBeFocused();
      await expect(source).toBeInViewport();
      await expect(desk.viewer).toBeVisible({ visible: width > 1000 });

      // And to the same place once more.
      await page.keyboard.press('Enter');
      await expect(mark).toBeInViewport();
      await expect(desk.viewer).toBeFocused();
    } finally {
      await page.setViewportSize({ width: 1280, height: 720 });
    }
  });

test('the contents are the file’s own bookmarks, and lead to their places', async () => {
  await desk.add([pdf('book.pdf', book(60))]);
  await desk.settled();
  await visit.page.evaluate(() => carrel.open('book.pdf'));
  await desk.viewer.getByText('Contents', { exact: true }).click();
  const bookmarks = desk.viewer.getByRole('list', { name: 'Bookmarks' }).getByRole('button');
  await expect(bookmarks).toHaveCount(12);
  await expect(bookmarks.first()).toHaveAttribute('aria-current', 'location');
  await desk.viewer.getByRole('button', { name: 'Of oil and wicks, page 44' }).click();
  await expect(bookmarks).toHaveCount(0);
  await expect.poll(drawn).toContain(44);
  // The place is 442 of 842 points down its page, and stands below the header now.
  const from = await desk.viewer.evaluate((region) => {
    const sheet = region.querySelector('[data-page="44"]')!.getBoundingClientRect();
    const header = region.querySelector('header')!.getBoundingClientRect();
    return { below: sheet.top + (442 / 842) * sheet.height - header.bottom, height: region.clientHeight };
  });
  expect(from.below).toBeGreaterThan(0);
  expect(from.below).toBeLessThan(from.height / 6);
  await expect(desk.viewer).toBeFocused();
  await desk.viewer.getByText('Contents', { exact: true }).click();
  await desk.viewer.getByRole('list', { name: 'Pages' }).getByRole('button', { name: 'page 7', exact: true }).click();
  await expect(desk.viewer).toContainText('page 7 of 60');
});

test('pages are dimmed in the theme that was chosen, whatever the system’s', async () => {
  const { page } = visit;
  await desk.add([pdf('book.pdf', book(3))]);
  await desk.settled();
  await page.evaluate(() => carrel.open('book.pdf'));
  await expect.poll(drawn).toContain(1);
  const veil = () =>
    desk.viewer
      .locator('.picture')
      .first()
      .evaluate((picture) => getComputedStyle(picture, '::after').backgroundColor);
  const choose = (theme: string) =>
    page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
  const [none, dim] = ['rgba(0, 0, 0, 0)', 'rgba(0, 0, 0, 0.14)'];
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await choose('light');
    await expect.poll(veil).toBe(none);
    await choose('dark');
    await expect.poll(veil).toBe(dim);
    await page.evaluate(() => delete document.documentElement.dataset['theme']);
    await expect.poll(veil).toBe(scheme === 'dark' ? dim : none);
  }
});
