/**
 * What the page makes of an answer that its passages do not bear out. The small model errs as it likes, so here the
 * generator's place is taken by one that writes what the test says; search, check and page are the real ones.
 */
import type { Library } from '../../src/library/library.svelte.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit }) => {
  visit = await openVisit('full');
  desk = new Desk(visit.page);
  await desk.add([
    textFile(
      'lease.txt',
      'The lease of the boathouse\n\nThe rent of the boathouse is 410 euros a month, due on 3 April.',
    ),
    textFile(
      'keys.txt',
      'The keys of the boathouse\n\nThe keys of the boathouse are kept by Ines Kolb in the harbour office.',
    ),
  ]);
  await desk.settled();
  await desk.modelsReady();
});

/** The number that each document's passage has in the prompt of the question. */
async function numbersFor(question: string): Promise<{ lease: number; keys: number }> {
  await write('Nothing.');
  const { answer } = await desk.ask(question);
  const number = (name: string) => answer!.sources.find(({ documentName }) => documentName === name)!.number;
  return { lease: number('lease.txt'), keys: number('keys.txt') };
}

/** From now on the generator writes this. */
async function write(text: string): Promise<void> {
  await visit.page.evaluate((written) => {
    carrel.engine.model = () =>
      Promise.resolve({
        prompt: (passages) => {
          const pieces = { system: [1], passages: [], question: [] };
          return Promise.resolve({
            text: '',
            pieces,
            passages: passages.length,
            passageLeftOut: 0,
            questionLeftOut: 0,
          });
        },
        readAhead: () => Promise.resolve(),
        generate: () => Promise.resolve({ text: written, ids: [1], ended: 'end-token' as const, readBefore: 0 }),
      });
  }, text);
}

const question = 'What is the rent of the boathouse, and who keeps the keys of the boathouse?';

test('a sentence that another source supports is marked, and cites that source at one click', async () => {
  const { lease, keys } = await numbersFor(question);
  await write(`The rent of the boathouse is 410 euros a month [${keys}]. The keys are kept by Ines Kolb [${keys}].`);
  const { article } = await desk.ask(question);
  await expect(article).toContainText('One sentence is not supported by what it cites');
  await expect(article).toContainText(`The number 410 does not stand in source ${keys}.`);
  await expect(article.locator('[data-answer-text] s')).toHaveCount(0);
  await expect(article.locator('[data-answer-text] .doubt')).toContainText('Not supported by what it cites:');

  await article.getByRole('button', { name: `Stands in source ${lease}: cite it instead` }).click();
  await expect(article).not.toContainText('not supported');
  await expect(article.getByRole('status')).toContainText(
    `cites source ${lease} in place of source ${keys}, as you chose`,
  );
  const text = await visit.page.evaluate(() => carrel.turns.at(-1)!.answer!.text);
  expect(text).toBe(
    `The rent of the boathouse is 410 euros a month [${lease}]. The keys are kept by Ines Kolb [${keys}].`,
  );
  await article
    .getByRole('button', { name: `Source ${lease}: lease.txt` })
    .first()
    .click();
  await expect(desk.viewer.locator('mark').first()).toContainText('410 euros');
  await visit.page.getByRole('button', { name: 'Close', exact: true }).click();
});

test('a sentence that no passage supports is struck through with the reason, and can still be read', async () => {
  const { lease } = await numbersFor(question);
  await write(`The rent of the boathouse is 410 euros a month [${lease}]. It is due on 4 March [${lease}].`);
  const { article } = await desk.ask(question);
  const struck = article.locator('[data-answer-text] s');
  await expect(struck).toHaveText(/^\s*Struck through, not supported:\s*It is due on 4 March/);
  await expect(article).toContainText(`The date 4 March does not stand in source ${lease}. 3 April does.`);
  await expect(article).toContainText('nor by any passage found, and struck through');
  await expect(article.getByRole('button', { name: /cite it instead/ })).toHaveCount(0);
});

test('citations to passages that were not given are taken out, and counted', async () => {
  await write('The rent of the boathouse is 410 euros a month [8]. The keys are kept by Ines Kolb [9].');
  const { article, answer } = await desk.ask(question);
  expect(answer!.text).not.toMatch(/\[[89]\]/);
  await expect(article).toContainText(
    '2 citations were removed because no such passage was given to the model: [8], [9]',
  );
  await expect(article.getByRole('button', { name: /cite it instead/ })).toHaveCount(2);
  expect(visit.errors).toEqual([]);
});
