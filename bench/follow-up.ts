/**
 * Whether the search finds the passage for a question that follows up on another: as written, as understood, and for
 * the question that a person wrote to mean the same alone: `npm run bench -- follow-up [--json FILE]`.
 */
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withBuiltPage } from '../scripts/built-page.ts';
import { EvaluationDesk, shippedModel } from '../scripts/evaluate/desk.ts';
import { runAsMain } from '../scripts/main.ts';
import { ROOT } from '../scripts/root.ts';
import { standAlone } from '../src/pipeline/retrieve/follow-up/follow-up.ts';
import { writeReport } from './browser/report.ts';

interface Row {
  readonly id: string;
  readonly split: 'tune' | 'held';
  readonly before: { readonly question: string; readonly answer: string };
  readonly question: string;
  readonly standalone: readonly string[];
  readonly evidence: readonly { readonly document: string; readonly quote: string }[];
}

/** Passages that count as found. */
const K = 5;
const FOLDERS = ['tests/fixtures/documents/collection', 'public/samples'];
const NOT_DOCUMENTS = ['LICENSE.txt', 'samples.json'];

runAsMain(import.meta.url, async () => {
  const { values } = parseArgs({ options: { json: { type: 'string' } } });
  const lines = (await readFile(join(ROOT, 'tests/fixtures/questions/follow-up.jsonl'), 'utf8')).trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Row);
  const folder = await mkdtemp(join(tmpdir(), 'carrel-follow-up-'));
  try {
    for (const from of FOLDERS) await cp(join(ROOT, from), folder, { recursive: true });
    const names = (await readdir(folder)).filter((name) => !NOT_DOCUMENTS.includes(name)).sort();
    const sources = names.map((name) => ({ path: name, file: join(folder, name) }));
    const results = await withBuiltPage((site) => measured(site, sources, rows));
    for (const [name, group] of groups(results)) {
      const recall = (key: 'written' | 'understood' | 'byHand') =>
        (group.filter((row) => row[key]).length / group.length).toFixed(3);
      console.log(
        `${name}: ${group.length} questions, recall@${K} as written ${recall('written')}, as understood ${recall('understood')}, by hand ${recall('byHand')}`,
      );
    }
    if (values.json) writeReport(values.json, 'follow-up', { rows: results });
  } finally {
    await rm(folder, { recursive: true });
  }
});

type Site = Parameters<Parameters<typeof withBuiltPage>[0]>[0];

async function measured(site: Site, sources: readonly { path: string; file: string }[], rows: readonly Row[]) {
  const desk = await EvaluationDesk.open(site, await shippedModel('embedding'), join(ROOT, '.cache/vectors'));
  const { strategy, passageTokens, overlapTokens } = await desk.settings();
  const added = await desk.add(sources, { strategy, passageTokens, overlapTokens });
  const texts = new Map(added.map((one) => [one.path, 'unread' in one ? '' : one.text]));
  const finds = async (question: string, { evidence }: Row): Promise<boolean> => {
    const { found } = await desk.search(question, { most: 4 });
    const first = found.candidates.slice(0, K).map(({ passage }) => passage);
    return evidence.every(({ document, quote }) => {
      const span = spanOf(texts.get(document) ?? '', quote);
      return first.some(({ path, start, end }) => path === document && start < span.end && span.start < end);
    });
  };
  const results = [];
  for (const row of rows) {
    const found = standAlone(row.question, row.before);
    const question = found.kind === 'understood' ? found.question : row.question;
    const byHand = row.standalone[0] ?? row.question;
    const [written, understood, hand] = [
      await finds(row.question, row),
      await finds(question, row),
      await finds(byHand, row),
    ];
    results.push({
      id: row.id,
      split: row.split,
      follows: row.standalone.length > 0,
      question,
      written,
      understood,
      byHand: hand,
    });
  }
  return results;
}

type Result = Awaited<ReturnType<typeof measured>>[number];

function groups(results: readonly Result[]): readonly (readonly [string, readonly Result[]])[] {
  const of = (follows: boolean, split: Row['split']) =>
    results.filter((one) => one.follows === follows && one.split === split);
  return [
    ['follow up, tune', of(true, 'tune')],
    ['follow up, held', of(true, 'held')],
    ['stand alone, tune', of(false, 'tune')],
    ['stand alone, held', of(false, 'held')],
  ];
}

function spanOf(text: string, quote: string): { start: number; end: number } {
  const words = quote
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = new RegExp(words.join('\\s+')).exec(text);
  if (!match) throw new Error(`“${quote}” does not stand in its document.`);
  return { start: match.index, end: match.index + match[0].length };
}
