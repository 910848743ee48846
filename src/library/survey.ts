/** The steps of a list of points, bound to the workers of this page. */
import { isUnder, type Within } from '../pipeline/retrieve/within.ts';
import type { Named } from '../pipeline/survey/request.ts';
import type { SurveyStages } from '../pipeline/survey/survey.ts';
import { embedTextBy, placeOf } from './ask.ts';
import type { Shelf } from './shelf.ts';
import type { Entry } from './state.ts';

/** @param embedding false while the embedder is not here or cannot be had: then words alone decide */
export function surveyStages(
  shelf: Shelf,
  embedding: boolean,
  entries: readonly Entry[],
  within: Within | null,
): SurveyStages {
  const passagesOf = (path: string) => entries.find((entry) => entry.path === path)?.passages ?? [];
  return {
    documents: within?.paths.length,
    passagesOf: (path) => passagesOf(path).filter((passage) => isUnder(passage, within?.heading ?? '')),
    speakingOf: async (about, signal) => {
      const embedded = embedding ? await shelf.embedders.question(about, signal).catch(() => null) : null;
      const vector = embedded?.vector ?? null;
      return { ...(await shelf.speaking(about, vector, within, signal)), vector };
    },
    embedText: embedTextBy(shelf, embedding),
    place: (passage) => placeOf(passage, entries),
  };
}

/** The documents that were read, under the names they are shown by: the path where two share a name. */
export function namedDocuments(entries: readonly Entry[]): readonly Named[] {
  return entries.flatMap(({ path, name, document }) => {
    const isShared = entries.some((other) => other.path !== path && other.name === name);
    return document ? [{ path, name: isShared ? path : name, title: document.title }] : [];
  });
}
