/**
 * The sentences that say most of what their passages say: for a summary without a language model. The weight of a
 * sentence's words in the whole document (SumBasic: Nenkova and Vanderwende 2005), and its nearness to the passage's
 * vector (the centroid of MEAD: Radev et al. 2004).
 */
import { sentences } from '../chunk/sentences.ts';
import type { Passage } from '../document.ts';
import { contentWords } from '../index/content-words.ts';
import { cosine } from '../index/vector.ts';
import type { EmbedText } from '../retrieve/closest.ts';

/** Content words of a sentence that can stand alone, at least. */
const ENOUGH_WORDS = 5;
/** Characters: a longer one is no point. */
const LONGEST = 320;
/** Sentences of a group that are compared by vector: each costs a call of the embedder. */
const COMPARED = 6;
/** A sentence that leans on the one before says little alone. */
const LEANS = /^(?:it|he|she|they|this|that|these|those|then|but|and|so|both|such|after that|here|there)\b/i;

/** How often each content word stands in the document, as a share of all of them. */
export function wordShares(passages: readonly Passage[]): ReadonlyMap<string, number> {
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

/** The `most` most central sentences of a group, in the order in which they stand. `shares` are of the document. */
export async function centralSentences(
  group: readonly Passage[],
  shares: ReadonlyMap<string, number>,
  most: number,
  embed: EmbedText,
): Promise<{ readonly text: string; readonly passage: Passage }[]> {
  const all = group.flatMap((passage, place) =>
    sentences(passage.text).flatMap(({ start, end }) => {
      const text = passage.text.slice(start, end).replace(/\s+/g, ' ');
      const words = contentWords(text);
      if (words.length < ENOUGH_WORDS || text.length > LONGEST || !/[.!?:;)”"]$/.test(text) || /\?$/.test(text))
        return [];
      const weight = words.reduce((sum, word) => sum + (shares.get(word) ?? 0), 0) / Math.sqrt(words.length);
      return [{ text, passage, order: place * 1e6 + start, weight: LEANS.test(text) ? 0.6 * weight : weight }];
    }),
  );
  const heaviest = all.sort((a, b) => b.weight - a.weight).slice(0, Math.max(COMPARED, most));
  const top = heaviest[0]?.weight ?? 1;
  const centres = new Map<Passage, Float32Array | null>();
  const scored = [];
  for (const one of heaviest) {
    if (!centres.has(one.passage)) centres.set(one.passage, await embed(one.passage.text));
    const centre = centres.get(one.passage);
    const vector = centre ? await embed(one.text) : null;
    scored.push({ ...one, score: one.weight / top + (centre && vector ? cosine(centre, vector) : 0) });
  }
  const best = scored.sort((a, b) => b.score - a.score).slice(0, most);
  return best.sort((a, b) => a.order - b.order).map(({ text, passage }) => ({ text, passage }));
}
