/** Every screen of the page, looked over by axe in light, dark and on a phone, and the report of that. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import prettier from 'prettier';
import { ROOT } from '../../scripts/root.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { audit, axeVersion, type Audit } from './support/axe.ts';
import { Desk } from './support/desk.ts';
import { expect, test } from './support/fixtures.ts';
import { modes, show } from './support/modes.ts';
import { screensOf } from './support/screens.ts';

declare const carrel: Library;

const REPORT = join(ROOT, 'docs/accessibility.md');
const [BEGIN, END] = ['<!-- axe: written by access-screens.spec.ts -->', '<!-- axe: end -->'];

test('axe finds nothing on any screen in light, dark, on a phone and on a phone in the dark @long', async ({
  openVisit,
  hollow,
}) => {
  test.setTimeout(600_000);
  const { page } = await openVisit('full', '', { root: hollow.root });
  const desk = new Desk(page);
  await desk.modelsReady();
  await page.evaluate(() => carrel.change({ generator: 'off' }));
  const rows: { name: string; audits: Audit[] }[] = [];
  for (const { name, place, open, leave } of screensOf(desk)) {
    await open();
    const audits: Audit[] = [];
    for (const mode of modes) {
      await show(page, mode, place);
      audits.push(await audit(page));
    }
    await show(page, modes[0]);
    await leave?.();
    rows.push({ name, audits });
  }
  await report(rows);
  const found = rows.flatMap(({ name, audits }) =>
    audits.flatMap(({ violations }, i) => violations.map((one) => `${name}, ${modes[i]!.name}: ${one}`)),
  );
  expect(found).toEqual([]);
});

/** Writes the counts into the document between its two marks. */
async function report(rows: readonly { name: string; audits: readonly Audit[] }[]): Promise<void> {
  const cell = ({ violations, undecided, passed }: Audit) => `${violations.length} / ${undecided.length} / ${passed}`;
  const lines = [
    `axe-core ${axeVersion}, ${rows.length} screens. In each cell: elements that break a rule / elements that axe cannot decide on / rules that hold.`,
    '',
    `| screen | ${modes.map(({ name }) => name).join(' | ')} |`,
    `| --- | ${modes.map(() => '---').join(' | ')} |`,
    ...rows.map(({ name, audits }) => `| ${name} | ${audits.map(cell).join(' | ')} |`),
  ];
  const undecided = new Map<string, number>();
  for (const one of rows.flatMap(({ audits }) => audits.flatMap((all) => all.undecided))) {
    const rule = one.slice(0, one.indexOf(':'));
    undecided.set(rule, (undecided.get(rule) ?? 0) + 1);
  }
  lines.push(
    '',
    `Not decided: ${[...undecided].map(([rule, times]) => `\`${rule}\` ${times}`).join(', ') || 'nothing'}.`,
  );
  const text = await readFile(REPORT, 'utf8');
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  const after = text.slice(text.indexOf(END));
  const whole = `${before}\n\n${lines.join('\n')}\n\n${after}`;
  await writeFile(
    REPORT,
    await prettier.format(whole, { ...(await prettier.resolveConfig(REPORT)), parser: 'markdown' }),
  );
}
