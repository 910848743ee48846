/** Every screen of the page, each a few steps from the one before, with names and roles alone. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/root.ts';
import type { Library } from '../../../src/library/library.svelte.ts';
import { textFile, type Desk, type GivenFile } from './desk.ts';
import { expect } from './fixtures.ts';

declare const carrel: Library;

export interface Screen {
  readonly name: string;
  /** One of the few that are looked at in `npm test`, too. */
  readonly usual?: true;
  /** A later one of those begins with what was done here. */
  readonly needed?: true;
  /** Where on a phone it is to be seen, if not where one is. */
  readonly place?: 'Documents' | 'Document';
  open(): Promise<void>;
  /** Makes way for the next one. */
  leave?(): Promise<void>;
}

const documents = join(ROOT, 'tests/fixtures/documents');

/** Hebrew with a list and a table, Latin words and numbers among it. Made for these tests. */
export const HEBREW = textFile(
  'ספרייה.md',
  '# שעות הספרייה\n\n' +
    'הספרייה נפתחת בשעה 9 בבוקר ונסגרת בשעה 20 בערב. אפשר לשאול עד שישה ספרים לארבעה שבועות.\n\n' +
    'A reader may also use the Carrel, one at a time.\n\n' +
    '- שולחן ליד החלון נשמר ליום אחד.\n- תיקים נשארים בארוניות למטה.\n\n' +
    '| יום | פתיחה | סגירה |\n| --- | --- | --- |\n| ראשון | 9:00 | 20:00 |\n| שישי | 9:00 | 12:00 |\n',
);
/** Arabic as plain text, its second line English. Made for these tests. */
export const ARABIC = textFile(
  'مكتبة.txt',
  'تفتح المكتبة أبوابها في الساعة 9 صباحا وتغلق في الساعة 20 مساء.\nThe library of the harbour, 1911.\nيمكن استعارة ستة كتب لمدة أربعة أسابيع.\n',
);

const LINKED = textFile(
  'links.md',
  '# Where to read on\n\nThe harbour office has [a page of its own](https://harbour.example/opening-hours?boats=all) with hours.\n\n## Boats\n\nThe ferry leaves at nine.\n',
);

const given: readonly GivenFile[] = [
  ...['collection/lease.pdf', 'collection/bylaw.docx', 'collection/prices.csv', 'collection/diary.txt'],
  ...['collection/manual.md', 'formats/plain/desk.py', 'formats/office/accounts.xlsx', 'formats/office/rowing.pptx'],
  ...['formats/viewer/letter.png', 'formats/right-to-left.pdf', 'bad/encrypted.pdf'],
].map((path) => join(documents, path));

export function screensOf(desk: Desk): readonly Screen[] {
  const { page } = desk;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const tab = (name: string) => page.getByRole('tab', { name }).click();
  const ask = (question: string) => desk.ask(question);
  const more = async (item: string) => {
    const open = page.getByRole('button', { name: 'More for this question' }).last();
    await open.click();
    await button(item).click();
  };
  const open = async (name: string) => {
    await desk.documents.getByRole('button', { name: `Open ${name}`, exact: true }).click();
    await expect(desk.viewer).toBeVisible();
    await expect(desk.viewer).not.toContainText('still being read');
  };
  const viewed = (name: string, file: string, usual?: true): Screen => ({
    name,
    ...(usual ? { usual } : {}),
    open: () => open(file),
  });
  const escape = () => page.keyboard.press('Escape');

  return [
    { name: 'empty desk', usual: true, open: () => expect(button('Try the sample documents')).toBeVisible() },
    {
      name: 'desk with documents, a locked file, a notice',
      usual: true,
      place: 'Documents',
      async open() {
        const folder = await mkdtemp(join(tmpdir(), 'carrel-folder-'));
        await writeFile(join(folder, 'note.txt'), 'The boathouse key hangs behind the clock.');
        await writeFile(join(folder, '.hidden'), '');
        await page.getByLabel('Add a folder').first().setInputFiles(folder);
        await desk.add(given);
        await desk.add([HEBREW, ARABIC, LINKED]);
        await desk.settled();
        await rm(folder, { recursive: true });
        await expect(page.getByText('One hidden file or folder was left out.')).toBeVisible();
      },
      leave: () => button('Dismiss notice').click(),
    },
    {
      name: 'clearing the desk, asked first',
      place: 'Documents',
      open: () => button('Clear the desk…').click(),
      leave: () => button('Leave them').click(),
    },
    {
      name: 'keeping the desk, asked first',
      needed: true,
      place: 'Documents',
      open: () => button('Keep this desk…').click(),
      async leave() {
        await page.getByLabel('Name of the collection').fill('Papers');
        await button('Keep it').click();
        await page.waitForFunction(() => carrel.kept.state.state === 'kept' && carrel.kept.state.pending === 0);
      },
    },
    {
      name: 'answer',
      usual: true,
      async open() {
        await ask('How much is the deposit?');
      },
    },
    {
      name: 'how an answer was found',
      needed: true,
      open: () => page.getByText('How this was found').last().click(),
    },
    {
      name: 'why a passage',
      usual: true,
      async open() {
        await button('Why this passage, 1').click();
        const view = page.getByRole('dialog', { name: 'Why this passage' });
        await view.getByText(/^As a table/).click();
      },
      async leave() {
        await escape();
        await page.getByText('How this was found').last().click();
      },
    },
    {
      name: 'menu of a question',
      open: () => button('More for this question').click(),
      leave: escape,
    },
    {
      name: 'question being changed',
      open: () => more('Edit the question'),
      leave: () => button('Leave it').click(),
    },
    {
      name: 'asking again with other settings',
      open: () => more('Ask again with other settings'),
      leave: () => button('Leave it').click(),
    },
    {
      name: 'citation open in a PDF',
      usual: true,
      async open() {
        await desk.answers
          .getByRole('button', { name: /lease\.pdf/ })
          .first()
          .click();
        await expect(desk.viewer.locator('mark.cited').first()).toBeVisible();
      },
    },
    {
      name: 'search in a document',
      async open() {
        await page.getByLabel('Find in document').fill('rent');
        await expect(desk.viewer.getByRole('search').getByRole('status')).toHaveText(/^\d+ of \d+$/);
      },
    },
    viewed('document: Word', 'bylaw.docx'),
    {
      name: 'contents of a document',
      open: () => desk.viewer.getByText('Contents', { exact: true }).click(),
      leave: escape,
    },
    {
      name: 'how a file was read',
      async open() {
        await open('accounts.xlsx');
        await desk.viewer.getByText('How this file was read').click();
      },
    },
    viewed('document: table', 'prices.csv'),
    viewed('document: code', 'desk.py'),
    viewed('document: plain text', 'diary.txt'),
    viewed('document: slides', 'rowing.pptx'),
    viewed('document: right to left', 'ספרייה.md', true),
    viewed('document: right to left, plain text', 'مكتبة.txt'),
    viewed('document: right to left, PDF', 'right-to-left.pdf'),
    {
      name: 'link that leaves the page',
      async open() {
        await open('links.md');
        await desk.viewer.getByRole('link', { name: 'a page of its own' }).click();
      },
      async leave() {
        await button('Stay here').click();
        await desk.viewer.getByRole('button', { name: 'Close', exact: true }).click();
      },
    },
    {
      name: 'refusal',
      usual: true,
      async open() {
        const { article } = await ask('What did Napoleon eat on the moon?');
        await expect(article).toContainText('Not in the documents');
      },
    },
    {
      name: 'list, and the questions of the conversation',
      async open() {
        await ask('Summarise bylaw.docx');
        await page.getByRole('button', { name: /^Question \d of 3$/ }).click();
      },
      leave: escape,
    },
    {
      name: 'removed question',
      open: () => more('Remove from the conversation'),
      leave: () => button('Undo the removal').click(),
    },
    { name: 'lab', usual: true, open: () => tab('Lab') },
    { name: 'lessons', usual: true, open: () => tab('Lessons') },
    { name: 'settings with a kept collection', usual: true, open: () => tab('Settings') },
    {
      name: 'collection being renamed',
      open: () => button('Rename Papers').click(),
      leave: () => button('Leave it').click(),
    },
    {
      name: 'collection being deleted, asked first',
      open: () => button('Delete Papers').click(),
      leave: () => button('Leave it').click(),
    },
    {
      name: 'everything being deleted, asked first',
      open: () => button('Delete everything…').click(),
      leave: () => button('Leave it').click(),
    },
    {
      name: 'sheet of keys',
      usual: true,
      async open() {
        await tab('Ask');
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      },
      leave: escape,
    },
    {
      name: 'commands',
      usual: true,
      async open() {
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: 'Find a command' }).fill('open');
      },
      leave: escape,
    },
    {
      name: 'question that failed',
      async open() {
        await page.evaluate(() => carrel.clear());
        const { article } = await ask('Is there anything left?');
        await expect(article).toContainText('nothing to search');
      },
    },
    {
      name: 'models.html',
      async open() {
        await page.goto(new URL('models.html', page.url()).href);
        await expect(page.getByRole('list', { name: 'Models to fetch' })).toBeVisible();
      },
    },
    {
      name: 'models.html, asking for consent',
      open: () => page.getByRole('button', { name: /^Get / }).first().click(),
    },
  ];
}
