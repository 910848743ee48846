/** Each passage is read once: while the question is being written, and not again for the next one. */
import type { Library } from '../../src/library/library.svelte.ts';
import type { Answer } from '../../src/pipeline/answer.ts';
import { Desk } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let visit: Visit;
let desk: Desk;

const milliseconds = ({ trace }: Answer): number => trace.times.find(({ stage }) => stage === 'read')!.milliseconds;
const numbersOf = ({ sources }: Answer): Map<string, number> =>
  new Map(sources.map(({ passage, number }) => [passage.id, number]));

/** Writes the question into the box, and waits until the model has read what it would be answered from. */
async function write(question: string): Promise<void> {
  await visit.page.getByRole('textbox', { name: 'Question' }).fill(question);
  await expect(visit.page.getByText(/\d passages? read already/)).toBeVisible({ timeout: 60_000 });
}

async function ask(question: string): Promise<Answer> {
  const { answer } = await desk.ask(question);
  expect(answer?.made).toBe('adapter');
  return answer!;
}

test.beforeAll(async ({ openVisit }) => {
  test.setTimeout(240_000);
  visit = await openVisit('full');
  desk = new Desk(visit.page);
  await visit.page.getByRole('button', { name: 'Try the sample documents' }).first().click();
  await desk.settled();
  await desk.modelsReady();
  await visit.page.evaluate(() => carrel.change({ promptPassages: 4, reading: 'together' }));
});

const question = 'How many books may a member borrow at a time?';

test('what was read while the question was written is not read again: the first word comes in a quarter of the time', async () => {
  const together = await ask(question);
  expect(together.trace.prompt!.readBefore).toBe(0);
  await visit.page.evaluate(() => carrel.change({ reading: 'once' }));

  await write(question);
  const ahead = await ask(question);
  const { ids, readBefore } = ahead.trace.prompt!;
  expect(ahead.sources.length).toBeGreaterThan(1);
  expect(readBefore).toBeGreaterThan(0.8 * ids.length);
  expect(readBefore).toBeLessThan(ids.length);
  expect(milliseconds(ahead)).toBeLessThan(milliseconds(together) / 4);
});

test('a passage keeps its number in the next answer and is not read again', async () => {
  const first = numbersOf((await visit.page.evaluate(() => carrel.turns.at(-1)!.answer))!);
  const { trace, ...next } = await ask('For how many weeks may a member borrow a book?');
  const second = numbersOf({ trace, ...next });
  const both = [...second.keys()].filter((id) => first.has(id));
  expect(both.length, 'the questions share a passage').toBeGreaterThan(0);
  for (const id of both) expect(second.get(id)).toBe(first.get(id));
  for (const [id, number] of second) {
    if (!first.has(id)) expect([...first.values()]).not.toContain(number);
  }
  expect(trace.prompt!.readBefore).toBeGreaterThan(0);
});

test('an answer is the same whatever had been read before @long', async () => {
  const before = (await visit.page.evaluate(() => carrel.turns.at(-1)!.answer))!;
  // Another worker, and with it an empty memory.
  await visit.page.reload();
  await visit.page.getByRole('button', { name: 'Try the sample documents' }).first().click();
  await desk.settled();
  await desk.modelsReady();
  await ask(question);
  const again = await ask('For how many weeks may a member borrow a book?');
  expect(again.text).toBe(before.text);
  expect(again.trace.prompt!.ids).toEqual(before.trace.prompt!.ids);
});

test('a generator that ends after it has read ahead costs nothing but that', async () => {
  await write('Who was the first librarian of the Lindenhof?');
  const workers = visit.page.workers();
  const names = await Promise.all(workers.map((worker) => worker.evaluate(() => self.name)));
  await workers[names.indexOf('generator')]!.evaluate(() => {
    setTimeout(() => {
      throw new Error('Out of memory, for a test.');
    });
  });
  const { trace, refused } = await ask('Who was the first librarian of the Lindenhof?');
  expect(refused).toBe(false);
  expect(trace.prompt!.readBefore).toBe(0);
});

test('nothing is read ahead where the passages are read together, or the model does not write', async () => {
  for (const settings of [{ reading: 'together' }, { reading: 'once', generator: 'off' }] as const) {
    await visit.page.evaluate((change) => carrel.change(change), settings);
    await visit.page.getByRole('textbox', { name: 'Question' }).fill('How tall is the old lighthouse?');
    // Longer than a question has to rest.
    await visit.page.waitForTimeout(1000);
    expect(await visit.page.evaluate(() => carrel.ahead.state)).toBe('none');
    await visit.page.getByRole('textbox', { name: 'Question' }).fill('');
  }
});
