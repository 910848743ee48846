/** Question sets and the documents they are asked of, in the three forms that `npm run evaluate` reads. */
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import Papa from 'papaparse';
import type { Place } from '../../src/lab/metrics.ts';

export interface Quote {
  readonly document: string;
  readonly quote: string;
}

export interface Question {
  readonly id: string;
  readonly question: string;
  /** What counts as found: exact places, or whole documents with their gain. */
  readonly wanted:
    | { readonly by: 'spans'; readonly places: readonly Place[] }
    /** Words of a document that answer it; where they stand is known once it has been read. */
    | { readonly by: 'quotes'; readonly quotes: readonly Quote[] }
    | { readonly by: 'documents'; readonly gains: ReadonlyMap<string, number> }
    /** The documents do not answer it. */
    | { readonly by: 'nothing' };
  /** Right answers, none where the right one is a refusal; left out where only the search can be measured. */
  readonly answers?: readonly string[];
  /** The data set it is from, where there are several. */
  readonly source?: string;
}

/** A file to be read by the page, or a text that is a document already. */
export type Source =
  | { readonly path: string; readonly file: string }
  | { readonly path: string; readonly title: string; readonly text: string };

/** Questions, and the documents on the desk while they are asked. */
export interface Pool {
  readonly sources: readonly Source[];
  readonly questions: readonly Question[];
}

/** One pool after the other: most sets have one. */
export type QuestionSet = readonly Pool[];

/**
 * Every file of a folder, and a file of JSON lines: {id, question} with `document` and `spans: [[start, end]]`, with
 * `evidence: [{document, quote}]`, with `relevant: [names]`, or with none of them for a question without an answer.
 * `answers: [..]` are the right ones.
 */
export async function fromFolder(folder: string, file: string): Promise<QuestionSet> {
  const sources = await filesOf(folder);
  const known = new Set(sources.map(({ path }) => path));
  const questions = jsonLines(await readFile(file, 'utf8')).map((row, i): Question => {
    const fail = (why: string): never => {
      throw new Error(`Line ${i + 1} of ${file}: ${why}`);
    };
    const { id, question, document, spans, relevant, evidence, answers } = row as Record<string, unknown>;
    if (typeof id !== 'string' || typeof question !== 'string') return fail('it needs an id and a question.');
    if (answers !== undefined && !isTexts(answers)) return fail('its answers are to be a list of texts.');
    const asked = { id, question, ...(answers && { answers }) };
    const pathOf = (name: unknown): string =>
      typeof name === 'string' && known.has(name) ? name : fail(`there is no document ${JSON.stringify(name)}.`);
    if (Array.isArray(spans) && spans.length > 0) {
      const places = (spans as [number, number][]).map(([start, end]) => ({ document: pathOf(document), start, end }));
      return { ...asked, wanted: { by: 'spans', places } };
    }
    if (Array.isArray(evidence) && evidence.length > 0) {
      const quotes = (evidence as Quote[]).map(({ document, quote }) => ({ document: pathOf(document), quote }));
      return { ...asked, wanted: { by: 'quotes', quotes } };
    }
    const names = Array.isArray(relevant) ? relevant : document === undefined ? [] : [document];
    if (names.length === 0) return { ...asked, wanted: { by: 'nothing' } };
    return { ...asked, wanted: { by: 'documents', gains: new Map(names.map((name) => [pathOf(name), 1])) } };
  });
  return [{ sources, questions }];
}

/** A BEIR folder (Thakur et al. 2021): corpus.jsonl, queries.jsonl, qrels/test.tsv. Queries without a judgement are left out. */
export async function fromBeir(folder: string): Promise<QuestionSet> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const corpus = jsonLines(await read('corpus.jsonl')) as { _id: string; title?: string; text: string }[];
  const queries = jsonLines(await read('queries.jsonl')) as { _id: string; text: string }[];
  const gains = new Map<string, Map<string, number>>();
  for (const line of (await read('qrels/test.tsv')).split('\n').slice(1)) {
    const [query, document, score] = line.trim().split('\t');
    if (!query || !document || !(Number(score) > 0)) continue;
    gains.set(query, (gains.get(query) ?? new Map<string, number>()).set(document, Number(score)));
  }
  const sources = corpus
    .filter(({ text, title }) => /\S/.test(`${title ?? ''}${text}`))
    .map(({ _id, title = '', text }) => ({ path: _id, title, text: /\S/.test(text) ? text : title }));
  const questions = queries.flatMap(({ _id, text }) => {
    const judged = gains.get(_id);
    return judged ? [{ id: _id, question: text, wanted: { by: 'documents' as const, gains: judged } }] : [];
  });
  return [{ sources, questions }];
}

/** The folder of the chunking evaluation: corpora/*.md and questions_df.csv, whose offsets count code points. */
export async function fromChunkingEvaluation(folder: string): Promise<QuestionSet> {
  const sources = await filesOf(join(folder, 'corpora'));
  const texts = new Map<string, string>();
  for (const source of sources) if ('file' in source) texts.set(source.path, await readFile(source.file, 'utf8'));
  const rows = Papa.parse<{ question: string; references: string; corpus_id: string }>(
    await readFile(join(folder, 'questions_df.csv'), 'utf8'),
    { header: true, skipEmptyLines: true },
  ).data;
  const questions = rows.map((row, i): Question => {
    const document = `${row.corpus_id}.md`;
    const places = (JSON.parse(row.references) as { content: string; start_index: number }[]).map(
      ({ content, start_index }): Place => {
        const start = utf16Offset(texts.get(document) ?? '', start_index);
        if (!texts.get(document)?.startsWith(content, start))
          throw new Error(`Question ${i + 1}: its reference does not stand in ${document}.`);
        return { document, start, end: start + content.length };
      },
    );
    return { id: `${row.corpus_id}-${i + 1}`, question: row.question, wanted: { by: 'spans', places } };
  });
  return [{ sources, questions }];
}

/** Where the code point of this number begins. */
function utf16Offset(text: string, codePoints: number): number {
  let at = 0;
  for (let i = 0; i < codePoints; i++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

async function filesOf(folder: string): Promise<Source[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).split(sep).join('/'), file }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

export function jsonLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);
}
