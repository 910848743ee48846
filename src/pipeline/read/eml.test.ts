import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import type { Document } from '../document.ts';
import { readDocument } from './read.ts';

const FOLDER = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/mail');
const read = (name: string): Promise<Document> =>
  readDocument({ path: `post/${name}`, bytes: new Uint8Array(readFileSync(join(FOLDER, name))) });
const readText = (text: string): Promise<Document> =>
  readDocument({ path: 'a.eml', bytes: new TextEncoder().encode(text.replaceAll('\n', '\r\n')) });
const html = ({ shown }: Document): string => (shown.as === 'html' ? shown.html : '');
const files = ({ inner }: Document): [string, string][] =>
  inner.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]);

describe('eml', () => {
  it('reads headers, paragraphs, lists and quotes, and hands out attachments under harmless names', async () => {
    const document = await read('plain.eml');
    expect(document.text).toBe(
      'From: Åse Dahl <ase@example.org>\nTo: Ole Lund <ole@example.org>\nCc: board@example.org\n' +
        'Date: Fri, 06 Mar 2026 09:30:00 +0100\nSubject: Møte om båthuset\nAttachments: rent.txt, møte.pdf\n\n' +
        'Hello Ole,\n\nthe meeting is on Monday:\n\n- bring the keys\n\n- bring the lease\n\n' +
        'On Thursday Ole wrote:\n\nWhen do we meet?\n\nThe boathouse is cold.\n\nBring a coat.\n\nÅse',
    );
    expect(document).toMatchObject({
      kind: 'eml',
      title: 'Møte om båthuset',
      author: 'Åse Dahl <ase@example.org>',
      date: '2026-03-06T08:30:00Z',
      notes: [],
    });
    expect(document.blocks.map(({ kind }) => kind)).toEqual(
      'paragraph paragraph paragraph item item paragraph quote quote quote paragraph'.split(' '),
    );
    expect(document.blocks[0]).toMatchObject({ start: 0, end: document.text.indexOf('\n\n') });
    expect(html(document)).toContain('<p><strong><span data-start="0">From:</span></strong><span data-start="5"> Åse');
    expect(html(document)).toMatch(
      /<blockquote><p>.*When do we meet.*<blockquote><p>.*cold.*<\/p><\/blockquote><p>.*coat/,
    );
    expect(files(document)).toEqual([
      ['rent.txt', 'Rent: 310 euros'],
      ['møte.pdf', '%PDF-1.4 nothing'],
      ['attachment 3.json', '{}'],
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('reads the formatted form where there are two, runs and fetches nothing of it, and counts its pictures', async () => {
    const document = await read('rich.eml');
    expect(document.text.slice(document.text.indexOf('\n\n') + 2)).toBe(
      'Costs\n\nThe costs are below.\n\nItem | Euros\nKeys | 40\nBoat | 500\n\nWhat are the costs?',
    );
    expect(document.blocks.map(({ kind }) => kind)).toEqual('paragraph heading paragraph row row row quote'.split(' '));
    expect(document.parts.map(({ label }) => label)).toEqual(['Costs', 'Costs']);
    expect(document.notes).toEqual(['2 pictures were left out; only text is read.']);
    expect(document.omitted).toEqual([]);
    expect(html(document)).not.toMatch(/script|img|tracker/);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('tells plain text that says other things than the formatted text', async () => {
    const document = await readText(
      'From: a@example.org\nSubject: Two\nContent-Type: multipart/alternative; boundary=b\n\n--b\n' +
        'Content-Type: text/plain\n\nEntirely different words stand here\n--b\nContent-Type: text/html\n\n<p>Keys</p>\n--b--\n',
    );
    expect(document.text).toBe('From: a@example.org\nSubject: Two\n\nKeys');
    expect(document.omitted).toEqual([
      { what: 'another form of the text', text: 'Entirely different words stand here' },
    ]);
    expect(document.notes).toEqual(['Its plain text says other things than its formatted text, which was read.']);
  });

  it('shows a forwarded mail in its place, and hands out one that was attached', async () => {
    const document = await read('forward.eml');
    expect(document.text).toContain('Attachments: kept.eml\n\nSee below.\n\nFrom: Eva <eva@example.org>\n');
    expect(document.text.endsWith('The lease ends in May.')).toBe(true);
    expect(document).toMatchObject({ title: 'Fwd: The lease', date: '2026-03-06T08:30:00Z' });
    expect(document.inner.map(({ path }) => path)).toEqual(['kept.eml', 'The lease/note.txt']);
    const kept = await readDocument({ path: `a.eml/kept.eml`, bytes: document.inner[0]!.bytes });
    expect(kept).toMatchObject({ kind: 'eml', title: 'Kept apart' });
    expect(brokenPromises(document)).toEqual([]);
  });

  it('reads headers and text whose bytes are not what they say', async () => {
    const document = await read('broken-charset.eml');
    expect(document.text).toBe(
      'From: Zoë <zoe@example.org>\nSubject: Café\n\nLe café ferme à dix heures, la clé est chez Zoë.',
    );
  });

  it.each([
    ['utf-16 without a mark', 'utf-16le', ''],
    ['utf-16 with a mark', 'utf-16le', '\uFEFF'],
  ])('reads %s', async (_, __, mark) => {
    const text = `${mark}From: zoe@example.org\r\nSubject: Clé\r\n\r\nLa clé.\r\n`;
    const bytes = new Uint8Array(Uint16Array.from([...text].map((c) => c.charCodeAt(0))).buffer);
    const document = await readDocument({ path: 'a.eml', bytes });
    expect(document).toMatchObject({ kind: 'eml', text: 'From: zoe@example.org\nSubject: Clé\n\nLa clé.' });
  });

  it('says what is locked or cannot be opened, and keeps the headers', async () => {
    const locked = await read('encrypted.eml');
    expect(locked.text).toBe('From: anna@example.org\nDate: Fri, 6 Mar 2026 09:30:00 GMT\nSubject: Secret');
    expect(locked.notes).toEqual(['Its body is encrypted and was not read. Save the mail decrypted and add that.']);
    const packed = await read('winmail-broken.eml');
    expect(packed.text).toMatch(/The plan is attached\.$/);
    expect(packed.notes[0]).toMatch(/^“winmail\.dat”, .* is damaged and was not read\./);
    expect(packed.inner).toEqual([]);
    const enveloped = await read('enveloped.eml');
    expect(enveloped.text).toBe('From: anna@example.org\nSubject: Oars');
    expect(enveloped.notes).toEqual([expect.stringMatching(/^Its body is encrypted \(S\/MIME\) and was not read/)]);
    expect((await read('signed-cut.eml')).notes).toEqual([expect.stringContaining('could not be followed')]);
  });

  it.each(['signed.eml', 'signed-stream.eml', 'signed-twice.eml'])(
    'reads what an opaque signature holds: %s',
    async (name) => {
      const document = await read(name);
      expect(document.text).toBe(
        'From: anna@example.org\nSubject: Oars\nAttachments: rent.txt\n\nThe oars hang in the loft.',
      );
      expect(files(document)).toEqual([['rent.txt', 'Rent: 310 euros\n']]);
      expect(document.notes).toEqual(['It carries a digital signature, which was not checked.']);
      expect(brokenPromises(document)).toEqual([]);
    },
  );

  it('reads winmail.dat: its text where it says more, its files, the message inside it', async () => {
    const document = await read('winmail.eml');
    expect(document.text).toBe(
      'From: anna@example.org\nSubject: Plan\nAttachments: rent.txt, long näme.txt\n\nSee the package.\n\n' +
        'The café opens at nine, and the oars hang in the loft.\n\nSubject: The lease\n\nThe lease ends in May.',
    );
    expect(files(document)).toEqual([
      ['rent.txt', 'Rent: 310 euros'],
      ['long näme.txt', 'Keys: two'],
    ]);
    expect(document.notes).toEqual([]);
    expect(brokenPromises(document)).toEqual([]);
    const same = await read('winmail-same.eml');
    expect(same.text.match(/opens at nine/g)).toHaveLength(1);
    expect((await read('winmail-cut.eml')).inner.map(({ path }) => path)).toContain('rent.txt');
  });

  it('reads a mail cut off in an attachment', async () => {
    const document = await read('cut.eml');
    expect(document.text).toMatch(/Åse$/);
    expect(document.inner.map(({ path }) => path)).toContain('rent.txt');
  });

  it('refuses parts nested without end, and stops at mails in mails', async () => {
    await expect(read('deep.eml')).rejects.toMatchObject({ code: 'damaged', message: expect.stringMatching(/^“deep/) });
    const document = await read('matryoshka.eml');
    expect(document.text.match(/level \d/g)).toEqual([8, 7, 6, 5, 4, 3].map((level) => `level ${level}`));
    expect(document.inner.map(({ path }) => path)).toEqual([
      'level 7/level 6/level 5/level 4/level 3/attachment 1.eml',
    ]);
  });

  it('reads the words of formatting nested beyond all sense', async () => {
    const document = await readText(
      `From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/html\n\n${'<div>'.repeat(100_000)}Keys`,
    );
    expect(document.text).toBe('From: a@example.org\n\nKeys');
    expect(document.notes).toEqual(['Its formatting is nested too deeply to follow; only its words were read.']);
  });

  it('keeps markup in headers and names harmless', async () => {
    const document = await readText(
      'From: <b>x</b> <script>@example.org\nSubject: <img src=x onerror=alert(1)>\n' +
        'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; name="a<b>.txt"\n' +
        'Content-Disposition: attachment\n\nx\n--b--\n',
    );
    expect(document.inner[0]?.path).toBe('a_b_.txt');
    expect(brokenPromises(document)).toEqual([]);
  });

  it('gives every attachment a name of its own', async () => {
    const part = '--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="../a.txt"\n\nx\n';
    const document = await readText(
      `From: a@example.org\nSubject: Same\nContent-Type: multipart/mixed; boundary=b\n\n${part}${part}${part}--b--\n`,
    );
    expect(document.inner.map(({ path }) => path)).toEqual(['a.txt', 'a (2).txt', 'a (3).txt']);
  });

  it('is known by its headers under any name, and no text that only looks a little like it', async () => {
    const bytes = new Uint8Array(readFileSync(join(FOLDER, 'plain.eml')));
    expect((await readDocument({ path: 'plain.txt', bytes })).kind).toBe('eml');
    expect(
      (await readDocument({ path: 'a.txt', bytes: new TextEncoder().encode('Date: May\nNotes: keys\n\nx') })).kind,
    ).toBe('text');
  });

  it('reads any mail-like text, or refuses it with a sentence', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '--b',
        '--b--',
        '> quoted',
        'Content-Type: text/html',
        'Content-Type: message/rfc822',
        'From x',
        '<table><tr><td>a',
      ),
      fc.string({ maxLength: 30 }),
      fc.constantFrom(
        'Content-Type: multipart/mixed; boundary=b',
        'Content-Transfer-Encoding: base64',
        'Content-Disposition: attachment',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
        try {
          expect(brokenPromises(await readText(`From: a@example.org\nSubject: x\n${lines.join('\n')}`))).toEqual([]);
        } catch (error) {
          if (!(error instanceof ReadError)) throw error;
          expect(error).not.toHaveProperty('cause');
        }
      }),
      { numRuns: 200 },
    );
  });
});
