/**
 * The sentences that say most of what their passages say: for a summary without a language model. The weight of a
 * sentence's words in the whole document, where what has been said weighs less (SumBasic: Nenkova and Vanderwende 2005),
 * and its nearness to the passage's vector (the centroid of MEAD: Radev et al. 2004).
 */
import { sentences } from '../chunk/sentences.ts';
import type { Passage } from '../document.ts';
import { contentWords } from '../index/content-words.ts';
import { cosine } from '../index/vector.ts';
import type { EmbedText } from '../retrieve/closest.ts';
import { leans } from './leaning.ts';

/** Content words of a sentence that can stand alone, at least. */
const ENOUGH_WORDS = 5;
/** Characters: a longer one is no point. */
const LONGEST = 320;
/** Sentences of a group that are compared by vector, the heaviest: each costs a call of the embedder. */
const COMPARED = 16;
/** A sentence that leans on the one before says little alone. */
const LEANING = 0.6;

/** How often each content word stands in the document, as a share of all of them. */
export class WordShares {
  private readonly shares: Map<string, number>;

  constructor(passages: readonly Passage[]) {
    this.shares = sharesOf(passages);
  }

  weight(words: readonly string[]): number {
    return words.reduce((sum, word) => sum + (this.shares.get(word) ?? 0), 0) / Math.sqrt(words.length);
  }

  /** A point with these words has been taken: the share of a word is that of its standing in two points by chance. */
  taken(words: readonly string[]): void {
    for (const word of new Set(words)) this.shares.set(word, (this.shares.get(word) ?? 0) ** 2);
  }
}

function sharesOf(passages: readonly Passage[]): Map<string, number> {
  const counts = new Map<string, number>();
  let all = 0;
  for (const { text } of passages) {
    for (const word of contentWords(text)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      all++;
    }
  }
  return new Map([...counts].map(([word, count]) => [word, count / all]));
}

interface Candidate {
  readonly text: string;
  readonly passage: Passage;
  readonly order: number;
  readonly words: readonly string[];
}

/** The `most` most central sentences of a group, in the order in which they stand. `shares` are of the document. */
export async function centralSentences(
  group: readonly Passage[],
  shares: WordShares,
  most: number,
  embed: EmbedText,
): Promise<{ readonly text: string; readonly passage: Passage }[]> {
  const weight = ({ words }: Candidate) => shares.weight(words);
  const heaviest = candidatesOf(group)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, Math.max(COMPARED, most));
  const top = heaviest[0] ? weight(heaviest[0]) : 1;
  const centres = new Map<Passage, Float32Array | null>();
  const left = new Map<Candidate, number>();
  for (const one of heaviest) {
    if (!centres.has(one.passage)) centres.set(one.passage, await embed(one.passage.text));
    const centre = centres.get(one.passage);
    const vector = centre ? await embed(one.text) : null;
    left.set(one, centre && vector ? cosine(centre, vector) : 0);
  }
  const best: Candidate[] = [];
  while (best.length < most && left.size > 0) {
    const scored = [...left].map(([one, nearness]) => {
      const score = weight(one) / top + nearness;
      return { one, score: leans(one.text) ? LEANING * score : score };
    });
    const { one } = scored.reduce((a, b) => (b.score > a.score ? b : a));
    best.push(one);
    left.delete(one);
    shares.taken(one.words);
  }
  return best.sort((a, b) => a.order - b.order).map(({ text, passage }) => ({ text, passage }));
}

function candidatesOf(group: readonly Passage[]): Candidate[] {
  return group.flatMap((passage, place) =>
    sentences(passage.text).flatMap(({ start, end }) => {
      const text = passage.text.slice(start, end).replace(/\s+/g, ' ');
      const words = contentWords(text);
      const isPoint = words.length >= ENOUGH_WORDS && text.length <= LONGEST && /[.!:;)”"]$/.test(text);
      return isPoint ? [{ text, passage, words, order: place * 1e6 + start }] : [];
    }),
  );
}
