/** The stages of a search, each run by itself with what the one before gave. */
import type { StageSettings } from '../lab/stages.ts';
import { sourcesOf } from '../pipeline/pipeline.ts';
import { evidence } from '../pipeline/retrieve/evidence.ts';
import { rank, type RankOptions } from '../pipeline/retrieve/rank.ts';
import type { Query } from '../pipeline/retrieve/second-step.ts';
import { decide, fuse, secondQuery, type Fused } from '../pipeline/retrieve/steps.ts';
import { placeOf, withSurroundings } from './ask.ts';
import type { Chosen, GlassQuestion, Judged, Outcomes } from './glass-box.ts';
import type { GlassCollection, GlassShelf } from './glass-collection.ts';

export async function lookUp(
  shelf: Pick<GlassShelf, 'lookUp'>,
  { words, vector }: Query,
  { within }: Pick<GlassQuestion, 'within'>,
  { by, depth }: Pick<StageSettings, 'by' | 'depth'>,
  signal: AbortSignal,
): Promise<Outcomes['search']> {
  const query = { words, vector: by === 'words' ? null : vector };
  return { ...(await shelf.lookUp(words, query.vector, { depth, within }, signal)), query };
}

export function fuseHits(searched: Outcomes['search'], settings: StageSettings): Fused {
  return fuse(searched.query, searched, rankOptions(settings), (id) => searched.vectors.get(id));
}

/** A question that asks several things is searched once more here: by what depends on the best passage. */
export async function choosePassages(
  { shelf, entries }: Pick<GlassCollection, 'shelf' | 'entries'>,
  { query, vectors }: Outcomes['search'],
  { ordered }: Fused,
  { within, numbers }: GlassQuestion,
  settings: StageSettings,
  signal: AbortSignal,
): Promise<Chosen> {
  const next = secondQuery(query, ordered, (id) => vectors.get(id));
  const again = next && (await shelf.lookUp(next.words, next.vector, { depth: settings.depth, within }, signal));
  const second = again ? rank(again.hits, again.passages, rankOptions(settings)) : [];
  // Another cut has other passages: numbers of those that it does not have are free.
  const there = new Set(entries.flatMap(({ passages }) => passages.map(({ id }) => id)));
  const had = new Map([...numbers].filter(([id]) => there.has(id)));
  const decided = decide(query.words, ordered, second, { most: settings.most, numbers: had });
  const candidates = settings.promptText === 'passages' ? decided : withSurroundings(decided, entries, within);
  const place = (passage: Parameters<typeof placeOf>[0]) => placeOf(passage, entries);
  return { candidates, sources: sourcesOf(candidates, { place }), second: next?.words ?? null };
}

export function judge(
  { features }: Fused,
  embedder: string | null,
  { threshold }: Pick<StageSettings, 'threshold'>,
): Judged {
  const calibrated = evidence(features, embedder);
  const { threshold: calibratedThreshold } = calibrated;
  return { ...calibrated, features, threshold: threshold ?? calibratedThreshold, calibratedThreshold };
}

function rankOptions({ fusion, vectorWeight }: StageSettings): RankOptions {
  return { fusion, ...(vectorWeight !== null && { vectorWeight }) };
}
