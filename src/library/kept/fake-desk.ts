/** Documents, vectors and answers as the desk has them, for tests beside this file. */
import { hash64 } from '../../pipeline/chunk/hash.ts';
import type { Document, Passage } from '../../pipeline/document.ts';
import type { EmbeddingStamp, StampedVectors } from '../../pipeline/embed/stamp.ts';
import { asTheyCame } from '../arrangement.ts';
import { defaultSettings } from '../settings.ts';
import type { Entry, Status, Turn } from '../state.ts';
import { newTurn } from '../turns.ts';
import type { Desk } from './writer.ts';

export const stamp: EmbeddingStamp = {
  ...{ model: 'small', weights: 'w1', tokenizer: 't1', dimensions: 4, pooling: 'mean' },
  ...{ queryPrefix: '', passagePrefix: '' },
};

export const fileOf = (path: string, text: string): File => new File([text], path, { type: 'text/plain' });

export function documentOf(path: string, text: string): Document {
  return {
    ...{ path, name: path, kind: 'text', title: path, author: '', date: '', text, parts: [], blocks: [] },
    ...{ shown: { as: 'text' }, notes: [], omitted: [], inner: [] },
  };
}

/** A passage for each line. */
export function passagesOf({ path, title, text }: Document): readonly Passage[] {
  let at = 0;
  return text.split('\n').map((line) => {
    const start = at;
    at += line.length + 1;
    const id = hash64(`${title}\n${line}`);
    return { id, path, start, end: start + line.length, context: title, text: line, tokens: 3 };
  });
}

/** One unit vector for each passage, by its place. */
export function vectorsOf(passages: readonly Passage[]): StampedVectors {
  const ids = [...new Set(passages.map(({ id }) => id))];
  const values = new Float32Array(ids.length * stamp.dimensions);
  ids.forEach((_, i) => (values[i * stamp.dimensions + (i % stamp.dimensions)] = 1));
  return { ids, values, stamp };
}

export function waitingEntry(path: string, text: string, more: Partial<Entry> = {}): Entry {
  const file = fileOf(path, text);
  return {
    ...{ path, name: path, status: { state: 'waiting' }, bytes: file.size, file, document: null, passages: [] },
    ...{ outer: null, help: {}, note: '', canKeepBoth: false },
    ...more,
  };
}

/** The entry as it is when all has been read. */
export function readEntry(entry: Entry, text: string): Entry {
  const document = documentOf(entry.path, text);
  const passages = passagesOf(document);
  const status: Status = { state: 'ready', passages: passages.length };
  return { ...entry, document, passages, status };
}

export const answered = (id: number, question: string): Turn => ({ ...newTurn(id, question), phase: 'done' });

export const deskOf = (entries: readonly Entry[], turns: readonly Turn[] = []): Desk => ({
  ...{ entries, turns, settings: defaultSettings, arrangement: asTheyCame, questions: [], limit: null },
});
