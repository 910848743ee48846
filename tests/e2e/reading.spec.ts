/** Each passage is read once: while the question is being written, and not again for the next one. */
import type { Worker } from '@playwright/test';
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
  // As on a machine with room for a second reader.
  const before = () => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: 4 });
    Object.defineProperty(navigator, 'deviceMemory', { value: 8 });
  };
  visit = await openVisit('full', '', { before });
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

const librarian = 'Who was the first librarian of the Lindenhof?';

async function workerCalled(name: string): Promise<Worker | undefined> {
  const workers = visit.page.workers();
  const names = await Promise.all(workers.map((worker) => worker.evaluate(() => self.name)));
  return workers[names.indexOf(name)];
}

/** The next generator has read nothing. */
async function endGenerator(): Promise<void> {
  const generator = (await workerCalled('generator'))!;
  await generator.evaluate(() => {
    setTimeout(() => {
      throw new Error('Out of memory, for a test.');
    });
  });
}

test('a generator that ends after it has read ahead costs nothing but that', async () => {
  await write(librarian);
  await endGenerator();
  const { trace, refused } = await ask(librarian);
  expect(refused).toBe(false);
  expect(trace.prompt!.readBefore).toBe(0);
});

test('a second reader reads a share; it dies over a passage, and the answer is the same', async () => {
  const taken = (worker: Worker) => worker.evaluate(() => (self as unknown as { taken: number }).taken);
  let second: Worker | undefined;
  let before: Answer;
  // It is asked for when several passages wait, and helps from when it is loaded.
  do {
    await endGenerator();
    second = await workerCalled('second reader');
    await second?.evaluate(() => {
      const scope = self as unknown as { taken: number };
      scope.taken = 0;
      self.addEventListener('message', ({ data }) => void (data.request?.type === 'read-apart' && scope.taken++));
    });
    before = await ask(librarian);
  } while (!second || (await taken(second)) === 0);
  expect(before.trace.prompt!.readBefore).toBe(0);

  await endGenerator();
  await second.evaluate(() => {
    const die = (event: MessageEvent) => {
      if (event.data.request?.type !== 'read-apart') return;
      event.stopImmediatePropagation();
      throw new Error('Out of memory, for a test.');
    };
    self.addEventListener('message', die, { capture: true });
  });
  const after = await ask(librarian);
  expect(await workerCalled('second reader')).toBeUndefined();
  expect(after.trace.prompt).toEqual(before.trace.prompt);
  expect({ text: after.text, ids: after.trace.writtenIds }).toEqual({
    text: before.text,
    ids: before.trace.writtenIds,
  });
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
