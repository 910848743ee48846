/** The map of the passages, as data: `PassageMap` (passage-map.svelte.ts) owns it. */
import type { Nearest } from '../lab/nearest.ts';
import type { Agreement } from '../lab/neighbour-agreement.ts';
import type { Passage } from '../pipeline/document.ts';

/** How vectors come to stand in a plane. Another seed gives another picture of the same vectors. */
export type MapMethod = { readonly by: 'pca' } | { readonly by: 'umap'; readonly seed: number };

/** Neighbours that the map shows and counts. */
export const shownNeighbours = 5;

/** Fewer passages make no map. */
export const leastPassages = 3;

export interface MapPoint {
  readonly path: string;
  readonly passage: Passage;
}

export interface DrawnMap {
  readonly points: readonly MapPoint[];
  readonly method: MapMethod;
  /** x and y of each point in turn, y upwards. */
  readonly places: Float32Array;
  /** What parts of the variance the first two principal components hold. */
  readonly shares: readonly [number, number];
  /** Of each point, in all dimensions; null until they are counted, or where that was stopped. */
  readonly nearest: Nearest | null;
  readonly agreement: Agreement | null;
  /** Passages of the desk that had no vector. */
  readonly without: number;
  /** Id of the embedder that made the vectors, and their length. */
  readonly embedder: string;
  readonly dimensions: number;
}

/** A question among the points. */
export interface MapQuestion {
  readonly text: string;
  readonly place: readonly [number, number];
  /** With each point. */
  readonly cosines: Float32Array;
  /** Points, the one of the largest cosine first. */
  readonly order: Int32Array;
}

/** What is being done; `done` of `total` passages, or of rounds of UMAP. */
export interface MapWork {
  readonly stage: 'vectors' | 'principal' | 'nearest' | 'umap' | 'agreement';
  readonly done: number;
  readonly total: number;
}

export interface MapApi {
  readonly drawn: DrawnMap | null;
  /** Null where no question has been given, or it cannot stand on the map: see `questionProblem`. */
  readonly question: MapQuestion | null;
  /** Null while nothing is being done. */
  readonly work: MapWork | null;
  /** Sentences, or ''. */
  readonly problem: string;
  readonly questionProblem: string;
  /** The passages of the desk are others than those drawn. */
  readonly stale: boolean;
  /** Draws all passages that have vectors; what was being drawn is stopped. */
  draw(method: MapMethod): Promise<void>;
  /** What was drawn before stays. */
  stop(): void;
  /** Puts a question on the map, now and whenever it is drawn; null for none. @param question as it was searched */
  ask(question: string | null): Promise<void>;
}
