import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDocument, loadVectors } from '../kept/loading.ts';
import { readEntry, stamp, vectorsOf, waitingEntry } from '../kept/fake-desk.ts';
import type { KeptDocument } from '../kept/schema.ts';
import { defaultSettings } from '../settings.ts';
import { deskCollection } from './collection.ts';
import { bytesOf } from './container.ts';
import {
  altered,
  claiming,
  collection,
  entries,
  flipped,
  questions,
  replace,
  saved,
  turns,
  type Entries,
  now,
} from './fake-collection.ts';
import { CarriedError } from './errors.ts';
import { limits, version } from './manifest.ts';
import { openCollection } from './open.ts';
import { saveCollection } from './save.ts';
import { isCollectionFile, isEncrypted } from './recognise.ts';

const file = await saved();
const desk = { name: 'Deep', settings: defaultSettings, questions: [], vectorsOf: () => Promise.resolve(null) };

/** What a file is refused with. */
async function refusal(of: Blob | Promise<Blob>): Promise<CarriedError> {
  const error: unknown = await openCollection(await of).then(
    () => new Error('It was opened.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CarriedError);
  return error as CarriedError;
}

const refused = async (change: (found: Entries) => void): Promise<string> =>
  (await refusal(altered(change, file))).message;

const one = 'documents/1/document.json';

describe('a collection file', () => {
  it('brings documents, passages, vectors, originals, questions, answers and settings back as they were', async () => {
    const { about, settings, documents, turns: back, questions: asked, records } = await openCollection(file);
    expect(about).toMatchObject({
      name: 'Harbour',
      saved: '2026-03-01T12:00:00.000Z',
      documents: 5,
      passages: 4,
      turns: 3,
      questions: 3,
    });
    expect(asked).toEqual(questions);
    expect(settings).toEqual(collection.settings);
    expect(documents.map(({ path, outer }) => ({ path, outer }))).toEqual(
      entries.map(({ path, outer }) => ({ path, outer })),
    );
    for (const [i, record] of documents.entries()) {
      const entry = entries[i]!;
      const { restored } = await loadDocument(records, record);
      expect(restored).toMatchObject({ path: entry.path, outer: entry.outer, help: entry.help });
      expect(restored.document).toEqual(entry.document);
      expect(restored.passages).toEqual(entry.passages);
      expect(await restored.file.text()).toBe(await entry.file.text());
      expect(restored.file).toMatchObject({ type: 'text/plain', lastModified: entry.file.lastModified });
      const vectors = await loadVectors(records, record, stamp);
      expect(vectors).toEqual(entry.document ? vectorsOf(entry.passages) : null);
    }
    expect(back.map(({ id, from }) => ({ id, from }))).toEqual([
      { id: 1, from: null },
      { id: 2, from: 1 },
      { id: 3, from: null },
    ]);
    expect(back.map((turn, i) => ({ ...turn, id: turns[i]!.id, from: turns[i]!.from }))).toEqual(turns);
  });

  it('of version 1, which had no question set, opens with all that it holds', async () => {
    const old = readFileSync(join(import.meta.dirname, '../../../tests/fixtures/collections/version-1.carrel'));
    const opened = await openCollection(new Blob([old]));
    const now = await openCollection(file);
    expect(opened.about).toMatchObject({ version: 1, name: 'Harbour', documents: 5, passages: 4, turns: 3 });
    expect(opened.questions).toEqual([]);
    const dateless = (documents: readonly KeptDocument[]) => documents.map((one) => ({ ...one, modified: 0 }));
    expect(dateless(opened.documents)).toEqual(dateless(now.documents));
    expect([opened.turns, opened.settings]).toEqual([now.turns, now.settings]);
    for (const record of opened.documents) {
      const { restored } = await loadDocument(opened.records, record);
      const wanted = (await loadDocument(now.records, record)).restored;
      expect({ ...restored, file: await restored.file.text() }).toEqual({ ...wanted, file: await wanted.file.text() });
      expect(await loadVectors(opened.records, record, stamp)).toEqual(await loadVectors(now.records, record, stamp));
    }
    // What came later is no entry of it.
    const odd = altered((found) => void found.set('questions.jsonl', ''), new Blob([old]));
    expect((await refusal(odd)).message).toContain('no entry of a collection');
  });

  it('does without the originals, and says of what was not read that it must be added again', async () => {
    const small = await saved(false);
    const { documents, records } = await openCollection(small);
    const loaded = await Promise.all(documents.map((record) => loadDocument(records, record)));
    expect(loaded.map(({ restored }) => restored.file.size)).toEqual([0, 0, 0, 0, 0]);
    expect(loaded[0]!.restored.document).toEqual(entries[0]!.document);
    const [locked, late] = loaded.slice(3).map(({ restored }) => restored.status);
    expect(locked).toEqual({
      state: 'failed',
      reason: '“locked.pdf” is locked. The file itself was not saved with the collection: add it again.',
    });
    expect(late).toMatchObject({ state: 'failed', reason: expect.stringContaining('had not been read') as string });
  });

  it('is known by what it holds, and by its name where that is damaged', async () => {
    expect(await isCollectionFile(new File([file], 'renamed.bin'))).toBe(true);
    expect(await isCollectionFile(new File(['PK'], 'broken.CARREL'))).toBe(true);
    expect(await isCollectionFile(new File(['PK\x03\x04 something else that is a ZIP'], 'other.zip'))).toBe(false);
    expect(await isEncrypted(file)).toBe(false);
  });

  it('is refused with a sentence when any byte of it is another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.size - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const { message } = await refusal(flipped(file, at, by));
        expect(message).toMatch(/^The collection file .+[.]$/s);
      }),
      { numRuns: 400 },
    );
  });

  it('is refused when it is cut short anywhere, and when something comes before or after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.size - 1), async (end) => {
        expect((await refusal(file.slice(0, end))).code).toBe('damaged');
      }),
      { numRuns: 60 },
    );
    expect((await refusal(new Blob([file, ' ']))).code).toBe('damaged');
    expect((await refusal(new Blob([' ', file]))).code).toBe('damaged');
  });

  it('names the entry that is damaged', async () => {
    const bytes = await bytesOf(file);
    // The second document's record lies behind its own name.
    const at = new TextDecoder('latin1').decode(bytes).indexOf('documents/2/document.json') + 40;
    expect((await refusal(flipped(file, at, 1))).message).toContain(
      'the entry documents/2/document.json is not what was saved',
    );
  });

  it('of a newer version is left alone, and it is said', async () => {
    const newer = altered(replace('manifest.json', `"version":${version}`, `"version":${version + 1}`));
    const { code, message } = await refusal(newer);
    expect(code).toBe('newer');
    expect(message).toContain('newer version of Carrel');
  });

  it('stops being checked when the person turns away', async () => {
    const ended = AbortSignal.abort(new Error('Stopped.'));
    await expect(openCollection(file, { signal: ended })).rejects.toThrow('Stopped.');
  });
});

describe('a collection file that means harm', () => {
  it('brings its settings only within their bounds', async () => {
    const odd = await altered(replace('manifest.json', '"passageTokens":96', '"passageTokens":1e9,"index":{"a":1}'));
    const { settings } = await openCollection(odd);
    expect(settings).toMatchObject({ passageTokens: 208, index: 'auto' });
  });

  it('does not grow beyond its bounds, nor beyond what it says, when it is unpacked', async () => {
    expect((await refusal(claiming(file, one, limits.entryBytes + 1))).code).toBe('too-large');
    expect((await refusal(claiming(file, 'manifest.json', limits.manifestBytes + 1))).code).toBe('too-large');
    for (const bytes of [10, 100_000])
      expect((await refusal(claiming(file, one, bytes))).message).toContain(`the entry ${one} does not unpack to`);
  });

  it.each([
    ['a text that its passages do not stand in', replace(one, 'hangs', 'swings'), 'its text is damaged'],
    ['a passage outside the text', replace(one, /"start":0,"end":\d+/, '"start":0,"end":99999'), 'outside its text'],
    ['an offset that is none', replace(one, /"start":0/, '"start":-1'), 'not what Carrel writes'],
    ['another kind of document', replace(one, '"kind":"text"', '"kind":"program"'), 'not what Carrel writes'],
    ['a field that is missing', replace(one, '"notes":[],', ''), 'not what Carrel writes (read.document.notes)'],
    ['another path inside', replace(one, '"document":{"path":"keys.txt"', '"document":{"path":"b"'), 'another path'],
    ['no vectors where it says so', replace(one, /"ids":\[[^\]]*\]/, '"ids":null'), 'no vectors, and a stamp'],
    [
      'a vector of no passage',
      replace(one, /"ids":\["\w{16}"/, '"ids":["0123456789abcdef"'),
      'passages that it does not have',
    ],
    ['dimensions that do not fit', replace(one, '"dimensions":4', '"dimensions":5'), 'some of its vectors are missing'],
    ['another length of the original', replace(one, /"bytes":\d+/, '"bytes":1'), 'another original than it says'],
    [
      'a count that does not fit',
      replace('manifest.json', '"passages":4', '"passages":9'),
      'does not fit what it holds',
    ],
    [
      'a turn under way',
      replace('turns.json', '"phase":"done"', '"phase":"writing"'),
      'turns.json is not what Carrel writes',
    ],
    ['a question set that is none', replace('questions.jsonl', '"id":"q2"', '"id":2'), 'questions.jsonl is not what'],
    ['a question less', replace('questions.jsonl', /.+\n$/, ''), 'does not fit what it holds'],
    ['two sources of one number', replace('turns.json', '"number":2', '"number":1'), 'two sources of one number'],
    ['a sentence outside its answer', replace('turns.json', '"end":33', '"end":333'), 'a sentence outside its text'],
  ])('is refused with %s', async (_, change, says) => {
    expect(await refused(change)).toContain(says);
  });

  it('is refused with vectors that are no directions', async () => {
    for (const value of [NaN, Infinity, 0, 3]) {
      const change = (found: Entries): void => {
        const values = new Float32Array(
          (found.get('documents/1/vectors.f32') as Uint8Array<ArrayBuffer>).buffer.slice(0),
        );
        values.fill(value);
        found.set('documents/1/vectors.f32', new Uint8Array(values.buffer));
      };
      expect(await refused(change)).toContain('its vectors are damaged');
    }
  });

  it('is refused with an entry more, an entry less, a document twice, or one inside itself', async () => {
    expect(await refused((found) => found.set('documents/9/original', new Uint8Array(3)))).toContain(
      'no entry of a collection',
    );
    expect(await refused((found) => found.delete('documents/2/vectors.f32'))).toContain(
      'documents/2/vectors.f32 is missing',
    );
    const twice = (found: Entries): void => {
      for (const name of ['document.json', 'vectors.f32', 'original'])
        found.set(`documents/2/${name}`, found.get(`documents/1/${name}`)!);
      replace('manifest.json', '"passages":4', '"passages":5')(found);
    };
    expect(await refused(twice)).toContain('bears the path of another one');
    const inside = replace('documents/2/document.json', '"outer":null', '"outer":"mail/notes.eml/list.txt"');
    expect(await refused(inside)).toContain('does not stand before it');
  });

  it('is refused when its files lie in one another deeper than any that are read', async () => {
    const chain = ['a', 'b', 'c', 'd', 'e', 'f'].map((path, i, all) => {
      return readEntry(waitingEntry(path, 'Text.', { outer: all[i - 1] ?? null }), 'Text.');
    });
    const deep = (n: number) => deskCollection({ ...desk, entries: chain.slice(0, n), turns: [] }, now);
    const written = (n: number) => saveCollection(deep(n), { originals: false, now });
    expect((await openCollection(await written(5))).documents).toHaveLength(5);
    expect((await refusal(written(6))).message).toContain('“f” lies in more files than Carrel opens');
  });

  it('is never taken in when its entries hold anything at all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(one, 'turns.json', 'questions.jsonl', 'manifest.json'),
        fc.jsonValue(),
        async (name, value) => {
          const change = (found: Entries): void => void found.set(name, JSON.stringify(value));
          const outcome = await altered(change, file)
            .then((odd) => openCollection(odd))
            .catch((error: unknown) => error);
          expect(outcome).toBeInstanceOf(CarriedError);
        },
      ),
      { numRuns: 40 },
    );
  });
});
