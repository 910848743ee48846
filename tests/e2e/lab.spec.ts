/** What the lab takes apart, with the real models: the scores of a passage, and one question answered four ways. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { audit } from './support/axe.ts';
import { Desk } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit }) => {
  test.setTimeout(240_000);
  visit = await openVisit('full');
  desk = new Desk(visit.page);
  await desk.modelsReady();
  await visit.page.evaluate(() => carrel.change({ generator: 'off' }));
  const collection = join(ROOT, 'tests/fixtures/documents/collection');
  await desk.add(['lease.pdf', 'manual.md', 'news.html'].map((name) => join(collection, name)));
  await desk.settled();
  const { article } = await desk.ask('When does the lamp of the logger blink five times in a palace?');
  await article.getByText('How this was found').click();
});

const dialog = () => visit.page.getByRole('dialog', { name: 'Why this passage' });

test('shares of tokens and of terms add up to the scores of the search, with the real model', async () => {
  const apart = await visit.page.evaluate(async () => {
    const { question, candidates } = carrel.turns.at(-1)!.answer!.trace;
    const taken = [];
    for (const { passage, cosine, keywordScore } of candidates.slice(0, 6)) {
      const { words, meaning } = await carrel.takeApart(question, passage);
      if (meaning.state !== 'read') throw new Error(meaning.why);
      const { input, vectors, dimensions: wide, vector, tokens } = meaning.tokens;
      const sum = Array.from({ length: wide }, (_, d) => tokens.reduce((all, _, t) => all + vectors[t * wide + d]!, 0));
      const length = Math.hypot(...sum);
      const shares = tokens.map(
        (_, t) => meaning.question.reduce((all, value, d) => all + value * vectors[t * wide + d]!, 0) / length,
      );
      const embedded = await carrel.engine.embedders.passage(input);
      taken.push({
        ...{ cosine, keywordScore, words: words.score, tokens: tokens.length, counted: passage.tokens },
        shares: shares.reduce((all, share) => all + share, 0),
        terms: words.terms.reduce((all, { share }) => all + share, 0),
        lacking: words.terms.filter(({ frequency }) => frequency === 0).map(({ term }) => term),
        apartBy: Math.max(...sum.map((value, d) => Math.abs(value / length - embedded[d]!))),
        same: vector.every((value, d) => value === embedded[d]),
      });
    }
    return taken;
  });
  expect(apart).toHaveLength(6);
  for (const one of apart) {
    expect(one.same).toBe(true);
    expect(one.apartBy).toBeLessThan(1e-5);
    expect(Math.abs(one.shares - one.cosine!)).toBeLessThan(1e-5);
    expect(one.tokens).toBe(one.counted);
    expect([one.words, one.terms]).toEqual([one.keywordScore ?? 0, one.keywordScore ?? 0]);
    expect(one.lacking).toEqual(['palac']);
  }
});

test('the view tells each share, by pointer, by keyboard and in a table, and says that they are no causes', async () => {
  const { page } = visit;
  const opener = page.getByRole('button', { name: 'Why this passage, 1', exact: true });
  await opener.click();
  const view = dialog();
  const { cosine, score, tokens, lead } = await page.evaluate(() => {
    const { passage, cosine, keywordScore } = carrel.turns.at(-1)!.answer!.trace.candidates[0]!;
    return { cosine: cosine!, score: keywordScore!, tokens: passage.tokens, lead: passage.lead! };
  });
  await expect(view).toContainText(`which add up to ${cosine.toFixed(6)}. The cosine is ${cosine.toFixed(6)}.`);
  await expect(view).toContainText(`add up to ${score.toFixed(6)}. The keyword score is ${score.toFixed(6)}.`);
  await expect(view).toContainText('arithmetic, not causes');

  await view.getByText(/^As a table/).click();
  const rows = view.locator('[aria-label="Shares by token"] tbody tr');
  await expect(rows).toHaveCount(tokens);
  await expect(rows.first()).toContainText('[CLS]');
  await expect(rows.last()).toContainText('[SEP]');
  const shares = (await rows.locator('td:nth-child(4)').allTextContents()).map((text) =>
    Number(text.replace('−', '-')),
  );
  expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - cosine)).toBeLessThan(tokens * 0.5e-4);
  await view.getByLabel('Largest share first').check();
  await expect(rows.first().locator('td:nth-child(4)')).toHaveText(/^\+/);
  await expect(view.locator('[aria-label="Shares by term"] tbody tr', { hasText: 'palac' })).toContainText('0.0000');

  const box = view.getByRole('listbox', { name: 'Tokens with their shares' });
  const front = box.getByRole('group', { name: 'Title and headings, put before it' });
  expect((await front.innerText()).replace(/^Title and headings, put before it\s*/, '').trim()).toBe(lead);
  await box.focus();
  await page.keyboard.press('ArrowRight');
  const second = box.getByRole('option').nth(1);
  await expect(second).toHaveAttribute('aria-selected', 'true');
  await expect(view.locator('.telling')).toContainText(`“${await second.innerText()}”: `);
  await page.keyboard.press('End');
  await expect(box.getByRole('option', { name: /^\[SEP\]/ })).toHaveAttribute('aria-selected', 'true');
  await box.getByRole('option').nth(4).hover();
  await expect(box.getByRole('option').nth(4)).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Escape');
  await expect(view).toHaveCount(0);
  await expect(opener).toBeFocused();
});

const cell = (name: string) => visit.page.getByRole('article', { name, exact: true });
const names = [
  'Base model, alone',
  'Fine-tuned model, alone',
  'Base model, with passages',
  'Fine-tuned model, with passages',
];

test('one question four ways: the first streams while the others wait, and Stop keeps what is there', async () => {
  const { page } = visit;
  await page.getByRole('tab', { name: 'Lab' }).click();
  await page.getByRole('button', { name: 'Write the four answers' }).click();
  await expect(cell(names[0]!)).toHaveAttribute('aria-busy', 'true', { timeout: 60_000 });
  await expect(cell(names[0]!).locator('.answer')).not.toHaveText('…', { timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText(/^Stopped; \d of 4 are here\.$/)).toBeVisible();
  await expect(cell(names[0]!)).toContainText('Stopped. This is what had been written.');
  await expect(cell(names[3]!)).toContainText('Not written yet.');
});

test('all four are written, the same each time, each with its prompt counted @long', async () => {
  const { page } = visit;
  await page.getByRole('tab', { name: 'Lab' }).click();
  const write = async () => {
    await page.getByRole('button', { name: /^Write the four/ }).click();
    await expect(page.getByText('All four are written.')).toBeVisible({ timeout: 180_000 });
    return Promise.all(names.map((name) => cell(name).locator('.answer').innerText()));
  };
  const first = await write();
  expect(first.every((text) => text.trim() !== '')).toBe(true);
  const tokens = await Promise.all(
    names.map(async (name) => Number(/Prompt\s+(\d+) tokens/.exec(await cell(name).innerText())?.[1])),
  );
  expect(tokens[0]).toBe(tokens[1]);
  expect(tokens[2]).toBe(tokens[3]);
  expect(tokens[2]).toBeGreaterThan(tokens[0]! + 50);
  await expect(cell(names[3]!)).toContainText(/supported by what|refuses/);
  expect(await write()).toEqual(first);
});

test('the four cells on a set: the table is what the report says, the same bytes on two runs, and fits a phone', async () => {
  const { page } = visit;
  await page.getByRole('tab', { name: 'Lab' }).click();
  const begin = page.getByRole('button', { name: 'Write the whole set' });
  await expect(begin).toBeDisabled();
  await page.evaluate(() => {
    const { questionSet } = carrel;
    questionSet.add('How tall is the lighthouse?', null);
    questionSet.add('What is not there?', { document: 'lease.pdf', quote: 'words that are not there' });
    const quote = 'a new cell lasts for about 26 months at 10 °C';
    questionSet.add('How long does a new cell last?', { document: 'manual.md', quote }, '26 months');
  });
  const write = async () => {
    await begin.click();
    await expect(page.getByText('2 questions written four times.')).toBeVisible({ timeout: 180_000 });
    const save = page.getByRole('button', { name: 'Save the report' });
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    return readFile(await download.path(), 'utf8');
  };
  const first = await write();
  const { measured, questions, leftOut } = JSON.parse(first) as {
    measured: { measure: string; cells: { mean: number | null; n: number }[] }[];
    questions: { answers: { text: string; score: Record<string, number | null>; given: unknown[] }[] }[];
    leftOut: { why: string }[];
  };
  expect(leftOut.map(({ why }) => why)).toEqual([expect.stringContaining('does not stand in lease.pdf')]);
  expect(questions.map(({ answers }) => answers.map(({ given }) => given.length > 0))).toEqual(
    Array(2).fill([false, false, true, true]),
  );
  for (const { measure, cells } of measured) {
    cells.forEach(({ mean, n }, i) => {
      const values = questions.flatMap(({ answers }) => answers[i]!.score[measure] ?? []);
      expect(n).toBe(values.length);
      if (n > 0) expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / n, 5);
    });
  }
  const table = page.getByRole('region', { name: 'The four cells in numbers' });
  const inFormat = measured.find(({ measure }) => measure === 'inFormat')!.cells;
  const shown = inFormat.map(({ mean }) => mean!.toFixed(3).replace(/^0/, ''));
  expect(
    await table
      .getByRole('row', { name: /^In format/ })
      .getByRole('cell')
      .allInnerTexts(),
  ).toEqual([...shown, '2']);
  await expect(page.getByRole('region', { name: 'What each switch changes' }).getByRole('row')).toHaveCount(5);

  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBe(390);
  await page.setViewportSize({ width: 1400, height: 900 });
  expect(await write()).toBe(first);
});

const stage = (name: string) => visit.page.getByRole('listitem', { name: new RegExp(`^\\d+ ${name}$`) });
const boxState = (text: RegExp) => visit.page.getByRole('status').filter({ hasText: text });

test('the glass box: an answer stage by stage, and only what depends on a change runs again', async () => {
  const { page } = visit;
  await page.evaluate(() => carrel.change({ generator: 'adapter' }));
  await page.getByRole('tab', { name: 'Ask' }).click();
  const { answer } = await desk.ask('How much will the repair of the Kestrel Bridge cost?');
  await page.getByRole('tab', { name: 'Lab' }).click();
  await page.getByRole('button', { name: 'Open the glass box' }).click();
  await expect(boxState(/^All 13 stages ran/)).toBeVisible({ timeout: 120_000 });
  const was = page.getByRole('article', { name: 'As it was' });
  const now = page.getByRole('article', { name: 'With your changes' });
  await expect(was.locator('.answer')).toHaveText(answer!.text);
  const before = await page.evaluate(() => [carrel.entries.flatMap((e) => e.passages).length, carrel.turns.length]);
  const passages = before[0]!.toLocaleString('en');
  await expect(stage('Vectors of the passages')).toContainText(`0 vectors made anew, ${passages} there already`);

  const run = async () => {
    await page.getByRole('button', { name: 'Run again' }).click();
    await expect(boxState(/stages ran again/)).toBeVisible({ timeout: 120_000 });
  };
  const change = (name: string, field: string, value: string) =>
    stage(name)
      .getByLabel(field, { exact: true })
      .fill(value)
      .then(() => page.keyboard.press('Tab'));
  const calls = await desk.calls();
  await change('Evidence against the threshold', 'Threshold', '1');
  await expect(stage('Evidence against the threshold')).toContainText('will run again');
  await run();
  await expect(now.locator('.answer')).toHaveText('Not in the documents.');
  for (const name of ['Vector of the question', 'Search by words and by meaning', 'Passages chosen'])
    await expect(stage(name)).toContainText('kept');
  await expect(stage('Evidence against the threshold')).toContainText('run again');
  expect(await desk.calls()).toBe(calls);
  await page.getByRole('button', { name: 'Put all back' }).click();
  await expect(now).toHaveCount(0);

  await change('Documents cut into passages', 'Tokens', '64');
  await run();
  await expect(stage('Vector of the question')).toContainText('kept');
  await expect(stage('Documents cut into passages')).toContainText('at most 64 tokens');
  await expect(page.getByText(/^Came in: /)).toBeVisible();
  await expect(now.locator('.answer')).not.toHaveText('…');
  await stage('Documents cut into passages').getByText('What went through').click();
  const cut = page.getByRole('region', { name: 'The document with its passages' });
  await expect(cut).toContainText(/kept as \[\d\]/);
  const [, tokens] = /(\d+) tokens/.exec(await cut.innerText())!;
  expect(Number(tokens)).toBeLessThanOrEqual(64);
  await stage('Two rankings made one').getByText('What went through').click();
  await expect(page.getByRole('img', { name: 'How fusion moved the passages' })).toBeVisible();
  await stage('Passages chosen').getByText('What went through').click();
  await expect(page.getByRole('region', { name: 'Passages considered in this run' })).toBeVisible();
  expect((await audit(page)).violations).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBe(390);
  await page.setViewportSize({ width: 1400, height: 900 });

  await page.getByRole('button', { name: 'Put all back' }).click();
  await expect(stage('Documents cut into passages').getByLabel('Tokens', { exact: true })).toHaveValue('208');
  await expect(was.locator('.answer')).toHaveText(answer!.text);
  expect(await page.evaluate(() => [carrel.entries.flatMap((e) => e.passages).length, carrel.turns.length])).toEqual(
    before,
  );
  await page.getByRole('button', { name: 'Close the glass box' }).click();
});

test('it fits a phone, in the dark too, and what is gone is told', async () => {
  const { page } = visit;
  await page.getByRole('tab', { name: 'Ask' }).click();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Why this passage, 1', exact: true }).click();
  await expect(dialog().getByRole('listbox')).toBeVisible();
  expect(await dialog().evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  await dialog().getByRole('button', { name: 'Close' }).click();

  await desk.clear();
  await page.getByRole('button', { name: 'Why this passage, 1', exact: true }).click();
  await expect(dialog().getByRole('alert')).toContainText('no longer there');
  expect(visit.errors).toEqual([]);
});
