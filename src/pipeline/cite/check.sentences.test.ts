/** The check on the project's own sentences (docs/checking.md has the larger measurement): 50 right and 50 corrupted sentences, made by scripts/fixtures/sentences.ts. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { check } from './check.ts';

interface Row {
  readonly sentence: string;
  readonly passages: readonly string[];
  readonly right: boolean;
  readonly corruption: string | null;
}

const rows = JSON.parse(readFileSync('tests/fixtures/sentences.json', 'utf8')) as Row[];

it('marks most corrupted sentences and few right ones', () => {
  const judged = rows.map((row) => {
    const given = row.passages.map((text, i) => ({ number: i + 1, context: '', text }));
    const doubts = check(row.sentence, '', given).flatMap(({ why }) => why || []);
    return { ...row, doubted: doubts.length > 0, why: doubts.join(' ') };
  });
  const count = (test: (row: (typeof judged)[number]) => boolean) => judged.filter(test).length;
  const caught = count(({ right, doubted }) => !right && doubted);
  const precision = caught / count(({ doubted }) => doubted);
  const recall = caught / count(({ right }) => !right);
  const kinds = [...new Set(rows.flatMap(({ corruption }) => corruption ?? []))].map((kind) => {
    const all = count(({ corruption }) => corruption === kind);
    return `${kind} ${count(({ corruption, doubted }) => corruption === kind && doubted)}/${all}`;
  });
  console.log(
    `The citation check: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (${kinds.join(', ')}).`,
  );
  for (const { right, doubted, sentence, why } of judged) {
    if (right === doubted)
      console.log(`  ${right ? 'right, but doubted' : 'corrupted, but not doubted'}: ${sentence} ${why}`);
  }
  expect(rows.filter(({ right }) => right)).toHaveLength(50);
  expect(rows.filter(({ right }) => !right)).toHaveLength(50);
  expect(precision).toBeGreaterThanOrEqual(0.9);
  expect(recall).toBeGreaterThanOrEqual(0.8);
});
