/** `npm run evaluate` as a person runs it: the page's own workers, two runs, vectors made anew each time. */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT } from '../../scripts/root.ts';

test.describe.configure({ timeout: 300_000 });

let folder = '';
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carrel-evaluate-'));
  await mkdir(join(folder, 'documents'));
  for (const name of ['prices.csv', 'manual.md', 'lease.pdf'])
    await cp(join(ROOT, 'tests/fixtures/documents/collection', name), join(folder, 'documents', name));
  await writeFile(join(folder, 'documents', 'broken.pdf'), '%PDF-1.7 and nothing else');
  const sets = await Promise.all(
    ['codes', 'refused'].map((name) => readFile(join(ROOT, `tests/fixtures/questions/${name}.jsonl`), 'utf8')),
  );
  const rows = sets
    .join('\n')
    .split('\n')
    .filter((line) => /"(?:prices\.csv|manual\.md|lease\.pdf)"|"far-/.test(line));
  await writeFile(join(folder, 'questions.jsonl'), rows.join('\n'));
});
test.afterAll(() => rm(folder, { recursive: true }));

function evaluate(...options: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/run.mjs'), 'evaluate', ...options], { cwd: ROOT });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()));
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, said })));
}

/** One run of the command, its vectors made anew; -> the report as it was written. */
async function measured(run: string): Promise<string> {
  const out = join(folder, `${run}.json`);
  const { code, said } = await evaluate(
    ...['--documents', join(folder, 'documents'), '--questions', join(folder, 'questions.jsonl')],
    ...['--json', out, '--vectors', join(folder, run)],
  );
  expect(code, said).toBe(0);
  expect(said).toContain('Not read: broken.pdf');
  // Times stand apart.
  expect(JSON.parse(await readFile(`${out}.times.json`, 'utf8'))).toMatchObject({
    whole: expect.any(Number) as unknown,
  });
  return readFile(out, 'utf8');
}

test('measures the search of the page', async () => {
  const report = JSON.parse(await measured('first')) as {
    documents: number;
    retrieval: Record<string, number>;
    model: { sha256: string };
    rows: { id: string; refused: boolean; recall: number | null }[];
  };
  expect(report.documents).toBe(3);
  expect(report.model.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(report.rows.length).toBeGreaterThan(20);
  // Exact codes are found, what is off the matter is refused; by how much stands in docs/retrieval.md.
  expect(report.retrieval.recall).toBeGreaterThan(0.9);
  expect(report.retrieval.mrr).toBeGreaterThan(0.8);
  expect(report.retrieval.evidenceArea).toBeGreaterThan(0.8);
  expect(report.rows.filter(({ recall }) => recall === null)).toHaveLength(15);
});

test('writes the same bytes again, vectors made anew @long', async () => {
  expect(await measured('again')).toBe(await measured('once more'));
});

test('says what it needs when it is asked for nothing', async () => {
  const { code, said } = await evaluate();
  expect(code).toBe(1);
  expect(said).toContain('Say what to ask: --documents');
});

test('measures the answers of the page; nothing is asked twice, and the bytes are the same @long', async () => {
  test.setTimeout(900_000);
  const deposit = 'Trailer 750 kg; Half day: 20.50; Day: 29.00; Week: 116.00; Deposit: 150.00';
  const questions = [
    {
      ...{ id: 'trailer', question: 'What is the deposit for the trailer T309?', answers: ['150', '150.00'] },
      evidence: [{ document: 'prices.csv', quote: deposit }],
    },
    {
      ...{ id: 'flat', question: "How much is the deposit for the flat at 14 Cooper's Row?", answers: ['£1,575'] },
      evidence: [{ document: 'lease.pdf', quote: 'the tenant pays a deposit of £1,575' }],
    },
    { id: 'none', question: 'Who won the chess tournament of 1987 in Reykjavik?', answers: [] },
  ];
  const file = join(folder, 'answers.jsonl');
  await writeFile(file, questions.map((row) => JSON.stringify(row)).join('\n'));
  const [adapter, again, base, twenty] = ['adapter', 'again', 'base', 'twenty'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  const run = async (...options: string[]) => {
    const kept = ['--vectors', join(folder, 'vectors'), '--kept', join(folder, 'kept')];
    const { code, said } = await evaluate(
      ...['--documents', join(folder, 'documents'), '--questions', file, '--answers', ...kept, ...options],
    );
    expect(code, said).toBe(0);
    return said;
  };
  expect(await run('--json', adapter)).toContain('adapter: 3 of 3 answers, the model asked for 2');
  expect(await run('--json', again)).toContain('adapter: 3 of 3 answers, the model asked for 0');
  expect(await readFile(again, 'utf8')).toBe(await readFile(adapter, 'utf8'));
  const said = await run('--generator', 'base', '--json', base, '--twenty', '1', '--markdown', twenty);
  expect(said).toContain('base: 3 of 3 answers, the model asked for 2');
  expect(said).toContain('adapter: 3 of 3 answers, the model asked for 0');
  expect(await readFile(twenty, 'utf8')).toContain(`**${questions[2]!.question}**`);

  const report = JSON.parse(await readFile(adapter, 'utf8')) as {
    answers: Record<string, { value: number; n: number }>;
    retrieval: { questions: number };
    rows: { id: string; made: string; refused: boolean; passages: string[]; gold: number[]; ended: string }[];
  };
  expect(report.retrieval.questions).toBe(3);
  expect(report.rows.map(({ id }) => id)).toEqual(['trailer', 'flat', 'none']);
  for (const row of report.rows.slice(0, 2)) {
    expect(row).toMatchObject({ made: 'adapter', ended: 'end-token' });
    expect(row.gold).toHaveLength(1);
  }
  // What is off the matter never reaches the model.
  expect(report.rows[2]).toMatchObject({ made: 'evidence', refused: true, passages: [], ended: null });
  expect(report.answers).toMatchObject({ refused_right: { value: 1, n: 1 }, contains: { n: 2 } });

  const { code, said: compared } = await evaluate('--compare', base, adapter);
  expect(code, compared).toBe(0);
  expect(compared).toContain('3 questions in both');
});
