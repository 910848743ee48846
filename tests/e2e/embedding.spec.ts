/** The embedding workers with the real model: what two of them give, and how long a question waits. */
import type { Library } from '../../src/library/library.svelte.ts';
import { counting } from '../support/counting.ts';
import { Desk } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

test.describe.configure({ mode: 'serial', timeout: 240_000 });

const visits: Record<'one' | 'two', Visit | null> = { one: null, two: null };

test.beforeAll(async ({ openVisit }) => {
  const believing = (cores: 1 | 2) => ({
    before:
      cores === 1
        ? () => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 1 })
        : () => Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 }),
  });
  visits.one = await openVisit('full', '', believing(1));
  visits.two = await openVisit('full', '', believing(2));
  for (const visit of [visits.one, visits.two]) await new Desk(visit.page).modelsReady();
});

const texts = Array.from(
  { length: 24 },
  (_, i) =>
    `Folio ${i}. ${'The drains of the lower levels were cleared in spring, and the sluice was mended. '.repeat(4)}`,
);

test('two workers make the vectors of one, to the bit and in the same order, and use what the machine gives', async ({
  page: blank,
}) => {
  const embed = (visit: Visit | null) =>
    visit!.page.evaluate(async (given) => {
      const { embedders } = carrel.engine;
      // The workers start, and load the model.
      await Promise.all(given.slice(0, 4).map((text) => embedders.passage(text)));
      const began = performance.now();
      const vectors = await Promise.all(given.map((text) => embedders.passage(text)));
      return { ms: performance.now() - began, vectors: vectors.map((vector) => [...vector]) };
    }, texts);
  const shares: number[] = [];
  for (let round = 0; round < 3; round++) {
    const one = await embed(visits.one);
    const two = await embed(visits.two);
    expect(two.vectors).toEqual(one.vectors);
    expect(new Set(one.vectors.map(String)).size).toBe(texts.length);
    // On a busy machine two workers that only count do no more than one either.
    const single = await counting(blank, 1);
    const given = (await counting(blank, 2)) / single;
    shares.push(one.ms / two.ms / given);
    console.log(`two workers to one: ${(one.ms / two.ms).toFixed(2)}; two that only count: ${given.toFixed(2)}`);
  }
  expect(Math.max(...shares)).toBeGreaterThan(0.7);
});

test('a question waits for the passages in flight alone, behind 10 or behind 10,000 @long', async () => {
  const page = visits.two!.page;
  const ask = (queue: number) =>
    page.evaluate(
      async ({ texts, queue }) => {
        const { embedders } = carrel.engine;
        const stop = new AbortController();
        let made = 0;
        const passages = Array.from({ length: queue }, (_, i) =>
          embedders.passage(`${i} ${texts[i % texts.length]}`, { signal: stop.signal }).then(
            () => void made++,
            () => null,
          ),
        );
        await passages[0];
        const before = made;
        const began = performance.now();
        await embedders.question('Where was the sluice mended?');
        const waited = { ms: performance.now() - began, passages: made - before };
        stop.abort();
        await Promise.all(passages);
        return waited;
      },
      { texts, queue },
    );
  const alone = await page.evaluate(async (text) => {
    const { embedders } = carrel.engine;
    const times: number[] = [];
    for (let i = 0; i < 7; i++) {
      const began = performance.now();
      await embedders.passage(text);
      times.push(performance.now() - began);
    }
    return times.sort((a, b) => a - b)[3]!;
  }, texts[0]!);
  for (const queue of [10, 10_000]) {
    const waits: number[] = [];
    for (let round = 0; round < 7; round++) {
      const { ms, passages } = await ask(queue);
      waits.push(ms);
      // Two were in flight; while one worker takes the question, shorter than a passage, the other may end two more.
      expect(passages).toBeLessThanOrEqual(4);
    }
    const median = waits.sort((a, b) => a - b)[3]!;
    console.log(`behind ${queue}: ${median.toFixed(0)} ms; a passage alone: ${alone.toFixed(0)} ms`);
    // One passage in flight and the question itself; the rest is for a busy machine.
    expect(median / alone).toBeLessThan(4);
  }
});
