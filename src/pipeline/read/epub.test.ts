import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import type { Document } from '../document.ts';
import { readDocument } from './read.ts';

const FOLDER = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/archives');
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, name)));
const read = (name: string): Promise<Document> => readDocument({ path: name, bytes: bytesOf(name) });

describe('epub', () => {
  it('reads chapters in reading order under the names of the table of contents', async () => {
    const document = await read('pandoc.epub');
    expect(document.text).toBe(
      'The boathouse\n\nAnna Berg\n\nOle Lund\n\n2026-03-06\n\nKeys\n\nThey hang by the door.1\n\nSpares\n\nfront\n\nback\n\n' +
        'Both of them.↩︎\n\nCosts\n\nItem | Euros\nKeys | 40\nBoat | 500',
    );
    expect(document).toMatchObject({
      kind: 'epub',
      title: 'The boathouse',
      author: 'Anna Berg, Ole Lund',
      date: '2026-03-06',
      notes: [],
    });
    expect(document.parts.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
      'chapter The boathouse',
      'chapter Keys',
      'chapter Costs',
    ]);
    expect(document.parts.map(({ start, end }) => document.text.slice(start, end).split('\n')[0])).toEqual([
      'The boathouse',
      'Keys',
      'Costs',
    ]);
    expect(document.blocks.at(-1)).toMatchObject({ kind: 'row', header: 'Item | Euros' });
    const html = document.shown.as === 'html' ? document.shown.html : '';
    expect(html.match(/<section data-part="\d">/g)).toHaveLength(3);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('reads an old book whole: what is missing is told, nothing is expanded, fetched or found outside of it', async () => {
    const document = await read('old.epub');
    expect(document.text).toBe(
      'Keys\n\nThey hang by the door.1\n\n1 Both of them.\n\nFront\n\nBack\n\nThe lease\n\nIt ends in May, at the café.&boom;&file;',
    );
    expect(document).toMatchObject({ title: 'The & Boathouse', author: 'Anna Berg, Ole Lund', date: '2026-03' });
    expect(document.parts.map(({ label }) => label)).toEqual(['The keys', 'The lease']);
    expect(document.blocks.map(({ kind }) => kind)).toEqual(
      'heading paragraph paragraph item item heading paragraph'.split(' '),
    );
    expect(document.notes).toEqual([
      'Chapters that its reading order names are missing: “passwd”, “ghost”.',
      '2 pictures were left out; only text is read.',
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it.each([
    ['locked.epub', 'encrypted', /copy protection/],
    ['broken.epub', 'damaged', /list of its chapters/],
  ])('refuses %s with a sentence', async (name, code, why) => {
    await expect(read(name)).rejects.toMatchObject({ name: 'ReadError', code, message: expect.stringMatching(why) });
  });

  it('is known by its content', async () => {
    const document = await readDocument({ path: 'book.zip', bytes: bytesOf('old.epub') });
    expect(document.kind).toBe('epub');
  });

  it('reads a damaged book, or refuses it with a sentence', async () => {
    const whole = bytesOf('pandoc.epub');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 4, max: whole.length - 1 }), fc.nat(255)), { maxLength: 10 }),
        async (changes) => {
          const bytes = whole.slice();
          for (const [at, value] of changes) bytes[at] = value;
          try {
            expect(brokenPromises(await readDocument({ path: 'a.epub', bytes }))).toEqual([]);
          } catch (error) {
            if (!(error instanceof ReadError)) throw error;
          }
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});
