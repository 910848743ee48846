/** How right the words of an answer are. Every measure is in [0, 1]. */
import { withoutCitations } from '../pipeline/cite/citations.ts';

/** Longer gold answers are sentences: nobody writes them word for word. */
const longestSpan = 8;

/**
 * What an answer is judged by: `span`, whose words must stand in it; `yes/no`, which it must begin with; `sentence`,
 * with which it shares words; `none`, where the right answer is a refusal.
 */
export type AnswerKind = 'span' | 'yes/no' | 'sentence' | 'none';

/** Of several gold answers the shortest decides; without any there is nothing to answer. */
export function answerKind(golds: readonly string[]): AnswerKind {
  const [shortest] = golds.map((gold) => gold.trim().split(/\s+/)).sort((a, b) => a.length - b.length);
  if (!shortest) return 'none';
  if (shortest.length > longestSpan) return 'sentence';
  return /^(?:yes|no)$/i.test(normalisedWords(shortest.join(' ')).join(' ')) ? 'yes/no' : 'span';
}

/**
 * Lower case, without citations, ASCII punctuation and articles, as the SQuAD evaluation compares answers
 * (Rajpurkar et al. 2016). Punctuation goes without leaving a space: `1,250` is `1250`.
 */
export function normalisedWords(text: string): string[] {
  const bare = withoutCitations(text)
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~]/g, '');
  return bare.split(/\s+/).filter((word) => word !== '' && !['a', 'an', 'the'].includes(word));
}

/** The words of one gold answer stand as a contiguous run in the answer. A gold without words stands nowhere. */
export function containsGold(answer: string, golds: readonly string[]): boolean {
  const words = normalisedWords(answer);
  return golds.some((gold) => {
    const wanted = normalisedWords(gold);
    return wanted.length > 0 && words.some((_, at) => wanted.every((word, i) => words[at + i] === word));
  });
}

/** The first word of the answer is the first word of a gold one. */
export function firstWordRight(answer: string, golds: readonly string[]): boolean {
  const [first] = normalisedWords(answer);
  return first !== undefined && golds.some((gold) => normalisedWords(gold)[0] === first);
}

/** F1 over the words that answer and gold share, each as often as both have it; the best of the golds. */
export function tokenF1(answer: string, golds: readonly string[]): number {
  const words = normalisedWords(answer);
  return Math.max(0, ...golds.map((gold) => f1(words, normalisedWords(gold))));
}

function f1(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of a) {
    const count = left.get(word) ?? 0;
    if (count > 0) shared++;
    left.set(word, count - 1);
  }
  return shared === 0 ? 0 : (2 * shared) / (a.length + b.length);
}
