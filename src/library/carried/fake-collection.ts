/** A small collection with all that a file can hold, and files with something wrong in them, for tests beside this file. */
import type { Answer, Source } from '../../pipeline/answer.ts';
import type { Passage } from '../../pipeline/document.ts';
import { answered, documentOf, passagesOf, readEntry, vectorsOf, waitingEntry } from '../kept/fake-desk.ts';
import { defaultSettings } from '../settings.ts';
import type { Question } from '../../lab/question.ts';
import type { AskSettings, Entry, Turn } from '../state.ts';
import { deskCollection, type Carriable } from './collection.ts';
import { bytesOf, ContainerReader, ContainerWriter, sum, unpacked, type Listed } from './container.ts';
import { manifestName, type Manifest } from './manifest.ts';
import { saveCollection } from './save.ts';
import { directory, endOf, localHeader, type ZipEntry } from './zip-layout.ts';

export const now = new Date('2026-03-01T12:00:00Z');

const texts = {
  'keys.txt': 'The key hangs behind the clock.\nThe clock is slow. \ud83d\ude42',
  'mail/notes.eml': 'The boat is moored at berth 4.',
  'mail/notes.eml/list.txt': 'Ropes, lamps, \ud800 a lone surrogate.',
};

export const entries: readonly Entry[] = [
  ...Object.entries(texts).map(([path, text]) => {
    const outer = path.endsWith('list.txt') ? 'mail/notes.eml' : null;
    return readEntry(waitingEntry(path, text, { outer, help: { recognise: true } }), text);
  }),
  waitingEntry('locked.pdf', 'not read', {
    status: { state: 'failed', reason: '“locked.pdf” is locked.', remedy: 'password' },
  }),
  waitingEntry('late.txt', 'The tide turns at noon.', {
    status: { state: 'unfinished', reason: 'The page was closed.' },
  }),
];

const asked: AskSettings = {
  ...{ generator: 'model:tiny', promptPassages: 2, promptText: 'passages', reading: 'once', search: 'both' },
  within: { paths: ['keys.txt'], heading: '' },
};

function answerFrom(passages: readonly Passage[]): Answer {
  const sources = passages.map((passage, i): Source => {
    return { number: i + 1, passage, documentName: 'keys.txt', part: '' };
  });
  const text = 'Behind the clock [1]. It is blue.';
  return {
    ...{ text, made: { model: 'tiny', placed: 1 }, madeBecause: '', refused: false, sources, removedCitations: [7] },
    sentences: [
      { text: 'Behind the clock [1].', start: 0, end: 21, citations: [1], support: { supported: true } },
      {
        ...{ text: 'It is blue.', start: 22, end: 33, citations: [] },
        support: { supported: false, why: 'No source says so.', instead: sources[1]! },
      },
    ],
    ...{ stopped: false, offered: { text: 'The clock is slow.', source: 2 } },
    survey: { kind: 'list', of: 'clocks', fitting: 2, read: 2, searched: 4 },
    trace: {
      ...{ question: 'Where is the key?', evidence: 0.8, calibrated: true, threshold: 0.4 },
      features: { cosine: null, coverage: 1, standing: 2, length: 1.1, size: 1.6 },
      corrections: [{ from: 'kee', to: 'key' }],
      candidates: passages.map((passage, i) => ({
        ...{ passage, keywordRank: i + 1, keywordScore: 2.5, terms: [{ term: 'key', share: 2.5 }] },
        ...{ vectorRank: null, cosine: null, fused: 1 / (i + 1) },
        fate: i === 0 ? { kept: true, number: 1, note: 'It stands out.' } : { kept: false, why: 'It is far behind.' },
      })),
      searched: { passages: 4, embedded: 4 },
      prompt: { text: 'prompt', ids: [1, 2, 3], readBefore: 1 },
      ...{ writtenIds: [4, 5], times: [{ stage: 'search', milliseconds: 3.5 }] },
    },
  };
}

const first = passagesOf(documentOf('keys.txt', texts['keys.txt']));

export const turns: readonly Turn[] = [
  {
    ...answered(1_700_000_000_000, 'Where is the key?'),
    ...{ streamed: 'Behind', answer: answerFrom(first), askedWith: asked, changedSources: ['keys.txt'] },
    earlier: [{ answer: answerFrom(first), askedWith: asked, question: 'Where is it?' }],
  },
  { ...answered(1_700_000_000_009, 'And its colour?'), understood: 'What colour is the key?', from: 1_700_000_000_000 },
  { ...answered(1_700_000_000_010, 'What?'), phase: 'failed', error: 'The model was lost.' },
];

export const questions: readonly Question[] = [
  {
    ...{ id: 'q1', question: 'Where is the key?', answers: ['behind the clock'] },
    wanted: { by: 'quotes', quotes: [{ document: 'keys.txt', quote: 'The key hangs behind the clock.' }] },
  },
  { id: 'q2', question: 'What does the moon weigh?', wanted: { by: 'nothing' }, answers: [] },
  { id: 'q3', question: 'Which list?', wanted: { by: 'documents', gains: new Map([['mail/notes.eml/list.txt', 1]]) } },
];

export const collection: Carriable = deskCollection(
  {
    ...{ name: 'Harbour', settings: { ...defaultSettings, passageTokens: 96 }, entries, turns, questions },
    vectorsOf: (path) => Promise.resolve(vectorsOf(entries.find((entry) => entry.path === path)!.passages)),
  },
  now,
);

export const saved = (originals = true): Promise<Blob> => saveCollection(collection, { originals, now });

/** The entries of a file, as text, or as bytes where they are none. */
export type Entries = Map<string, string | Uint8Array<ArrayBuffer>>;

/** The same file with other entries: its manifest lists them as they are, so that only what they hold is wrong. */
export async function altered(change: (entries: Entries) => void, file?: Blob): Promise<Blob> {
  const container = await ContainerReader.open(file ?? (await saved()));
  const found: Entries = new Map();
  for (const [name, entry] of container.entries) {
    const bytes = await unpacked(await container.packed(entry), entry);
    found.set(name, /vectors|original/.test(name) ? bytes : new TextDecoder().decode(bytes));
  }
  change(found);
  const writer = new ContainerWriter();
  const listed: Listed[] = [];
  for (const [name, content] of found) {
    if (name === manifestName) continue;
    listed.push(await writer.add(name, new Blob([content]), typeof content === 'string'));
  }
  const manifest = JSON.parse(found.get(manifestName) as string) as object;
  await writer.add(manifestName, new Blob([JSON.stringify({ ...manifest, entries: listed })]), false);
  return writer.finish('');
}

/** The same file, but one entry and its line in the manifest say that it unpacks to so many bytes. */
export async function claiming(file: Blob, name: string, bytes: number): Promise<Blob> {
  const container = await ContainerReader.open(file);
  const parts: Blob[] = [];
  const written: ZipEntry[] = [];
  for (const entry of container.entries.values()) {
    let content = await container.packed(entry);
    if (entry.name === manifestName) {
      const manifest = JSON.parse(await content.text()) as Manifest;
      const listed = manifest.entries.map((line) => (line.path === name ? { ...line, bytes } : line));
      content = new Blob([JSON.stringify({ ...manifest, entries: listed })]);
    }
    const offset = written.length === 0 ? 0 : endOf(written.at(-1)!);
    const isManifest = entry.name === manifestName;
    const own = { packed: content.size, crc: isManifest ? await sum(content) : entry.crc };
    const said = entry.name === name ? bytes : isManifest ? content.size : entry.bytes;
    written.push({ ...entry, ...own, offset, bytes: said });
    parts.push(new Blob([localHeader(written.at(-1)!), content]));
  }
  return new Blob([...parts, directory(written)]);
}

/** Replaces text in one entry; the text must be there. */
export function replace(name: string, what: string | RegExp, by: string): (entries: Entries) => void {
  return (found) => {
    const before = found.get(name) as string;
    const after = before.replace(what, by);
    if (after === before) throw new Error(`${name} does not hold ${String(what)}.`);
    found.set(name, after);
  };
}

/** With the byte at `at` another one. */
export async function flipped(file: Blob, at: number, by: number): Promise<Blob> {
  const bytes = await bytesOf(file);
  bytes[at]! ^= by;
  return new Blob([bytes]);
}
