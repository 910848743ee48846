/** The browser writes, token by token, what PyTorch wrote: a tiny model of the generator's shape, made by tools/model/tiny.py. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from '../../src/library/library.svelte.ts';
import { promptIds } from '../../src/pipeline/prompt/prompt.ts';
import { buildWithTinyGenerator, type AlteredBuild } from './support/altered.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

interface Written {
  readonly passages: readonly string[];
  readonly question: string;
  readonly ids: readonly number[];
  /** What the base wrote, and the base with its adapter; without the end token. */
  readonly base: readonly number[];
  readonly adapter: readonly number[];
  /** With its adapter, the passages read apart from each other. */
  readonly once: readonly number[];
}

const rows = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/tiny-generator/tokens.json'), 'utf8'),
) as Written[];

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let build: AlteredBuild;
let visit: Visit;

test.beforeAll(async ({ openVisit }) => {
  build = await buildWithTinyGenerator();
  visit = await openVisit('full', '', { root: build.root });
});

test.afterAll(() => build.dispose());

for (const [name, readAs] of [
  ['base', { adapterScale: 0, reading: 'together' }],
  ['adapter', { adapterScale: 1, reading: 'together' }],
  ['once', { adapterScale: 1, reading: 'once' }],
] as const) {
  test(`${name}: the browser writes what PyTorch wrote, token by token`, async () => {
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      const made = await visit.page.evaluate(
        async ([{ passages, question }, as]) => {
          const model = await carrel.engine.model(as, new AbortController().signal);
          const given = passages.map((text, i) => ({ number: i + 1, context: '', text }));
          const prompt = await model.prompt(given, question);
          const ignore = () => undefined;
          const { ids } = await model.generate(prompt, new AbortController().signal, ignore, ignore);
          return { pieces: prompt.pieces, written: ids };
        },
        [row, readAs] as const,
      );
      expect(promptIds(made.pieces)).toEqual(row.ids);
      expect(made.written).toEqual(row[name]);
    }
  });
}

test('base and adapter write different things, and so does the adapter when it reads several passages apart', () => {
  for (const { base, adapter } of rows) expect(base).not.toEqual(adapter);
  const several = rows.filter(({ passages }) => passages.length > 1);
  expect(several.length).toBeGreaterThan(1);
  for (const { adapter, once } of several) expect(adapter).not.toEqual(once);
});
