import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import type { Document } from '../document.ts';
import { readDocument } from './read.ts';

const FOLDER = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/mail');
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, name)));
const read = (name: string): Promise<Document> => readDocument({ path: name, bytes: bytesOf(name) });

describe('msg', () => {
  it('reads headers, body, the message inside it and attachments, and says which is not there', async () => {
    const document = await read('plain.msg');
    expect(document.text).toBe(
      'From: Åse Dahl <ase@example.org>\nTo: Ole Lund <ole@example.org>\nCc: Board <board@example.org>\n' +
        'Date: 2026-03-06 08:30:00 UTC\nSubject: Møte\nAttachments: rent.txt\n\nBring the keys.\n\nWhen do we meet?\n\n' +
        'From: Eva\nDate: 2026-03-06 08:30:00 UTC\nSubject: The lease\nAttachments: note.txt\n\nThe lease ends in May.',
    );
    expect(document).toMatchObject({
      kind: 'msg',
      title: 'Møte',
      author: 'Åse Dahl <ase@example.org>',
      date: '2026-03-06T08:30:00Z',
      notes: ['The attachment “far.docx” is not in the file itself and was not read.'],
    });
    expect(document.blocks.map(({ kind }) => kind)).toEqual('paragraph paragraph quote paragraph paragraph'.split(' '));
    expect(document.inner.map(({ path, bytes }) => [path, bytes.length])).toEqual([
      ['rent.txt', 4500],
      ['The lease/note.txt', 14],
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('reads HTML in its code page, and counts the picture in it', async () => {
    const document = await read('html.msg');
    expect(document.text).toMatch(/The café costs:\n\nKeys 40$/);
    expect(document.notes).toEqual(['One picture was left out; only text is read.']);
    expect(document.inner).toEqual([]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('unwraps HTML from compressed RTF, with the code page of each font', async () => {
    expect((await read('wrapped.msg')).text).toBe('Subject: Rent\n\nRent is 310 € a month.\n\nПока');
  });

  it('reads RTF that wraps nothing as its words', async () => {
    expect((await read('rtf.msg')).text).toMatch(/^Subject: Rich\n\nFirst line\.\n\n.* 40 • keys$/);
  });

  it('reads strings in the message’s code page, and what a contact holds', async () => {
    expect((await read('narrow.msg')).text).toBe('Subject: договор\n\nКлючи у двери.');
    expect((await read('contact.msg')).text).toBe('Subject: Eva Lund\nCompany: Boats Ltd\nBusiness phone: 555 0100');
  });

  it('reads what an opaque signature holds, and says what is encrypted', async () => {
    const signed = await read('signed.msg');
    expect(signed.text).toBe('Subject: Oars\nAttachments: rent.txt\n\nThe oars hang in the loft.');
    expect(signed.notes).toEqual(['It carries a digital signature, which was not checked.']);
    expect(signed.inner.map(({ path }) => path)).toEqual(['rent.txt']);
    expect((await read('enveloped.msg')).notes).toEqual([expect.stringContaining('It is encrypted (S/MIME)')]);
  });

  it('reads a damaged message, or refuses it with a sentence', async () => {
    const names = ['plain.msg', 'wrapped.msg', 'html.msg'];
    const whole = new Map(names.map((name) => [name, bytesOf(name)]));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(13_000), fc.nat(255)), { maxLength: 20 }),
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        async (name, changes, share) => {
          const bytes = whole.get(name)!.slice(0, Math.ceil(whole.get(name)!.length * share));
          // The magic number stays: without it this is another test.
          for (const [at, value] of changes) if (at > 8 && at < bytes.length) bytes[at] = value;
          try {
            expect(brokenPromises(await readDocument({ path: 'a.msg', bytes }))).toEqual([]);
          } catch (error) {
            if (!(error instanceof ReadError)) throw error;
            expect(error).not.toHaveProperty('cause');
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
