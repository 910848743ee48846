/** Every kind of vector index, a naive scan to hold it against, and vectors to try it on. */
import { readFileSync } from 'node:fs';
import { AutoIndex } from '../../src/pipeline/index/auto.ts';
import { FlatIndex } from '../../src/pipeline/index/flat.ts';
import type { Scored, VectorIndex } from '../../src/pipeline/index/interface.ts';
import { cosine } from '../../src/pipeline/index/vector.ts';
import { VoyIndex } from '../../src/pipeline/index/voy.ts';

export const VOY = readFileSync(new URL('../../node_modules/voy-search/voy_search_bg.wasm', import.meta.url));

export const KINDS: Record<string, (dimensions: number) => VectorIndex> = {
  'flat, floats': (dimensions) => FlatIndex.create(dimensions, { scan: 'floats' }),
  'flat, codes': (dimensions) => FlatIndex.create(dimensions, { scan: 'codes' }),
  'flat, codes from 30': (dimensions) => FlatIndex.create(dimensions, { codesFrom: 30 }),
  'flat, plain': (dimensions) => FlatIndex.create(dimensions, { scan: 'plain' }),
  voy: (dimensions) => VoyIndex.create(dimensions, VOY),
  auto: (dimensions) => AutoIndex.create(dimensions, VOY, { most: 30, back: 20 }),
};

export function normalised(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
}

export function randomVector(random: () => number, dimensions: number): Float32Array {
  return normalised(Array.from({ length: dimensions }, () => random() + random() + random() - 1.5));
}

export function naive(vectors: ReadonlyMap<number, Float32Array>, query: Float32Array, k: number): Scored[] {
  return [...vectors]
    .map(([key, vector]) => ({ key, score: cosine(query, vector) }))
    .sort((a, b) => b.score - a.score || a.key - b.key)
    .slice(0, k);
}
