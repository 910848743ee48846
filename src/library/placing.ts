/** Where the evidence of a question set stands in the documents on the desk. */
import { placed, type Placed } from '../lab/quotes.ts';
import type { Question } from '../lab/question.ts';
import { sentenceOf } from './sentence.ts';
import type { Entry } from './state.ts';

/** A question that could not be asked: `why` is a sentence. */
export interface LeftOut {
  readonly question: Question;
  readonly why: string;
}

/** A question whose evidence is not on the desk could only be lost. */
export function placeAll(
  questions: readonly Question[],
  entries: readonly Entry[],
): { readonly ready: readonly Placed[]; readonly leftOut: readonly LeftOut[] } {
  const texts = new Map(entries.flatMap(({ path, document }) => (document ? [[path, document.text] as const] : [])));
  const ready: Placed[] = [];
  const leftOut: LeftOut[] = [];
  for (const question of questions) {
    const absent = documentsOf(question).find((path) => !texts.has(path));
    if (absent !== undefined) leftOut.push({ question, why: `“${absent}” is not on the desk.` });
    else {
      try {
        ready.push(placed(question, texts));
      } catch (error) {
        leftOut.push({ question, why: sentenceOf(error) });
      }
    }
  }
  return { ready, leftOut };
}

function documentsOf({ wanted }: Question): readonly string[] {
  switch (wanted.by) {
    case 'spans':
      return wanted.places.map(({ document }) => document);
    case 'quotes':
      return wanted.quotes.map(({ document }) => document);
    case 'documents':
      return [...wanted.gains.keys()];
    case 'nothing':
      return [];
  }
}
