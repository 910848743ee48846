import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fromBeir, fromChunkingEvaluation, fromFolder } from './questions.ts';
import { VectorFile } from './vectors.ts';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'carrel-questions-'))));
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe('question sets', () => {
  it('takes JSON lines over a folder', async () => {
    await put('files/b.txt', 'two');
    await put('files/sub/a.txt', 'one');
    const rows = [
      { id: '1', question: 'Where?', document: 'sub/a.txt', spans: [[0, 3]] },
      { id: '2', question: 'Which?', relevant: ['b.txt'], answers: ['two', 'both'] },
      { id: '3', question: 'Why?', answers: [] },
    ];
    const file = await put('questions.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    const [set] = await fromFolder(join(folder, 'files'), file);
    expect(set!.sources.map(({ path }) => path)).toEqual(['b.txt', 'sub/a.txt']);
    expect(set!.questions.map(({ wanted }) => wanted)).toEqual([
      { by: 'spans', places: [{ document: 'sub/a.txt', start: 0, end: 3 }] },
      { by: 'documents', gains: new Map([['b.txt', 1]]) },
      { by: 'nothing' },
    ]);
    expect(set!.questions.map(({ answers }) => answers)).toEqual([undefined, ['two', 'both'], []]);
    const wrong = await put('wrong.jsonl', '{"id":"1","question":"Where?","answers":"here"}');
    await expect(fromFolder(join(folder, 'files'), wrong)).rejects.toThrow(/Line 1 of .*list of texts/);
  });

  it('names the line whose document is not there', async () => {
    await put('files/a.txt', 'one');
    const file = await put('questions.jsonl', '{"id":"1","question":"Where?","relevant":["c.txt"]}\n');
    await expect(fromFolder(join(folder, 'files'), file)).rejects.toThrow(/Line 1 of .*no document "c.txt"/);
  });

  it('takes a BEIR folder, without the queries that nobody judged', async () => {
    await put(
      'corpus.jsonl',
      '{"_id":"d1","title":"T","text":"words"}\n{"_id":"d2","title":"Only a title","text":""}\n',
    );
    await put('queries.jsonl', '{"_id":"q1","text":"asked"}\n{"_id":"q2","text":"not judged"}\n');
    await put('qrels/test.tsv', 'query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n');
    const [{ sources, questions } = { sources: [], questions: [] }] = await fromBeir(folder);
    expect(sources).toEqual([
      { path: 'd1', title: 'T', text: 'words' },
      { path: 'd2', title: 'Only a title', text: 'Only a title' },
    ]);
    expect(questions).toEqual([
      { id: 'q1', question: 'asked', wanted: { by: 'documents', gains: new Map([['d1', 2]]) } },
    ]);
  });

  it('turns offsets in code points into offsets in UTF-16 units', async () => {
    await put('corpora/c.md', '😀 the answer');
    const references = JSON.stringify([{ content: 'answer', start_index: 6, end_index: 12 }]).replaceAll('"', '""');
    await put('questions_df.csv', `question,references,corpus_id\nWhat?,"${references}",c\n`);
    const [pool] = await fromChunkingEvaluation(folder);
    expect(pool?.questions[0]?.wanted).toEqual({ by: 'spans', places: [{ document: 'c.md', start: 7, end: 13 }] });
  });
});

describe('vectors on disk', () => {
  it('come back to the bit, a record that was cut off does not', async () => {
    const path = join(folder, 'vectors/v.bin');
    const vector = new Float32Array([0.1, -2, 3e-9]);
    const first = new VectorFile(path, 3);
    first.add('passage', 'a', vector);
    first.add('question', 'a', new Float32Array([1, 2, 3]));
    await writeFile(path, new Uint8Array(20), { flag: 'a' });
    const again = new VectorFile(path, 3);
    expect(again.get('passage', 'a')).toEqual(vector);
    expect(again.get('question', 'a')).toEqual(new Float32Array([1, 2, 3]));
    expect(again.get('passage', 'b')).toBeUndefined();
    expect(() => again.add('passage', 'b', new Float32Array(2))).toThrow('2 numbers');
  });
});
