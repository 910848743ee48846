/** A collection of made-up passages of any number, the same each time, made as it is asked for. */
import type { Carriable } from '../../src/library/carried/collection.ts';
import type { DocumentRecords } from '../../src/library/kept/whole.ts';
import { defaultSettings } from '../../src/library/settings.ts';
import { hash64 } from '../../src/pipeline/chunk/hash.ts';
import type { Document } from '../../src/pipeline/document.ts';
import { normalise } from '../../src/pipeline/embed/pool.ts';
import type { EmbeddingStamp } from '../../src/pipeline/embed/stamp.ts';
import { randomFrom } from '../search/data.ts';

export const DIMENSIONS = 384;
/** Passages of a document. */
export const EACH = 1000;

const WORDS = 'harbour lamp berth quay tide rope mast keel anchor pilot sound beacon chart hull deck buoy'.split(' ');

const stamp: EmbeddingStamp = {
  ...{ model: 'made-up', weights: '0'.repeat(64), tokenizer: '0'.repeat(64), dimensions: DIMENSIONS },
  ...{ pooling: 'mean', queryPrefix: '', passagePrefix: '' },
};

const cut = { strategy: 'structure', passageTokens: 208, overlapTokens: 0 } as const;

/** Vectors of a document's passages: a direction of the document's own, and noise. @param n from 0 */
export function vectorsOf(n: number, size: number): Float32Array {
  const random = randomFrom(n * 2_654_435 + 97);
  const own = Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const values = new Float32Array(size * DIMENSIONS);
  for (let i = 0; i < size; i++) {
    const row = values.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS);
    for (let d = 0; d < DIMENSIONS; d++) row[d] = own[d]! + 2 * (random() - 0.5);
    normalise(row);
  }
  return values;
}

function recordsOf(n: number, size: number): DocumentRecords {
  const path = `made/document-${n}.txt`;
  const random = randomFrom(n + 1);
  const lines = Array.from({ length: size }, (_, i) => {
    const words = Array.from({ length: 12 }, () => WORDS[Math.floor(random() * WORDS.length)]!);
    return `Passage ${n * EACH + i}: ${words.join(' ')}.`;
  });
  const text = lines.join('\n');
  const name = path.slice(5);
  let at = 0;
  const passages = lines.map((line) => {
    const start = at;
    at += line.length + 1;
    return { id: hash64(`${name}\n${line}`), start, end: start + line.length, context: name, lead: name, tokens: 30 };
  });
  const document: Document = {
    ...{ path, name, kind: 'text', title: name, author: '', date: '', text, parts: [], blocks: [] },
    ...{ shown: { as: 'text' }, notes: [], omitted: [], inner: [] },
  };
  const key = { collection: '', path, version: '' };
  const state = { state: 'read', cut, passages: size, stamp, bytes: text.length + size * 4 * DIMENSIONS } as const;
  return {
    document: {
      ...key,
      added: n + 1,
      outer: null,
      bytes: text.length,
      type: 'text/plain',
      modified: 0,
      help: {},
      state,
    },
    original: undefined,
    text: { ...key, document, passages },
    vectors: { ...key, ids: passages.map(({ id }) => id), values: vectorsOf(n, size) },
  };
}

/** How many passages each document has. */
export function sizes(passages: number): readonly number[] {
  return Array.from({ length: Math.ceil(passages / EACH) }, (_, n) => Math.min(EACH, passages - n * EACH));
}

export function madeCollection(passages: number): Carriable {
  const all = sizes(passages);
  return {
    ...{
      name: `${passages} made-up passages`,
      created: 0,
      settings: defaultSettings,
      turns: [],
      questions: [],
      count: all.length,
    },
    async *documents() {
      for (const [n, size] of all.entries()) yield await Promise.resolve(recordsOf(n, size));
    },
  };
}
