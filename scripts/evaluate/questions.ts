/** Question sets and the documents they are asked of, in the three forms that `npm run evaluate` reads. */
import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import Papa from 'papaparse';
import type { Place } from '../../src/lab/metrics.ts';
import { parseQuestions } from '../../src/lab/question-file.ts';
import type { Question } from '../../src/lab/question.ts';

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

/** Every file of a folder, and a question set over them as JSON lines. */
export async function fromFolder(folder: string, file: string): Promise<QuestionSet> {
  const sources = await filesOf(folder);
  const known = new Set(sources.map(({ path }) => path));
  return [{ sources, questions: parseQuestions(await readFile(file, 'utf8'), file, known) }];
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

export function jsonLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);
}
