/** Questions that follow up, questions changed, asked again, removed, copied and exported. No model writes here. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.ts';
import type { ConversationFile } from '../../src/library/conversation-file.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { Desk, oneSpace } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit, hollow }) => {
  test.setTimeout(240_000);
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
  await visit.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await desk.modelsReady();
  await visit.page.evaluate(() => carrel.change({ generator: 'off' }));
  const collection = join(ROOT, 'tests/fixtures/documents/collection');
  await desk.add([join(collection, 'bylaw.docx')]);
  await desk.settled();
});

const turn = (question: string) =>
  visit.page.locator('.turn').filter({ has: visit.page.getByRole('heading', { name: question, exact: true }) });
const more = async (question: string, item: string) => {
  await turn(question).getByRole('button', { name: 'More for this question' }).click();
  await turn(question).getByRole('button', { name: item }).click();
};
const answered = (question: string) =>
  expect(turn(question).getByRole('article', { name: 'Answer' })).toHaveAttribute('aria-busy', 'false', {
    timeout: 90_000,
  });

test('a follow-up is understood from the turn before, and can be asked as written', async () => {
  await desk.ask('How much is the rent of a full plot?');
  const { answer } = await desk.ask('And the key to the gate?');
  await expect(turn('And the key to the gate?')).toContainText('Understood as: “How much is');
  expect(oneSpace(answer!.text)).toContain('£30 as security for the key');
  await turn('And the key to the gate?').getByRole('button', { name: 'Ask as written' }).click();
  await answered('And the key to the gate?');
  await expect(turn('And the key to the gate?')).not.toContainText('Understood as');
});

test('a question is changed in place, and what was understood from it says so', async () => {
  await desk.ask('How many hens may be kept on a full plot?');
  await desk.ask('And on a half plot?');
  await more('How many hens may be kept on a full plot?', 'Edit the question');
  await visit.page.getByRole('textbox', { name: 'Changed question' }).fill('How many sheds may stand on a full plot?');
  await visit.page.getByRole('button', { name: 'Ask the changed question' }).click();
  await answered('How many sheds may stand on a full plot?');
  const later = turn('And on a half plot?');
  await expect(later).toContainText('has been changed or removed since');
  await later.getByRole('button', { name: 'Ask this one again' }).click();
  await answered('And on a half plot?');
  await expect(later).toContainText('Understood as: “How many sheds may stand on a half plot?”');
});

test('a question is asked again with other settings beside the old answer, by keyboard', async () => {
  const asked = turn('How many sheds may stand on a full plot?');
  const opener = asked.getByRole('button', { name: 'More for this question' });
  await opener.focus();
  await visit.page.keyboard.press('Enter');
  await visit.page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await more('How many sheds may stand on a full plot?', 'Ask again with other settings');
  await asked.getByLabel('Search by').selectOption({ label: 'Words alone' });
  await asked.getByRole('button', { name: 'Ask again', exact: true }).click();
  await expect(asked.getByRole('region', { name: 'Earlier answer' })).toContainText('words and meaning');
  await answered('How many sheds may stand on a full plot?');
  const vectors = await visit.page.evaluate(() =>
    carrel.turns
      .find(({ earlier }) => earlier.length > 0)
      ?.answer?.trace.candidates.map(({ vectorRank }) => vectorRank),
  );
  expect(vectors?.every((rank) => rank === null)).toBe(true);
});

test('a turn is removed and brought back', async () => {
  const before = await visit.page.evaluate(() => carrel.turns.map(({ id }) => id));
  await more('And on a half plot?', 'Remove from the conversation');
  await expect(turn('And on a half plot?')).toHaveCount(0);
  await expect(visit.page.getByRole('button', { name: 'Undo the removal' })).toBeFocused();
  await visit.page.keyboard.press('Enter');
  expect(await visit.page.evaluate(() => carrel.turns.map(({ id }) => id))).toEqual(before);
});

test('an answer is copied with its sources, and the conversation is exported', async () => {
  const question = 'How much is the rent of a full plot?';
  const clipboard = () => visit.page.evaluate(() => navigator.clipboard.readText());
  await more(question, 'Copy as Markdown');
  await expect(turn(question)).toContainText('Copied with its sources, as Markdown.');
  expect(await clipboard()).toMatch(
    /^\*\*How much is the rent[^]*\[\^1\][^]*\n\[\^1\]: bylaw\.docx[^]*“[^]*£58 a year/,
  );
  await more(question, 'Copy as plain text');
  await expect(turn(question)).toContainText('Copied with its sources, as plain text.');
  expect(await clipboard()).toMatch(/Sources:\n\[1\] bylaw\.docx/);

  const saved = async (button: string) => {
    const [download] = await Promise.all([
      visit.page.waitForEvent('download'),
      visit.page.getByRole('button', { name: button }).click(),
    ]);
    return readFile(await download.path(), 'utf8');
  };
  const turns = await visit.page.evaluate(() => carrel.turns.map((one) => one.question));
  const markdown = await saved('Export as Markdown');
  for (const one of turns) expect(markdown).toContain(`**${one}**`);
  const file = JSON.parse(await saved('Export as JSON')) as ConversationFile;
  expect([file.format, file.version]).toEqual(['carrel conversation', 1]);
  expect(file.turns.map((one) => one.question)).toEqual(turns);
  expect(file.turns[0]?.answer?.sources[0]?.documentName).toBe('bylaw.docx');
});
