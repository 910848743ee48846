/**
 * A question set as JSON lines: the form that the page saves and opens, and that `npm run evaluate` reads. A row has
 * `id` and `question`, with `document` and `spans: [[start, end]]`, with `evidence: [{document, quote}]`, with
 * `relevant: [names]`, or with none of them for a question without an answer. `answers: [..]` are the right ones.
 */
import type { Question, Quote } from './question.ts';

/**
 * @param file how it is named in errors
 * @param known names of the documents that a row may speak of; null for any
 * @throws Error that names the line and what is wrong with it
 */
export function parseQuestions(text: string, file: string, known: ReadonlySet<string> | null): Question[] {
  const ids = new Set<string>();
  return text.split('\n').flatMap((line, i): Question[] => {
    if (line.trim() === '') return [];
    const fail = (why: string): never => {
      throw new Error(`Line ${i + 1} of ${file}: ${why}`);
    };
    const question = questionOf(rowOf(line, fail), known, fail);
    if (ids.has(question.id)) fail(`the id ${JSON.stringify(question.id)} stands there twice.`);
    ids.add(question.id);
    return [question];
  });
}

/** One row for each question, in their order, with a line feed after the last. */
export function questionLines(questions: readonly Question[]): string {
  return questions.map((question) => `${JSON.stringify(rowFor(question))}\n`).join('');
}

type Fail = (why: string) => never;

function rowOf(line: string, fail: Fail): Readonly<Record<string, unknown>> {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch {
    return fail('it is not JSON.');
  }
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return fail('it is to be an object.');
  return row as Record<string, unknown>;
}

function questionOf(row: Readonly<Record<string, unknown>>, known: ReadonlySet<string> | null, fail: Fail): Question {
  const { id, question, document, spans, relevant, evidence, answers } = row;
  if (typeof id !== 'string' || typeof question !== 'string') return fail('it needs an id and a question.');
  if (answers !== undefined && !isTexts(answers)) return fail('its answers are to be a list of texts.');
  const asked = { id, question, ...(answers && { answers }) };
  const pathOf = (name: unknown): string =>
    typeof name === 'string' && (known?.has(name) ?? true)
      ? name
      : fail(`there is no document ${JSON.stringify(name)}.`);
  if (Array.isArray(spans) && spans.length > 0) {
    const places = spans.map((span: unknown) => {
      const [start, end] = isSpan(span) ? span : fail('a span is to be [start, end].');
      return { document: pathOf(document), start, end };
    });
    return { ...asked, wanted: { by: 'spans', places } };
  }
  if (Array.isArray(evidence) && evidence.length > 0) {
    const quotes = evidence.map((one: unknown): Quote => {
      const { document, quote } = (one ?? {}) as Partial<Record<keyof Quote, unknown>>;
      if (typeof quote !== 'string' || quote.trim() === '') return fail('evidence is to be quoted words.');
      return { document: pathOf(document), quote };
    });
    return { ...asked, wanted: { by: 'quotes', quotes } };
  }
  const names: readonly unknown[] = Array.isArray(relevant) ? relevant : document === undefined ? [] : [document];
  if (names.length === 0) return { ...asked, wanted: { by: 'nothing' } };
  return { ...asked, wanted: { by: 'documents', gains: new Map(names.map((name) => [pathOf(name), 1])) } };
}

function rowFor({ id, question, wanted, answers }: Question): Readonly<Record<string, unknown>> {
  const asked = { id, question };
  switch (wanted.by) {
    case 'spans': {
      const spans = wanted.places.map(({ start, end }) => [start, end]);
      return { ...asked, document: wanted.places[0]?.document, spans, answers };
    }
    case 'quotes':
      return { ...asked, evidence: wanted.quotes, answers };
    case 'documents':
      return { ...asked, relevant: [...wanted.gains.keys()], answers };
    case 'nothing':
      return { ...asked, answers: answers ?? [] };
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isSpan(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((one) => Number.isInteger(one));
}
