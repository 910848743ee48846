/** A question, the passages it is asked over, and the page's answer to it. */
import type { Candidate, Found } from '../../../src/pipeline/answer.ts';
import type { Place } from '../../../src/lab/metrics.ts';
import { answerQuestion, type Model } from '../../../src/pipeline/pipeline.ts';
import type { Passage } from '../../../src/pipeline/document.ts';
import type { Spelt } from '../../../src/pipeline/retrieve/spell.ts';
import type { Placed } from '../../../src/lab/quotes.ts';
import type { Searched } from '../searching.ts';
import { rowOf, type AnswerRow, type Judged } from './row.ts';
import type { GeneratorName } from './writers.ts';

export interface Task {
  readonly question: Omit<Judged, 'evidence'>;
  readonly asked: Spelt;
  /** What is read, and where in it the answer stands. The model counts what fits. */
  find(model: Model): Promise<{ readonly found: Found; readonly evidence: readonly Place[] }>;
}

/** A question with the passages that the page's search found for it. @throws Error where nobody said what is right */
export function searchedTask({ question, asked, found, read }: Searched): Task {
  const { id, source = '', question: text, wanted, answers } = question;
  if (!answers && wanted.by !== 'nothing')
    throw new Error(`Question ${id} has no answers: --answers needs them, [] where the documents do not answer.`);
  const evidence = placesOf(wanted);
  return {
    question: { id, source, question: text, golds: answers ?? [] },
    asked,
    find: () => Promise.resolve({ found: { ...found, candidates: read }, evidence }),
  };
}

/** What a search would say that found these passages, in this order, beyond doubt. */
export function foundBeyondDoubt(passages: readonly Passage[]): Found {
  const candidates = passages.map((passage, i): Candidate => ({
    passage,
    keywordRank: null,
    keywordScore: null,
    terms: [],
    vectorRank: null,
    cosine: null,
    fused: 0,
    fate: { kept: true, number: i + 1 },
  }));
  return {
    candidates,
    evidence: 1,
    features: { cosine: null, coverage: 1, standing: 0, length: 0, size: 0 },
    calibrated: false,
    threshold: 0,
    strong: 1,
    searched: { passages: passages.length, embedded: 0 },
  };
}

/** Answers a question as the page does, and judges the answer. */
export async function ask(task: Task, model: Model, made: GeneratorName): Promise<AnswerRow> {
  const { found, evidence } = await task.find(model);
  let given = 0;
  let ended: AnswerRow['ended'] = null;
  const watched: Model = {
    prompt: async (passages, question) => {
      const prompt = await model.prompt(passages, question);
      given = prompt.passages;
      return prompt;
    },
    readAhead: (...asked) => model.readAhead(...asked),
    generate: async (...asked) => {
      const generated = await model.generate(...asked);
      ended = generated.ended;
      return generated;
    },
  };
  const answer = await answerQuestion(
    task.question.question,
    {
      understand: () => Promise.resolve({ ...task.asked, vector: null, warning: '' }),
      embedText: () => Promise.resolve(null),
      // What is offered beside a refusal is no answer, and not measured.
      search: () => Promise.resolve({ ...found, strong: Infinity }),
      writer: { made, load: () => Promise.resolve(watched) },
      place: ({ path }) => ({ documentName: path, part: '' }),
    },
    new AbortController().signal,
  );
  return rowOf({ ...task.question, evidence }, answer, { given, ended });
}

/** A whole document has no end that is known here. */
export function wholeDocument(document: string): Place {
  return { document, start: 0, end: Infinity };
}

function placesOf(wanted: Placed['wanted']): readonly Place[] {
  switch (wanted.by) {
    case 'nothing':
      return [];
    case 'spans':
      return wanted.places;
    case 'documents':
      return [...wanted.gains.keys()].map(wholeDocument);
  }
}
