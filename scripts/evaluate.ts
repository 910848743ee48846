/**
 * `npm run evaluate`: the page's own retrieval, in headless Chromium, over a set of questions.
 *   -- --documents DIR --questions FILE.jsonl | --beir DIR | --chunking DIR
 *      | --grounded DIR [--pool titles|whole] [--rows dev|two|away-dev|away-train]
 *   [--settings FILE.json] {strategy, passageTokens, overlapTokens, promptPassages, promptText, k, vectorWeight}
 *   [--json OUT] [--most-questions N] [--vectors DIR]
 *   -- --check DIR [--fit] [--json OUT]: the check of answers, on sentences made from grounded rows; needs no page
 * The report is the same to the byte for the same input and settings; times stand beside it in OUT.times.json.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ChunkSettings } from '../src/pipeline/chunk/chunk.ts';
import type { Passage } from '../src/pipeline/document.ts';
import type { Settings } from '../src/library/state.ts';
import { expandKept } from '../src/pipeline/retrieve/expand.ts';
import { withBuiltPage } from './built-page.ts';
import { EvaluationDesk, shippedEmbedder } from './evaluate/desk.ts';
import { fromGrounded, type GroundedOptions } from './evaluate/grounded.ts';
import { fromBeir, fromChunkingEvaluation, fromFolder, type Pool, type QuestionSet } from './evaluate/questions.ts';
import { placed } from './evaluate/quotes.ts';
import { averages, score, type Row } from './evaluate/score.ts';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';

interface EvaluationSettings extends ChunkSettings {
  /** Passages for the prompt, at the most. */
  readonly promptPassages: number;
  /** What the model would read of them. */
  readonly promptText: Settings['promptText'];
  /** Passages that count for recall, precision and IoU. */
  readonly k: number;
  /** The share of the vectors in the fused score: 1 is vectors alone, 0 words alone. The page's own where left out. */
  readonly vectorWeight?: number;
}

/** What came of the questions so far. */
interface Outcome {
  readonly rows: Row[];
  readonly unread: string[];
  /** Of each search. */
  readonly milliseconds: number[];
  documents: number;
  passages: number;
}

const POOLS = ['titles', 'whole'] as const satisfies readonly GroundedOptions['pool'][];
const ROWS = ['dev', 'two', 'away-dev', 'away-train'] as const satisfies readonly GroundedOptions['rows'][];

const USAGE =
  'Say what to ask: --documents DIR --questions FILE.jsonl, or --beir DIR, or --chunking DIR (corpora/ and questions_df.csv), ' +
  `or --grounded DIR (with --pool ${POOLS.join(' or ')} and --rows ${ROWS.join(', ')}), or --check DIR.`;

runAsMain(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      documents: { type: 'string' },
      questions: { type: 'string' },
      beir: { type: 'string' },
      chunking: { type: 'string' },
      grounded: { type: 'string' },
      pool: { type: 'string', default: 'whole' },
      rows: { type: 'string', default: 'dev' },
      settings: { type: 'string' },
      json: { type: 'string' },
      vectors: { type: 'string', default: join(ROOT, '.cache/vectors') },
      'most-questions': { type: 'string' },
      check: { type: 'string' },
      fit: { type: 'boolean', default: false },
    },
  });
  if (values.check) {
    const { evaluateCheck } = await import('./evaluate/check-command.ts');
    return evaluateCheck(values.check, values);
  }
  const set = firstQuestions(await questionSet(values), Number(values['most-questions'] ?? Infinity));
  const model = await shippedEmbedder();
  const outcome: Outcome = { rows: [], unread: [], milliseconds: [], documents: 0, passages: 0 };
  const { settings, whole } = await withBuiltPage(async (site) => {
    const desk = await EvaluationDesk.open(site, model, values.vectors);
    const chosen = await settingsFrom(await desk.settings(), values.settings);
    const began = performance.now();
    for (const pool of set) await askPool(desk, pool, chosen, outcome);
    return { settings: chosen, whole: performance.now() - began };
  });
  const { rows, unread, milliseconds, documents, passages } = outcome;
  for (const line of unread) console.error(`Not read: ${line}`);
  const retrieval = averages(rows);
  print({ documents, passages, ...retrieval });
  if (!values.json) return;
  const of = { id: model.id, sha256: model.sha256 };
  const report = { settings, model: of, documents, passages, unread, retrieval, rows };
  await writeFile(values.json, `${JSON.stringify(report, null, 1)}\n`);
  const times = { whole, search: milliseconds };
  await writeFile(`${values.json}.times.json`, `${JSON.stringify(times)}\n`);
});

/** Puts the documents of a pool on the desk, asks its questions, and clears the desk. */
async function askPool(
  desk: EvaluationDesk,
  pool: Pool,
  settings: EvaluationSettings,
  outcome: Outcome,
): Promise<void> {
  const passages: Passage[] = [];
  const texts = new Map<string, string>();
  for (const added of await desk.add(pool.sources, settings)) {
    const { path } = added;
    if ('unread' in added) {
      outcome.unread.push(`${path}: ${added.unread}`);
      continue;
    }
    passages.push(...added.passages);
    texts.set(path, added.text);
  }
  const surroundingsOf = (path: string) => ({
    passages: passages.filter((passage) => passage.path === path),
    text: texts.get(path) ?? '',
  });
  await desk.prepare(pool.questions.map(({ question }) => question));
  for (const question of pool.questions) {
    const from = performance.now();
    const found = await desk.search(question.question, {
      most: settings.promptPassages,
      ...(settings.vectorWeight === undefined ? {} : { vectorWeight: settings.vectorWeight }),
    });
    outcome.milliseconds.push(performance.now() - from);
    const read = settings.promptText === 'passages' ? found.candidates : expandKept(found.candidates, surroundingsOf);
    const kept = read.flatMap(({ fate, passage }) => (fate.kept ? [passage] : []));
    outcome.rows.push(score(placed(question, texts), found, kept, passages, settings.k));
  }
  outcome.documents += texts.size;
  outcome.passages += passages.length;
  await desk.remove([...texts.keys()]);
}

async function questionSet(given: {
  documents?: string | undefined;
  questions?: string | undefined;
  beir?: string | undefined;
  chunking?: string | undefined;
  grounded?: string | undefined;
  pool: string;
  rows: string;
}): Promise<QuestionSet> {
  if (given.beir) return fromBeir(given.beir);
  if (given.chunking) return fromChunkingEvaluation(given.chunking);
  if (given.documents && given.questions) return fromFolder(given.documents, given.questions);
  const pool = POOLS.find((one) => one === given.pool);
  const rows = ROWS.find((one) => one === given.rows);
  if (given.grounded && pool && rows) return fromGrounded(given.grounded, { pool, rows });
  throw new Error(USAGE);
}

function firstQuestions(set: QuestionSet, most: number): QuestionSet {
  let left = most;
  return set.flatMap((pool) => {
    const questions = pool.questions.slice(0, left);
    left -= questions.length;
    return questions.length > 0 ? [{ ...pool, questions }] : [];
  });
}

/** The page's own, but for what the file says. */
async function settingsFrom(standard: Settings, file: string | undefined): Promise<EvaluationSettings> {
  const { strategy, passageTokens, overlapTokens, promptPassages, promptText } = standard;
  const changes = file ? (JSON.parse(await readFile(file, 'utf8')) as Partial<EvaluationSettings>) : {};
  return { strategy, passageTokens, overlapTokens, promptPassages, promptText, k: 5, ...changes };
}

function print(values: Readonly<Record<string, number | null>>): void {
  for (const [name, value] of Object.entries(values))
    console.log(`${name.padEnd(14)} ${value === null ? '-' : Number.isInteger(value) ? value : value.toFixed(3)}`);
}
