/**
 * `npm run evaluate`: the page's own search, in headless Chromium, over a set of questions.
 *   -- --documents DIR --questions FILE.jsonl | --beir DIR | --chunking DIR
 *      | --grounded DIR [--pool titles|whole] [--rows dev|two|away-dev|away-train]
 *   [--settings FILE.json] {strategy, passageTokens, overlapTokens, promptPassages, promptText, k, vectorWeight}
 *   [--json OUT] [--most-questions N] [--vectors DIR]
 * With `--answers` what its generator writes (docs/answers.md):
 *   -- --documents DIR --questions FILE.jsonl | --grounded DIR [--passages given|own] [--ids FILE]
 *   --answers [--generator base|adapter] [--reading once|together] [--writers N] [--kept DIR] [--twenty SEED --markdown FILE.md] [--prompts FILE],
 *   and as above
 * With `--cells` in place of `--answers` each question is answered four ways (docs/lab.md): base and adapter, each with
 *   passages and without; [--writers N] [--kept DIR], and as above
 * With `--instruction long` as well: the base model told at length against the fine-tuned one as it was trained
 * What tuning costs in general questions (docs/lab.md): both models on the items of src/lab/general; needs no documents:
 *   -- --general [--json OUT] [--most-questions N] [--writers N] [--kept DIR]
 * Two reports on answers, side by side:
 *   -- --compare A.json B.json [--json OUT]
 * The check of answers, on sentences made from grounded rows (docs/checking.md); needs no page:
 *   -- --check DIR [--fit] [--json OUT]
 * A report is the same to the byte for the same input and settings; times stand beside it in OUT.times.json.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateAnswers, writePrompts } from './evaluate/answers.ts';
import { evaluateCells } from './evaluate/answers/cells.ts';
import { compareReports } from './evaluate/answers/compare.ts';
import { CHOSEN_ROWS } from './evaluate/answers/rows.ts';
import { groundedSet, passagesFrom, searchedSet, type AnswerSet } from './evaluate/answers/set.ts';
import { evaluateTold } from './evaluate/answers/told.ts';
import { generators } from './evaluate/answers/writers.ts';
import { evaluateCheck } from './evaluate/check-command.ts';
import { evaluateGeneral } from './evaluate/general.ts';
import { fromGrounded, type GroundedOptions } from './evaluate/grounded.ts';
import { fromBeir, fromChunkingEvaluation, fromFolder, type QuestionSet } from './evaluate/questions.ts';
import { evaluateRetrieval } from './evaluate/retrieval.ts';
import { defaultSettings } from '../src/library/settings.ts';
import { readings } from '../src/pipeline/generate/reading.ts';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';

const POOLS = ['titles', 'whole'] as const satisfies readonly GroundedOptions['pool'][];
const ROWS = ['dev', 'two', 'away-dev', 'away-train'] as const satisfies readonly GroundedOptions['rows'][];

const USAGE =
  'Say what to ask: --documents DIR --questions FILE.jsonl, or --beir DIR, or --chunking DIR (corpora/ and questions_df.csv), ' +
  `or --grounded DIR (with --pool ${POOLS.join(' or ')} and --rows ${ROWS.join(', ')}), or --check DIR.`;
const ANSWERS_USAGE =
  'Say what to ask: --documents DIR --questions FILE.jsonl (each row with its answers), or --grounded DIR ' +
  `(with --passages ${passagesFrom.join(' or ')}); with --generator ${generators.join(' or ')}, --reading ${readings.join(' or ')}.`;

function given() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
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
      answers: { type: 'boolean', default: false },
      cells: { type: 'boolean', default: false },
      instruction: { type: 'string' },
      general: { type: 'boolean', default: false },
      passages: { type: 'string' },
      ids: { type: 'string', default: CHOSEN_ROWS },
      generator: { type: 'string', default: 'adapter' },
      reading: { type: 'string', default: defaultSettings.reading },
      writers: { type: 'string', default: '2' },
      kept: { type: 'string', default: join(ROOT, '.cache/answers') },
      twenty: { type: 'string' },
      markdown: { type: 'string' },
      prompts: { type: 'string' },
      compare: { type: 'boolean', default: false },
      check: { type: 'string' },
      fit: { type: 'boolean', default: false },
    },
  });
  return { ...values, files: positionals, most: Number(values['most-questions'] ?? Infinity) };
}

type Given = ReturnType<typeof given>;

runAsMain(import.meta.url, async () => {
  const options = given();
  if (options.compare) return compareReports(options.files, options.json);
  if (options.files.length > 0) throw new Error(`Nothing is known of “${options.files.join(' ')}”. ${USAGE}`);
  if (options.check) return evaluateCheck(options.check, options);
  if (options.general) return evaluateGeneral({ ...options, writers: Number(options.writers) });
  if (!options.answers && !options.cells)
    return evaluateRetrieval(firstQuestions(await questionSet(options), options.most), options);
  const generator = generators.find((one) => one === options.generator);
  const reading = readings.find((one) => one === options.reading);
  const writers = Number(options.writers);
  if (!generator || !reading || !Number.isInteger(writers) || writers < 1) throw new Error(ANSWERS_USAGE);
  if (options.twenty !== undefined && !options.markdown)
    throw new Error('Say where the twenty answers are to be written: --markdown FILE.md.');
  if (options.instruction !== undefined && (options.instruction !== 'long' || !options.cells))
    throw new Error('--instruction long goes with --cells.');
  const set = await answerSet(options);
  if (options.cells && options.instruction) return evaluateTold(set, { ...options, writers });
  if (options.cells) return evaluateCells(set, { ...options, writers });
  const { prompts } = options;
  if (prompts) return writePrompts(set, { ...options, generator, reading, writers, prompts });
  await evaluateAnswers(set, { ...options, generator, reading, writers });
});

async function answerSet({ documents, questions, grounded, passages, ids, ...chosen }: Given): Promise<AnswerSet> {
  if (documents && questions && passages !== 'given')
    return searchedSet(await fromFolder(documents, questions), chosen);
  const from = passagesFrom.find((one) => one === (passages ?? 'given'));
  if (grounded && from) return groundedSet(grounded, from, ids, chosen);
  throw new Error(ANSWERS_USAGE);
}

async function questionSet(options: Given): Promise<QuestionSet> {
  if (options.beir) return fromBeir(options.beir);
  if (options.chunking) return fromChunkingEvaluation(options.chunking);
  if (options.documents && options.questions) return fromFolder(options.documents, options.questions);
  const pool = POOLS.find((one) => one === options.pool);
  const rows = ROWS.find((one) => one === options.rows);
  if (options.grounded && pool && rows) return fromGrounded(options.grounded, { pool, rows });
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
