/** What is photographed, in the order in which the page comes to it. */
import type { Locator, Page } from '@playwright/test';
import type { Library } from '../../src/library/library.svelte.ts';
import course from '../../src/lessons/course.json' with { type: 'json' };
import type { Mode } from './modes.ts';

declare const carrel: Library;

export interface Shot {
  /** Of the file. */
  readonly name: string;
  readonly group: 'The lab' | 'The lessons';
  readonly title: string;
  readonly caption: string;
  readonly modes: readonly Mode[];
  /** Later shots begin with what was done here. */
  readonly needed?: true;
  open(): Promise<void>;
  /** Left out: the window as it stands. */
  of?(): Locator;
  leave?(): Promise<void>;
}

const QUESTION = 'How long does the guided tour last?';
/** A model that shares two cores writes slowly. */
const PATIENCE = { timeout: 600_000 };

/** Questions that all four cells write for the picture of a set: the whole set of the samples takes many minutes. */
const fewQuestions = 6;

export function shotsOf(page: Page): readonly Shot[] {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const tab = (name: string) => page.getByRole('tab', { name }).click();
  const section = (heading: string) =>
    page.locator('.lab section').filter({ has: page.getByRole('heading', { name: heading, exact: true, level: 3 }) });
  const lab = (
    name: string,
    heading: string,
    caption: string,
    modes: readonly Mode[],
    open: () => Promise<void>,
  ): Shot => ({
    ...{ name: `lab-${name}`, group: 'The lab', title: heading, caption, modes, needed: true, open },
    of: () => section(heading),
  });

  return [
    lab(
      'collection',
      'The collection',
      'How many documents and passages there are, and how long the passages are beside the limit that is set.',
      ['wide', 'phone'],
      async () => {
        await button('Try the sample documents').click();
        await page.waitForFunction(
          () => carrel.entries.length > 0 && carrel.entries.every(({ status }) => status.state === 'ready'),
          null,
          PATIENCE,
        );
        await page.getByRole('textbox', { name: 'Question' }).fill(QUESTION);
        await button('Ask').click();
        const article = page.getByRole('article', { name: 'Answer' });
        await article.and(page.locator('[aria-busy="false"]')).waitFor(PATIENCE);
        await tab('Lab');
      },
    ),
    lab(
      'answer',
      'An answer, taken apart',
      'What the search found and why some of it was cut, the evidence with its threshold, the prompt and the times.',
      ['wide', 'dark', 'phone'],
      () => Promise.resolve(),
    ),
    {
      ...{ name: 'lab-why', group: 'The lab', title: 'Why this passage', modes: ['wide', 'phone'] },
      caption: 'The cosine as a sum of shares of the passage’s tokens, and the keyword score by term.',
      async open() {
        await button('Why this passage, 1').click();
        await page.getByRole('button', { name: /^Save as CSV of shares by token/ }).waitFor(PATIENCE);
      },
      leave: () => page.keyboard.press('Escape'),
    },
    lab(
      'map',
      'A map of the passages',
      'Passages and question in two dimensions. The lines lead to the true neighbours, so that what the picture bends can be seen.',
      ['wide', 'dark', 'phone'],
      async () => {
        await page.getByRole('radio', { name: /^UMAP/ }).check();
        await button('Draw the map').click();
        await page.getByText(/^Of the \d true nearest/).waitFor(PATIENCE);
      },
    ),
    lab(
      'glass',
      'The glass box',
      'The answer once more, stage by stage, here with passages of at most 64 tokens: what ran again, what was kept, and the two answers side by side.',
      ['wide', 'dark', 'phone'],
      async () => {
        await button('Open the glass box').click();
        await page.getByText(/^All 13 stages ran/).waitFor(PATIENCE);
        const cut = page.getByRole('listitem', { name: /Documents cut into passages$/ });
        await cut.getByLabel('Tokens', { exact: true }).fill('64');
        await page.keyboard.press('Tab');
        await button('Run again').click();
        await page.getByText(/stages ran again/).waitFor(PATIENCE);
        await cut.getByText('What went through').click();
        const fused = page.getByRole('listitem', { name: /Two rankings made one$/ });
        await fused.getByText('What went through').click();
      },
    ),
    lab(
      'cells',
      'Fine-tuning or retrieval?',
      `One question four ways, and the same over questions with known answers (here the first ${fewQuestions} of the samples’): each share with its interval, and what each of the two switches changes.`,
      ['wide', 'phone'],
      async () => {
        await button('Take the questions for the samples').click();
        await page.evaluate((few) => {
          for (const { id } of carrel.questionSet.questions.slice(few)) carrel.questionSet.remove(id);
        }, fewQuestions);
        await button('Write the four answers').click();
        await page.getByText('All four are written.').waitFor(PATIENCE);
        await button('Write the whole set').click();
        await page.getByText(`${fewQuestions} questions written four times.`).waitFor({ timeout: 1_800_000 });
      },
    ),
    lab(
      'questions',
      'Questions with known answers',
      'A set is made from words selected in a document, opened from a file, and saved.',
      ['wide'],
      async () => {
        await page.evaluate(() => carrel.questionSet.clear());
        await button('Take the questions for the samples').click();
        await page.getByText(/questions added from questions\.jsonl/).waitFor();
      },
    ),
    lab(
      'compare',
      'Two settings compared',
      'Words and meaning against words alone on the samples’ 34 questions: a mark for each measure with its 95% interval, filled where it is more than chance, then figures, and each question that fares differently.',
      ['wide', 'dark', 'phone'],
      async () => {
        await button('Compare them').click();
        await page.getByRole('row', { name: /^nDCG at 10/ }).waitFor(PATIENCE);
      },
    ),
    lab(
      'failures',
      'Failures, live',
      'Each failure is run on a few sentences of its own, as it fails and with what to do about it.',
      ['wide', 'phone'],
      async () => {
        await button('Open the gallery').click();
        const gallery = section('Failures, live');
        await gallery.locator('h5 button').first().click();
        await gallery.getByRole('article').nth(1).waitFor(PATIENCE);
      },
    ),
    ...course.lessons.map(({ id, title }, i): Shot => ({
      ...{ name: `lesson-${id}`, group: 'The lessons', title: `${i + 1}. ${title}` },
      caption: captions[id] ?? '',
      modes: i === 4 ? ['wide', 'dark', 'phone'] : ['wide', 'phone'],
      async open() {
        await page.evaluate((hash) => (location.hash = hash), `lesson-${id}`);
        await page.getByRole('heading', { name: title, level: 2 }).waitFor();
      },
    })),
    {
      ...{ name: 'lesson-presented', group: 'The lessons', title: 'Presented to a room', modes: ['wide'] },
      caption: 'A paragraph at a time in large letters; the clock is the presenter’s, and N shows the notes.',
      async open() {
        await button(/^Present/).click();
        await page.getByRole('dialog').waitFor();
      },
      leave: () => page.keyboard.press('Escape'),
    },
  ];
}

const captions: Readonly<Record<string, string>> = {
  pieces: 'Move the size and the overlap, and see where the answer is torn.',
  words: 'What the search by words counts, and the question that it cannot find.',
  meaning: 'The same sentences by meaning: something is always nearest.',
  both: 'Two orders put together, passage by passage.',
  evidence: 'Where to draw the line: each threshold answers something wrongly, or refuses something rightly known.',
  prompt: 'The exact words that the model is given.',
  check: 'An answer that can be changed, and what the check of each sentence says.',
  change: 'A document that can be changed, and asked again at once.',
  tuning: 'The same question four ways.',
  saves: 'The base model told at length beside the fine-tuned one in short; and what each still knows.',
  costs: 'What each stage takes, and a question that needs two documents.',
};
