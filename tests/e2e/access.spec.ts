/**
 * The page for everybody: by keyboard alone, by roles and names alone, looked over by axe in light, dark and on a phone,
 * narrow as at 400% zoom, without motion, in the system's own colours, from right to left. No model writes here.
 */
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { audit } from './support/axe.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';
import { stop, tabTo } from './support/keyboard.ts';
import { modes, show } from './support/modes.ts';
import { screensOf } from './support/screens.ts';

declare const carrel: Library;

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit, hollow }) => {
  test.setTimeout(180_000);
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
  await desk.modelsReady();
  await visit.page.evaluate(() => carrel.change({ generator: 'off' }));
});

const TIDES = textFile(
  'tides.txt',
  'The ferry to the island leaves at nine. Tickets cost four shillings each way.\n\n' +
    'Dogs travel free of charge. Bicycles cost one shilling.\n\nThe last ferry comes back at six.\n',
);
const ROPES = textFile('ropes.txt', 'Ropes are kept in the boathouse. The key hangs behind the clock.');

test('with keys alone: a file added, asked, its citation opened and searched, closed, a setting changed, all removed @long', async () => {
  const { page } = visit;
  const { keyboard } = page;
  await page.evaluate(() => document.body.focus());

  await tabTo(page, 'Add documents');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), keyboard.press('Enter')]);
  await chooser.setFiles([TIDES, ROPES] as Parameters<typeof chooser.setFiles>[0]);
  await desk.settled();

  await keyboard.press('q');
  await expect.poll(() => stop(page)).toMatchObject({ name: 'Question', shown: true });
  await keyboard.type('What does a ticket to the island cost?');
  await keyboard.press('Enter');
  await expect(desk.answers).toHaveAttribute('aria-busy', 'false');
  // the focus stays where it was: the next question may be written at once
  expect((await stop(page)).name).toBe('Question');

  await tabTo(page, /^Source 1: tides\.txt/, true);
  await keyboard.press('Enter');
  await expect(desk.viewer).toBeFocused();
  await expect(desk.viewer.locator('mark.cited').first()).toBeVisible();
  await keyboard.press('/');
  await keyboard.type('ferry');
  await expect(desk.viewer.getByRole('search').getByRole('status')).toHaveText('1 of 2');
  await keyboard.press('Enter');
  await expect(desk.viewer.getByRole('search').getByRole('status')).toHaveText('2 of 2');
  await keyboard.press('Escape');
  expect((await stop(page)).name).toBe('Document');
  await keyboard.press('Escape');
  await expect(desk.viewer).toHaveCount(0);
  await expect.poll(async () => (await stop(page)).name).toMatch(/^Source 1: tides\.txt/);

  await keyboard.press('4');
  await expect.poll(() => stop(page)).toMatchObject({ name: 'Settings', role: 'tab' });
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await tabTo(page, /^Automatic/);
  await keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => carrel.settings.index)).toBe('voy');
  await keyboard.press('ArrowUp');
  await expect.poll(() => page.evaluate(() => carrel.settings.index)).toBe('auto');
  await desk.settled();

  await tabTo(page, 'Settings', true);
  await keyboard.press('1');
  await keyboard.press('d');
  await expect.poll(async () => (await stop(page)).name).toBe('Open tides.txt');
  await keyboard.press('Enter');
  await expect(desk.viewer).toBeFocused();
  await keyboard.press('Escape');
  await expect.poll(async () => (await stop(page)).name).toBe('Open tides.txt');
  // what is taken away leaves the focus to what brings it back
  await tabTo(page, 'Remove tides.txt');
  await keyboard.press('Enter');
  await expect(desk.document('tides.txt')).toHaveCount(0);
  await expect.poll(async () => (await stop(page)).name).toMatch(/^Put back/);
  await tabTo(page, 'Remove ropes.txt');
  await keyboard.press('Enter');
  await expect(desk.documents).toHaveCount(0);
  await expect.poll(async () => (await stop(page)).role).not.toBe('body');
  expect(await stop(page)).toMatchObject({ shown: true, inSight: true });
});

test('earlier questions come back with the arrow keys, and what is being written never goes @long', async () => {
  const { page } = visit;
  await desk.add([TIDES]);
  await desk.settled();
  await desk.ask('When does the last ferry come back?');
  const box = page.getByRole('textbox', { name: 'Question' });
  await box.focus();
  await page.keyboard.press('ArrowUp');
  await expect(box).toHaveValue('When does the last ferry come back?');
  await page.keyboard.press('ArrowUp');
  await expect(box).toHaveValue('What does a ticket to the island cost?');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(box).toHaveValue('');
  await page.keyboard.type('Who');
  await page.keyboard.press('ArrowUp');
  await expect(box).toHaveValue('Who');
  await box.fill('');
});

test('the palette finds a command by a few letters and does it; the sheet names the keys; single keys can be switched off @long', async () => {
  const { page } = visit;
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const field = page.getByRole('combobox', { name: 'Find a command' });
  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await page.keyboard.type('opti');
  const chosen = palette.getByRole('option', { selected: true });
  await expect(chosen).toHaveText('Open tides.txt');
  expect(await field.getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'));
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(desk.viewer).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('as the system');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('question 1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What does a ticket to the island cost?' })).toBeFocused();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.keyboard.press('Control+k').then(async () => {
      await page.keyboard.type('add documents');
      await page.keyboard.press('Enter');
    }),
  ]);
  expect(chooser.isMultiple()).toBe(true);
  await chooser.setFiles([ROPES] as Parameters<typeof chooser.setFiles>[0]);
  await expect(desk.document('ropes.txt')).toBeVisible();
  await desk.settled();

  // in a field the keys are letters; outside they lead
  const box = page.getByRole('textbox', { name: 'Question' });
  await box.focus();
  await page.keyboard.type('?4d');
  await expect(box).toHaveValue('?4d');
  await box.fill('');
  await page.getByRole('tab', { name: 'Ask' }).focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await sheet.getByLabel('Keys pressed alone').uncheck();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Ask' })).toBeFocused();
  for (const key of ['4', 'q', '?']) await page.keyboard.press(key);
  await expect(page.getByRole('tab', { name: 'Ask' })).toBeFocused();
  await expect(sheet).toHaveCount(0);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByLabel('Keys pressed alone').check();
  await page.getByRole('tab', { name: 'Ask' }).click();
});

test('by roles and names alone: asked, a source read, a question removed and brought back, the desk cleared @long', async () => {
  const { page } = visit;
  const name = (role: Parameters<typeof page.getByRole>[0], of: string | RegExp) => page.getByRole(role, { name: of });
  await name('textbox', 'Question').fill('Where does the key hang?');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  const answer = name('article', 'Answer').last();
  await expect(answer).toContainText('behind the clock');
  await answer.getByRole('group', { name: 'Sources of the answer' }).getByRole('button').first().click();
  const document = page.getByRole('region', { name: 'Document', exact: true });
  await expect(document.getByRole('heading', { name: 'ropes' })).toBeVisible();
  await document.getByRole('searchbox', { name: 'Find in document' }).fill('boathouse');
  await expect(document.getByRole('search').getByRole('status')).toHaveText('1 of 1');
  await document.getByRole('button', { name: 'Back to the answer' }).click();
  await document.getByRole('button', { name: 'Close' }).click();
  await expect(document).toHaveCount(0);
  await name('navigation', 'Questions of the conversation').getByRole('button').click();
  await name('navigation', 'Questions of the conversation')
    .getByRole('button', { name: 'What does a ticket to the island cost?' })
    .click();
  await expect(page.getByRole('heading', { name: 'What does a ticket to the island cost?' })).toBeFocused();
  await page.getByRole('button', { name: 'More for this question' }).last().click();
  await page.getByRole('button', { name: 'Remove from the conversation' }).click();
  await page.getByRole('button', { name: 'Undo the removal' }).click();
  await expect(page.getByRole('article', { name: 'Answer' }).last()).toContainText('behind the clock');
  await name('button', 'Clear the desk…').click();
  await page.getByRole('button', { name: 'Clear the desk', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No documents yet' })).toBeVisible();
});

test('the usual screens: axe finds nothing in light, in the dark, on a phone @long', async () => {
  const { page } = visit;
  // as at the first opening
  await page.reload();
  await desk.modelsReady();
  const found: string[] = [];
  for (const { name, usual, place, open, leave } of screensOf(desk).filter((one) => one.usual ?? one.needed)) {
    await open();
    for (const mode of usual ? modes.filter((one) => one.usual) : []) {
      await show(page, mode, place);
      for (const violation of (await audit(page)).violations) found.push(`${name}, ${mode.name}: ${violation}`);
    }
    if (usual) await show(page, modes[0]);
    await leave?.();
  }
  expect(found).toEqual([]);
});

test('texts that run from right to left are laid out so, with their marks at the right place @long', async () => {
  const { page } = visit;
  await page.getByRole('tab', { name: 'Ask' }).click();
  await page.getByRole('textbox', { name: 'Question' }).fill('מתי הספרייה נפתחת בבוקר ונסגרת בערב?');
  expect(await directionOf('textbox', 'Question')).toBe('rtl');
  const { article, answer } = await desk.ask('מתי הספרייה נפתחת בבוקר ונסגרת בערב?');
  const heading = page.getByRole('heading', { name: 'מתי הספרייה נפתחת בבוקר ונסגרת בערב?' });
  const direction = (element: Element) => getComputedStyle(element).direction;
  expect(await heading.evaluate(direction)).toBe('rtl');
  expect(await article.locator('[data-answer-text]').evaluate(direction)).toBe('rtl');
  expect(answer!.text).toContain('הספרייה נפתחת בשעה 9');

  await article
    .getByRole('button', { name: /^Source 1: / })
    .first()
    .click();
  await expect(desk.viewer.locator('mark.cited').first()).toBeVisible();
  const cited = await desk.viewer
    .locator('mark.cited')
    .evaluateAll((marks) => marks.map((one) => one.textContent).join(''));
  expect(cited.replace(/\s+/g, ' ')).toContain('הספרייה נפתחת בשעה 9 בבוקר');
  const blocks = await desk.viewer
    .locator('p, ul, table, h1')
    .filter({ hasText: /\S/ })
    .evaluateAll((all) => all.map((one) => [one.tagName, getComputedStyle(one).direction]));
  expect(blocks).toEqual(
    expect.arrayContaining([
      ['H1', 'rtl'],
      ['P', 'rtl'],
      ['P', 'ltr'],
      ['UL', 'rtl'],
      ['TABLE', 'rtl'],
    ]),
  );

  // in a PDF the last words of a Hebrew line stand at its left
  await desk.documents.getByRole('button', { name: 'Open right-to-left.pdf' }).click();
  await page.getByLabel('Find in document').fill('בערב');
  const mark = desk.viewer.locator('mark.current').first();
  await expect(mark).toBeVisible();
  const place = async (words: string) => {
    await page.getByLabel('Find in document').fill(words);
    await expect(mark).toContainText(words);
    return (await mark.boundingBox())!;
  };
  const last = await place('בערב');
  const first = await place('הספרייה');
  expect(last.x + last.width).toBeLessThan(first.x);
  expect(Math.abs(last.y - first.y)).toBeLessThan(4);
  await desk.viewer.getByRole('button', { name: 'Close', exact: true }).click();
});

async function directionOf(role: Parameters<typeof visit.page.getByRole>[0], name: string): Promise<string> {
  return visit.page.getByRole(role, { name }).evaluate((element) => getComputedStyle(element).direction);
}

test('at 320 pixels, as at 400% zoom, everything is reached by scrolling down alone @long', async () => {
  const { page } = visit;
  await page.setViewportSize({ width: 320, height: 256 });
  const wide = () =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('[role="tabpanel"], section, dialog, form, nav, header')]
        .filter((one) => one.checkVisibility())
        // a table, code and a drawn page may be as wide as they are
        .filter((one) => !one.matches('[aria-label="Passages considered"], [aria-label="Documents in numbers"]'))
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .map((one) => `${one.tagName} ${one.className} ${one.getAttribute('aria-label') ?? ''}: ${one.scrollWidth}`),
    );
  const found: Record<string, readonly string[]> = {};
  for (const tab of ['Lab', 'Lessons', 'Settings', 'Ask']) {
    await page.getByRole('tab', { name: tab }).click();
    found[tab] = await wide();
  }
  for (const place of ['Documents', 'Conversation']) {
    await page.getByRole('navigation', { name: 'Parts of the desk' }).getByRole('button', { name: place }).click();
    found[place] = await wide();
  }
  // the conversation has room to be read in
  const room = await page.getByRole('region', { name: 'Conversation' }).boundingBox();
  expect(room!.height).toBeGreaterThan(120);
  await page.getByRole('button', { name: 'Commands' }).click();
  found['commands'] = await wide();
  await page.keyboard.press('Escape');
  expect(found).toEqual({ Lab: [], Lessons: [], Settings: [], Ask: [], Documents: [], Conversation: [], commands: [] });
  await page.setViewportSize({ width: 1400, height: 900 });
});

test('without motion where none is wanted; in the system’s colours what colour told is told by a line @long', async () => {
  const { page } = visit;
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((one) => {
        const { animationDuration, transitionDuration } = getComputedStyle(one);
        return [animationDuration, transitionDuration].some((time) => parseFloat(time) > 0.01);
      }).length,
  );
  expect(moving).toBe(0);
  const outlined = (element: Element) => getComputedStyle(element).outlineStyle;
  expect(await page.getByRole('tab', { selected: true }).evaluate(outlined)).toBe('solid');
  expect(await page.getByRole('tab', { selected: false }).first().evaluate(outlined)).toBe('none');
  await page.emulateMedia({ reducedMotion: null, forcedColors: null });
  expect(visit.errors).toEqual([]);
});

test('a picture of a scan and a page in the dark keep their own colours @long', async () => {
  const { page } = visit;
  await desk.add([join(ROOT, 'tests/fixtures/documents/collection/lease.pdf')]);
  await desk.settled();
  await page.emulateMedia({ forcedColors: 'active' });
  await desk.documents.getByRole('button', { name: 'Open lease.pdf' }).click();
  const layer = desk.viewer.locator('.layer [data-at]').first();
  await expect(layer).toBeAttached();
  // the text over the picture stays unseen: else every word would be printed twice
  expect(await layer.evaluate((element) => getComputedStyle(element).color)).toBe('rgba(0, 0, 0, 0)');
  await page.emulateMedia({ forcedColors: null });
});
