/** The browser writes, token by token, what PyTorch wrote: a tiny model of the generator's shape, made by tools/model/tiny.py. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from '../../src/library/library.svelte.ts';
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

for (const [name, scale] of [
  ['base', 0],
  ['adapter', 1],
] as const) {
  test(`the ${name} writes what PyTorch wrote, token by token`, async () => {
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      const made = await visit.page.evaluate(
        async ([{ passages, question }, adapterScale]) => {
          const model = await carrel.engine.model(adapterScale, new AbortController().signal);
          const given = passages.map((text) => ({ context: '', text }));
          const prompt = await model.prompt(given, question);
          const ignore = () => undefined;
          const { ids } = await model.generate(prompt, new AbortController().signal, ignore, ignore);
          return { prompt: prompt.ids, written: ids };
        },
        [row, scale] as const,
      );
      expect(made.prompt).toEqual(row.ids);
      expect(made.written).toEqual(row[name]);
    }
  });
}

test('base and adapter write different things', () => {
  for (const { base, adapter } of rows) expect(base).not.toEqual(adapter);
});
