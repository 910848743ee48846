/** Inside the passages found: which of their sentences are closest to the question. */
import { sentences } from '../chunk/sentences.ts';
import type { Span } from '../document.ts';
import { contentWords } from '../index/content-words.ts';
import { cosine } from '../index/vector.ts';

export interface NumberedPassage {
  /** Its number in the answer's citations. */
  readonly number: number;
  readonly text: string;
  readonly context: string;
}

/** A sentence of a passage; white space in `text` is folded, the span is over the passage's text. */
export interface ClosestSentence extends Span {
  readonly text: string;
  readonly source: number;
  /** How much of the question it holds, and how close its vector is: comparable within one question. */
  readonly score: number;
}

/** Vector of a short text, L2-normalised, or null where no embedder is at hand. */
export type EmbedText = (text: string) => Promise<Float32Array | null>;

/** Of the sentences, so many are compared by vector where nothing else is said: each costs one call of the embedder. */
const COMPARED = 8;

/** A sentence longer than this (characters) is no answer to show at a glance, but is kept if nothing else fits. */
const longSentence = 400;

/**
 * Sentences in order of closeness.
 * @param question its vector, null to go by words alone
 * @param compared so many, those that share most words, are compared by vector too
 */
export async function rankSentences(
  passages: readonly NumberedPassage[],
  asked: string,
  question: Float32Array | null,
  embed: EmbedText,
  compared = COMPARED,
): Promise<ClosestSentence[]> {
  const wanted = new Set(contentWords(asked));
  const frequency = new Map<string, number>();
  const all = passages.flatMap((passage) =>
    sentences(passage.text).map((span) => {
      const text = passage.text.slice(span.start, span.end).replace(/\s+/g, ' ');
      const words = new Set(contentWords(text));
      for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
      return { ...span, text, source: passage.number, context: passage.context, words };
    }),
  );
  const weight = (word: string) => Math.log(1 + all.length / (1 + (frequency.get(word) ?? 0)));
  const total = [...wanted].reduce((sum, word) => sum + weight(word), 0) || 1;
  const byWords = all
    .map((sentence) => {
      const share = [...wanted].reduce((sum, word) => sum + (sentence.words.has(word) ? weight(word) : 0), 0) / total;
      // A heading or a fragment repeats the question's words without answering it.
      const fragment = sentence.words.size < 3 ? 0.5 : 1;
      return { ...sentence, share: share * fragment * (sentence.text.length > longSentence ? 0.7 : 1) };
    })
    .sort((a, b) => b.share - a.share || a.source - b.source);
  const ranked: ClosestSentence[] = [];
  for (const [i, { start, end, text, source, context, share }] of byWords.entries()) {
    const vector = question && i < compared ? await embed(context ? `${context}\n${text}` : text) : null;
    const closeness = vector && question ? cosine(question, vector) : 0;
    ranked.push({ start, end, text, source, score: share + closeness });
  }
  return ranked.sort((a, b) => b.score - a.score);
}
