/**
 * `npm run evaluate`: the page's own retrieval, in headless Chromium, over a set of questions.
 *   -- --documents DIR --questions FILE.jsonl | --beir DIR | --chunking DIR
 *   [--settings FILE.json] {strategy, passageTokens, overlapTokens, k, vectorWeight}   [--json OUT] [--most-questions N]
 * The report is the same to the byte for the same input and settings; times stand beside it in OUT.times.json.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ChunkSettings } from '../src/pipeline/chunk/chunk.ts';
import type { Passage } from '../src/pipeline/document.ts';
import type { Settings } from '../src/library/state.ts';
import { EvaluationDesk, shippedEmbedder } from './evaluate/desk.ts';
import { fromBeir, fromChunkingEvaluation, fromFolder, type QuestionSet } from './evaluate/questions.ts';
import { averages, score, type Row } from './evaluate/score.ts';
import { runAsMain } from './main.ts';

interface EvaluationSettings extends ChunkSettings {
  /** Passages that count for recall, precision and IoU. */
  readonly k: number;
  /** The share of the vectors in the fused score: 1 is vectors alone, 0 words alone. The page's own where left out. */
  readonly vectorWeight?: number;
}

const USAGE =
  'Say what to ask: --documents DIR --questions FILE.jsonl, or --beir DIR, or --chunking DIR (corpora/ and questions_df.csv).';

runAsMain(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      documents: { type: 'string' },
      questions: { type: 'string' },
      beir: { type: 'string' },
      chunking: { type: 'string' },
      settings: { type: 'string' },
      json: { type: 'string' },
      'most-questions': { type: 'string' },
    },
  });
  const set = await questionSet(values);
  const asked = set.questions.slice(0, values['most-questions'] ? Number(values['most-questions']) : undefined);
  const model = await shippedEmbedder();
  const desk = await EvaluationDesk.open(model);
  const standard = await desk.settings();
  const settings = await settingsFrom(standard, values.settings);
  const began = performance.now();
  try {
    const passages: Passage[] = [];
    const unread: string[] = [];
    for (const [i, source] of set.sources.entries()) {
      try {
        passages.push(...(await desk.add(source, settings)));
      } catch (error) {
        unread.push(`${source.path}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      }
      if (i % 500 === 499) console.error(`${i + 1} of ${set.sources.length} documents, ${passages.length} passages`);
    }
    for (const line of unread) console.error(`Not read: ${line}`);
    const indexed = performance.now();
    const rows: Row[] = [];
    const milliseconds: number[] = [];
    for (const question of asked) {
      const from = performance.now();
      const found = await desk.search(question.question, {
        most: standard.promptPassages,
        ...(settings.vectorWeight === undefined ? {} : { vectorWeight: settings.vectorWeight }),
      });
      milliseconds.push(performance.now() - from);
      rows.push(score(question, found, passages, settings.k));
    }
    const retrieval = averages(rows);
    const lengths = { documents: set.sources.length - unread.length, passages: passages.length };
    print({ ...lengths, ...retrieval });
    if (values.json) {
      const report = { settings, model: { id: model.id, sha256: model.sha256 }, ...lengths, unread, retrieval, rows };
      await writeFile(values.json, `${JSON.stringify(report, null, 1)}\n`);
      const times = { indexing: indexed - began, search: milliseconds };
      await writeFile(`${values.json}.times.json`, `${JSON.stringify(times)}\n`);
    }
  } finally {
    await desk.close();
  }
});

async function questionSet(given: {
  documents?: string | undefined;
  questions?: string | undefined;
  beir?: string | undefined;
  chunking?: string | undefined;
}): Promise<QuestionSet> {
  if (given.beir) return fromBeir(given.beir);
  if (given.chunking) return fromChunkingEvaluation(given.chunking);
  if (given.documents && given.questions) return fromFolder(given.documents, given.questions);
  throw new Error(USAGE);
}

/** The page's own, but for what the file says. */
async function settingsFrom(standard: Settings, file: string | undefined): Promise<EvaluationSettings> {
  const { strategy, passageTokens, overlapTokens } = standard;
  const changes = file ? (JSON.parse(await readFile(file, 'utf8')) as Partial<EvaluationSettings>) : {};
  return { strategy, passageTokens, overlapTokens, k: 5, ...changes };
}

function print(values: Readonly<Record<string, number | null>>): void {
  for (const [name, value] of Object.entries(values))
    console.log(`${name.padEnd(14)} ${value === null ? '-' : Number.isInteger(value) ? value : value.toFixed(3)}`);
}
