/** Lesson “A document is read in pieces”: a text, the size of a passage, and whether an answer stands whole in one. */
import { chunk } from '../pipeline/chunk/chunk.ts';
import { estimateTokens } from '../pipeline/chunk/estimate.ts';
import { sentences } from '../pipeline/chunk/sentences.ts';
import type { Document, Passage } from '../pipeline/document.ts';
import { textBlocks } from '../pipeline/read/text.ts';
import type { Checks } from './checks.ts';

export interface PiecesState {
  readonly text: string;
  /** The text that the lesson begins with. */
  readonly example: string;
  readonly passages: readonly Pick<Passage, 'text' | 'start' | 'end'>[];
  /** Words that belong together. */
  readonly answer: string;
}

/** Cut as a document on the desk is, but by estimated tokens: the embedder's own count needs the embedder. */
export function piecesOf(text: string, passageTokens: number): readonly Passage[] {
  const document: Document = {
    ...{ path: 'typed.txt', name: 'typed.txt', kind: 'text', title: '', text, author: '', date: '' },
    ...{ parts: [], blocks: textBlocks(text).blocks, shown: { as: 'text' }, notes: [], omitted: [], inner: [] },
  };
  return chunk(document, { strategy: 'structure', passageTokens, overlapTokens: 0 }, estimateTokens);
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Where the answer is: whole in a passage, in several, or not in the text any more. */
export function whereIsIt({ text, passages, answer }: PiecesState): 'whole' | 'torn' | 'gone' {
  const sought = plain(answer);
  if (passages.some((passage) => plain(passage.text).includes(sought))) return 'whole';
  return plain(text).includes(sought) ? 'torn' : 'gone';
}

export const piecesChecks = {
  torn: (state) => whereIsIt(state) === 'torn',
  one: ({ passages, text, example }) => passages.length === 1 && plain(text) === plain(example),
  own: ({ text, example, passages }) =>
    passages.length === 3 && sentences(text).length >= 5 && alike(plain(text), plain(example)) < 0.5,
} satisfies Checks<PiecesState>;

/** Share of the sentences of a text that stand in another. */
function alike(text: string, other: string): number {
  const all = sentences(text).map(({ start, end }) => text.slice(start, end).trim());
  return all.filter((sentence) => other.includes(sentence)).length / all.length;
}

export interface MarkedText {
  readonly text: string;
  /** It belongs to the answer. */
  readonly answers: boolean;
}

/** The passages' texts, with the words of the answer apart, also where they are torn. */
export function answerIn({ text, passages, answer }: PiecesState): readonly (readonly MarkedText[])[] {
  const sought = answer
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = new RegExp(sought.join('\\s+')).exec(text);
  const from = match?.index ?? text.length;
  const to = from + (match?.[0].length ?? 0);
  return passages.map(({ start, end }) => {
    const [a, b] = [Math.min(end, Math.max(start, from)), Math.min(end, Math.max(start, to))];
    const pieces = [
      { text: text.slice(start, a), answers: false },
      { text: text.slice(a, b), answers: true },
      { text: text.slice(b, end), answers: false },
    ];
    return pieces.filter((piece) => piece.text !== '');
  });
}
