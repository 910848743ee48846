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
  // one that ends meanwhile has no name any more
  const names = await Promise.all(workers.map((worker) => worker.evaluate(() => self.name).catch(() => '')));
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
    before = await ask(question);
    expect(before.sources.length, 'there is something to share').toBeGreaterThan(1);
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
  const after = await ask(question);
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

/** Follows the first words of the newest answer frame by frame until it is done, and the browser's own layout shifts. */
function watchReading(): Promise<{ moved: number; scrolled: number; shifted: readonly string[]; words: string }> {
  return visit.page.evaluate(async () => {
    const scroller = document.querySelector('section[aria-label="Conversation"]')!;
    const article = [...scroller.querySelectorAll('article')].at(-1)!;
    const shifted: string[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { sources } = entry as unknown as { sources: readonly { node: Node | null }[] };
        for (const { node } of sources) {
          // the caret goes where the text ends
          const isCaret = node instanceof Element && node.classList.contains('caret');
          if (node && scroller.contains(node) && !isCaret) shifted.push(node.textContent || node.nodeName);
        }
      }
    });
    observer.observe({ type: 'layout-shift', buffered: false });
    const range = document.createRange();
    /** Where the first words stand, and which they are. */
    const first = (): readonly [number, number, string] | null => {
      const text = article.querySelector('[data-answer-text]');
      if (!text) return null;
      const seen = (node: Node) => !node.parentElement!.closest('.hidden-visually');
      const accept = (node: Node) => (seen(node) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
      const node = document.createTreeWalker(text, NodeFilter.SHOW_TEXT, accept).nextNode();
      if (!node?.textContent || node.textContent.length < 12) return null;
      range.setStart(node, 0);
      range.setEnd(node, 12);
      const { left, top } = range.getBoundingClientRect();
      return [left, top, node.textContent.slice(0, 12)];
    };
    const begin = first();
    if (!begin) throw new Error('Nothing has been written yet.');
    const top = scroller.scrollTop;
    let [moved, scrolled, after] = [0, 0, 0];
    while (after < 20) {
      // As it was painted: the page mends its scrolling between this and then.
      await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
      const now = first();
      if (!now || now[2] !== begin[2]) throw new Error(`The first words changed to ${now?.[2]}.`);
      moved = Math.max(moved, Math.abs(now[0] - begin[0]), Math.abs(now[1] - begin[1]));
      scrolled = Math.max(scrolled, Math.abs(scroller.scrollTop - top));
      if (article.getAttribute('aria-busy') === 'false') after++;
    }
    observer.disconnect();
    return { moved, scrolled, shifted, words: begin[2] };
  });
}

test('while an answer is written nothing above it moves; its end is followed only by who goes there @long', async () => {
  const { page } = visit;
  await page.evaluate(() => carrel.change({ generator: 'base', reading: 'together' }));
  await page.setViewportSize({ width: 360, height: 600 });
  const jump = page.getByRole('button', { name: 'Jump to the newest' });
  const written = (length: number) =>
    page.waitForFunction((n) => carrel.turns.at(-1)!.streamed.length > n, length, { timeout: 60_000 });

  await desk.begin('What is the history of the Lindenhof, and who were its librarians?');
  await written(20);
  const reading = watchReading();
  await expect(jump).toBeVisible({ timeout: 60_000 });
  const { moved, scrolled, shifted } = await reading;
  expect({ moved: moved < 1, scrolled: scrolled < 1, shifted }).toEqual({ moved: true, scrolled: true, shifted: [] });

  await desk.begin('Tell me about the rules of the reading room and why they were made.');
  await written(20);
  // a notice comes over the page: what is read stays where it is all the same
  const again = watchReading();
  await page.evaluate(() =>
    (carrel as unknown as { tell(kind: 'info', text: string): void }).tell('info', 'A notice.'),
  );
  await expect(page.getByText('A notice.', { exact: true }).first()).toBeVisible();
  expect((await again).moved).toBeLessThan(1);
  expect((await again).shifted).toEqual([]);
  await page.getByRole('button', { name: 'Dismiss notice' }).first().click();

  await desk.begin('Describe everything that a new member of the Lindenhof has to know.');
  await expect(jump).toBeVisible({ timeout: 60_000 });
  await jump.click();
  const end = () =>
    page.evaluate(() => {
      const scroller = document.querySelector('section[aria-label="Conversation"]')!;
      const article = [...scroller.querySelectorAll('article')].at(-1)!;
      return article.getBoundingClientRect().bottom - scroller.getBoundingClientRect().bottom;
    });
  const length = await page.evaluate(() => carrel.turns.at(-1)!.streamed.length);
  await written(length + 200);
  expect(await end()).toBeLessThan(10);
  await page.getByRole('region', { name: 'Conversation' }).hover();
  await page.mouse.wheel(0, -120);
  await expect(jump).toBeVisible();
  await page.evaluate(() => carrel.stop());
  await page.setViewportSize({ width: 1400, height: 900 });
});
