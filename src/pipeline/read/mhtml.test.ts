import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import type { Document } from '../document.ts';
import { readDocument } from './read.ts';

const FOLDER = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/mail');
const bytes = new Uint8Array(readFileSync(join(FOLDER, 'page.mhtml')));
const read = (path: string, data: Uint8Array): Promise<Document> => readDocument({ path, bytes: data });

describe('mhtml', () => {
  it('reads the page in the encoding its markup states, and fetches nothing', async () => {
    const document = await read('page.mhtml', bytes);
    expect(document).toMatchObject({
      kind: 'mhtml',
      text: 'Hours\n\nThe café is open from 9 to 5.',
      title: 'Opening hours',
      date: '2026-03-06T09:00:00Z',
      notes: [
        'It was saved from https://example.org/hours.',
        'One picture was left out; only text is read.',
        'A frame inside the page was left out.',
      ],
      omitted: [{ what: 'a frame', text: 'An advertisement.' }],
    });
    expect(document.blocks).toEqual([
      { kind: 'heading', level: 1, start: 0, end: 5 },
      { kind: 'paragraph', start: 7, end: 36 },
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('is known by its content', async () => {
    expect((await read('page.txt', bytes)).kind).toBe('mhtml');
  });

  it('keeps bytes that are no text from hiding it', async () => {
    const junk = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7) % 32);
    const text = new TextDecoder('latin1')
      .decode(bytes)
      .replace('iVBORw0KGgo=', new TextDecoder('latin1').decode(junk));
    const whole = Uint8Array.from([...text].map((c) => c.charCodeAt(0)));
    expect((await read('page.mhtml', whole)).text).toContain('The café is open');
  });

  it('refuses one without a page', async () => {
    await expect(
      read('no-page.mhtml', new Uint8Array(readFileSync(join(FOLDER, 'no-page.mhtml')))),
    ).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringMatching(/^“no-page\.mhtml” .* the page itself is missing.*\.$/),
    });
  });
});
