/** All passages that speak of something, not only the few that a prompt holds. */
import type { Passage } from '../document.ts';
import type { Collection } from '../index/collection.ts';
import { evidence, features } from './evidence.ts';
import { lookUp } from './look-up.ts';
import { rank } from './rank.ts';
import { partOf, type Within } from './within.ts';

/** How far each index looks. */
const DEPTH = 200;

/**
 * Passages that would, each alone, be evidence enough to ask the model about (`evidence.ts`), best first. `vector` is
 * L2-normalised, null to go by words alone; `embedder` is the id of the model that made it. `searched`: how many
 * passages there were to speak of it.
 */
export function speakingPassages(
  collection: Collection,
  about: string,
  vector: Float32Array | null,
  embedder: string | null,
  within: Within | null = null,
): { readonly passages: readonly Passage[]; readonly searched: number } {
  const part = partOf(collection, within);
  const { hits, passages } = lookUp(collection, { words: about, vector }, { depth: DEPTH, within: part.keys });
  const ranked = rank(hits, passages);
  const weights = collection.keywordIndex.weigh(about);
  const speaking = ranked.filter((one) => {
    const alone = evidence(features([one], weights, part.passages), embedder);
    return alone.evidence >= alone.threshold;
  });
  return { passages: speaking.map(({ passage }) => passage), searched: part.passages };
}
