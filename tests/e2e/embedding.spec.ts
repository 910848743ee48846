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

test('a question waits behind 10,000 passages as long as behind 10', async () => {
  const wait = (queue: number) =>
    visits.two!.page.evaluate(
      async ({ texts, queue }) => {
        const { embedders } = carrel.engine;
        const stop = new AbortController();
        const passages = Array.from({ length: queue }, (_, i) =>
          embedders.passage(`${i} ${texts[i % texts.length]}`, { signal: stop.signal }).catch(() => null),
        );
        await passages[0];
        const began = performance.now();
        await embedders.question('Where was the sluice mended?');
        const waited = performance.now() - began;
        stop.abort();
        await Promise.all(passages);
        return waited;
      },
      { texts, queue },
    );
  const few: number[] = [];
  const many: number[] = [];
  for (let round = 0; round < 7; round++) {
    few.push(await wait(10));
    many.push(await wait(10_000));
  }
  const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
  console.log(`behind 10: ${median(few).toFixed(0)} ms; behind 10,000: ${median(many).toFixed(0)} ms`);
  expect(median(many) / median(few)).toBeLessThan(2);
});
