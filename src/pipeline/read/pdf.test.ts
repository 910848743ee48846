import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { readDocument } from './read.ts';

const folder = join(import.meta.dirname, '../../../tests/fixtures/documents/readers');
const load = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const read = (name: string, password?: string) =>
  readDocument({ path: name, bytes: load(name) }, password === undefined ? {} : { password });

describe('pdf', () => {
  it('reads columns in order, mends hyphens, and keeps pages apart', async () => {
    const document = await read('handbook.pdf');
    const pages = document.parts.map(({ start, end }) => document.text.slice(start, end));
    expect(document.title).toBe('The Harbour Library');
    expect(pages[0]).toBe(
      [
        'Using the reading room',
        'The reading room of the old harbour library opens at nine in the morning and closes at eight in the evening. ' +
          'Visitors leave bags and umbrellas in the lockers by the door, which take a coin and give it back.',
        'Maps are kept in the long drawers on the north side. A map may be taken out only by the librarian, ' +
          'who lays it on the large table under the window.',
        'Photographs are allowed without flash. Whoever needs a reproduction in print quality asks at the counter; ' +
          'it costs four euros a sheet and takes three days.',
        'The well-known chart of 1761 is shown on the first Sunday of each month. On all other days a facsimile ' +
          'stands in its place, which is as large as the original and far easier to read.',
      ].join('\n\n'),
    );
    expect(pages[1]).toBe(
      'Fees\n\nService | Euros | Days\nCopy | 0.20 | 1\nScan | 4.00 | 3\n\nThe office waives fees for pupils.',
    );
    expect(pages[4]).toBe('');
    expect(document.parts.map(({ label }) => label)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `page ${n}`));
    expect(document.blocks[0]).toMatchObject({ kind: 'heading', level: 1 });
    expect(document.blocks.filter(({ kind }) => kind === 'row').at(-1)).toMatchObject({
      header: 'Service | Euros | Days',
    });
    expect(brokenPromises(document)).toEqual([]);
  });

  it('sets running lines apart and names the page without text', async () => {
    const { shown, text, notes } = await read('handbook.pdf');
    expect(text).not.toMatch(/handbook|of 4/);
    expect(shown.as === 'pages' && shown.margins.map(({ page, text: line }) => `${page}: ${line}`)).toEqual(
      [1, 2, 3, 4].flatMap((page) => [`${page}: Harbour Library handbook`, `${page}: Page ${page} of 4`]),
    );
    expect(notes).toEqual([
      'Page 5 holds no text, only pictures or nothing; it was not read.',
      '8 running headers, footers and page numbers were left out of the text.',
    ]);
  });

  it('places each run on the page as it is shown', async () => {
    const { shown, text } = await read('handbook.pdf');
    const pages = shown.as === 'pages' ? shown.pages : [];
    const run = pages[0]!.runs.find(({ start }) => text.startsWith('Photographs', start))!;
    expect(run.x).toBeCloseTo(310, 0);
    // The baseline lies 130 points below the upper edge.
    expect(run.y).toBeLessThan(130);
    expect(run.y + run.height).toBeGreaterThan(130);
    expect(run.height).toBeLessThan(14);
    const turned = pages[5]!;
    expect([turned.width, turned.height]).toEqual([842, 595]);
    expect(turned.runs[0]!.width).toBeGreaterThan(turned.runs[0]!.height * 3);
  });

  it('opens a locked file with its password only', async () => {
    expect((await read('locked.pdf', 'carrel')).text).toBe('The key is under the mat.');
    await expect(read('locked.pdf')).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining('locked with a password'),
    });
    await expect(read('locked.pdf', 'wrong')).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining('not the right one'),
    });
  });

  it('falls back to the name for a useless title', async () => {
    expect((await read('notice.pdf')).title).toBe('notice');
  });

  it('refuses scans and damaged files with a sentence', async () => {
    await expect(read('scan.pdf')).rejects.toMatchObject({
      code: 'picture',
      message: expect.stringContaining('text recognition'),
    });
    const head = load('notice.pdf').slice(0, 60);
    await expect(readDocument({ path: 'cut.pdf', bytes: head })).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringMatching(/^“cut\.pdf” .*\.$/),
    });
  });

  it('reports its progress and leaves the bytes to the caller', async () => {
    const bytes = load('handbook.pdf');
    const seen: number[] = [];
    await readDocument({ path: 'handbook.pdf', bytes }, { onProgress: (fraction) => seen.push(fraction) });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((n) => n / 6));
    expect(bytes).toEqual(load('handbook.pdf'));
  });
});
