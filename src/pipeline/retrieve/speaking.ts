/** All passages that speak of something, not only the few that a prompt holds. */
import type { Passage } from '../document.ts';
import type { Collection } from '../index/collection.ts';
import { evidence, features } from './evidence.ts';
import { lookUp } from './look-up.ts';
import { rank } from './rank.ts';

/** How far each index looks. */
const DEPTH = 200;

/**
 * Passages that would, each alone, be evidence enough to ask the model about (`evidence.ts`), best first. `vector` is
 * L2-normalised, null to go by words alone; `embedder` is the id of the model that made it.
 */
export function speakingPassages(
  collection: Collection,
  about: string,
  vector: Float32Array | null,
  embedder: string | null,
): readonly Passage[] {
  const { hits, passages } = lookUp(collection, { words: about, vector }, DEPTH);
  const ranked = rank(hits, passages);
  const weights = collection.keywordIndex.weigh(about);
  return ranked
    .filter((one) => {
      const alone = evidence(features([one], weights, collection.size), embedder);
      return alone.evidence >= alone.threshold;
    })
    .map(({ passage }) => passage);
}
