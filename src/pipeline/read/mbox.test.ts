import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import type { Document } from '../document.ts';
import { readDocument } from './read.ts';

const bytes = new Uint8Array(
  readFileSync(join(import.meta.dirname, '../../../tests/fixtures/documents/formats/mail/box.mbox')),
);
const readText = (text: string): Promise<Document> =>
  readDocument({ path: 'box.mbox', bytes: new TextEncoder().encode(text) });

describe('mbox', () => {
  it('reads each mail as a part, with quoted From lines as they were sent', async () => {
    const document = await readDocument({ path: 'box.mbox', bytes });
    const head = 'From: Anna Berg <anna@example.org>\nTo: Ole Lund <ole@example.org>\n';
    const first = `${head}Date: Fri, 06 Mar 2026 09:30:00 +0100\nSubject: Keys\n\nThe keys hang by the door.\nFrom now on they stay there.`;
    const second = `${head}Date: Sat, 07 Mar 2026 10:00:00 +0100\nSubject: Boat\nAttachments: boat.txt\n\nThe boat is green.`;
    const third = `${head}Date: Fri, 06 Mar 2026 09:30:00 +0100\n\nNo subject here.`;
    expect(document.text).toBe([first, second, third].join('\n\n'));
    expect(document).toMatchObject({ kind: 'mbox', title: 'box', notes: [] });
    expect(document.parts.map(({ label }) => label)).toEqual(['message 1: Keys', 'message 2: Boat', 'message 3']);
    expect(document.parts.map(({ start, end }) => document.text.slice(start, end))).toEqual([first, second, third]);
    expect(document.inner.map(({ path }) => path)).toEqual(['message 2/boat.txt']);
    const html = document.shown.as === 'html' ? document.shown.html : '';
    expect(html.match(/<section data-part="\d">/g)).toHaveLength(3);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('reads what the envelope hides under another ending', async () => {
    expect((await readDocument({ path: 'box', bytes })).kind).toBe('mbox');
    const one = new TextEncoder().encode(
      'From a@example.org Fri Mar  6 08:30:00 2026\nFrom: a@example.org\nSubject: x\n\nKeys\n',
    );
    expect(await readDocument({ path: 'one.eml', bytes: one })).toMatchObject({ kind: 'eml', title: 'x' });
  });

  it('reads ten thousand mails within a minute', async () => {
    const mail = (n: number): string =>
      `From a@example.org Fri Mar  6 08:30:00 2026\nFrom: a@example.org\nSubject: Mail ${n}\n\nThe key number ${n}.\n\n`;
    const document = await readText(Array.from({ length: 10_000 }, (_, i) => mail(i)).join(''));
    expect(document.parts).toHaveLength(10_000);
    expect(document.parts.at(-1)?.label).toBe('message 10000: Mail 9999');
  }, 60_000);

  it('goes on after a mail beyond all limits, and says so', async () => {
    const deep = Array.from(
      { length: 150 },
      (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`,
    ).join('');
    const document = await readText(
      `From a Fri Mar  6 08:30:00 2026\n${deep}x\n\nFrom a Fri Mar  6 08:30:00 2026\nFrom: a@example.org\nSubject: x\n\nKeys\n`,
    );
    expect(document.parts.map(({ label }) => label)).toEqual(['message 2: x']);
    expect(document.notes[0]).toMatch(/^1 mail was nested/);
  });

  it('reads any mailbox-like text, or refuses it with a sentence', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        'From a Fri Mar  6 08:30:00 2026',
        'Subject: y',
        '>From me',
        '--b',
        'Content-Type: text/html',
        '\r',
      ),
      fc.string({ maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
        try {
          const text = `From a Fri Mar  6 08:30:00 2026\nSubject: x\n${lines.join('\n')}`;
          expect(brokenPromises(await readText(text))).toEqual([]);
        } catch (error) {
          if (!(error instanceof ReadError)) throw error;
          expect(error).not.toHaveProperty('cause');
        }
      }),
      { numRuns: 200 },
    );
  });
});
