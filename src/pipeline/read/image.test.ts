import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import { pictureSize } from './picture-size.ts';
import { readDocument } from './read.ts';
import type { RecognisedLine } from './reading.ts';

const folder = new URL('../../../tests/fixtures/documents/formats/viewer/', import.meta.url);
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));
const line = (text: string, y: number): RecognisedLine => ({ text, x: 10, y, width: 100, height: 20 });
const lines = [line('The lighthouse', 10), line('It was lit', 80), line(' in  1871. ', 104), line('  ', 130)];

describe('a picture', () => {
  it('is not read before it is asked for, and says what can be done', async () => {
    await expect(readDocument({ path: 'a/letter.png', bytes: fixture('letter.png') })).rejects.toThrow(
      expect.objectContaining({
        code: 'picture',
        message: '“letter.png” is a picture. Its text, if it shows any, can be recognised here on this machine.',
      }),
    );
  });

  it('becomes a page with the lines where they were seen', async () => {
    const given: Blob[] = [];
    const recognise = (picture: Blob) => {
      given.push(picture);
      return Promise.resolve(lines);
    };
    const document = await readDocument({ path: 'letter.png', bytes: fixture('letter.png') }, { recognise });
    expect(given.map(({ size }) => size)).toEqual([fixture('letter.png').length]);
    expect(document).toMatchObject({ kind: 'image', title: 'letter', text: 'The lighthouse\n\nIt was lit\nin 1871.' });
    expect(document.blocks).toEqual([
      { kind: 'paragraph', start: 0, end: 14 },
      { kind: 'paragraph', start: 16, end: 35 },
    ]);
    expect(document.parts).toEqual([{ kind: 'page', label: 'page 1', start: 0, end: 35 }]);
    expect(document.shown).toMatchObject({ as: 'pages', pages: [{ number: 1, start: 0, end: 35 }] });
    expect(brokenPromises(document)).toEqual([]);
  });

  it('without words in it is refused', async () => {
    const recognise = () => Promise.resolve([]);
    await expect(readDocument({ path: 'a.png', bytes: fixture('letter.png') }, { recognise })).rejects.toMatchObject({
      code: 'no-text',
    });
  });

  it('that cannot be decoded is damaged', async () => {
    const recognise = () => Promise.reject(new Error('no picture'));
    await expect(readDocument({ path: 'a.png', bytes: fixture('letter.png') }, { recognise })).rejects.toMatchObject({
      code: 'damaged',
    });
  });

  it('that would take gigabytes is refused by its header alone', async () => {
    const bytes = fixture('letter.png').slice();
    new DataView(bytes.buffer).setUint32(16, 60_000);
    new DataView(bytes.buffer).setUint32(20, 60_000);
    await expect(readDocument({ path: 'a.png', bytes })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('of any bytes gives a document or a reading error', async () => {
    const starts = ['89504e470d0a1a0a', 'ffd8ffe1', '474946383961', '524946460000000057454250', '424d000000000000'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 80 }), async (start, rest) => {
        const bytes = new Uint8Array([...Buffer.from(start, 'hex'), ...rest]);
        const recognise = () => Promise.resolve(lines);
        const read = readDocument({ path: 'a.png', bytes }, { recognise });
        const outcome = await read.then(brokenPromises, (error: unknown) => error);
        expect(outcome instanceof ReadError || (Array.isArray(outcome) && outcome.length === 0)).toBe(true);
      }),
    );
  });
});

describe('pictureSize', () => {
  it('reads PNG, and JPEG as it is shown when it lies on its side', () => {
    const { width, height } = pictureSize(fixture('letter.png'))!;
    expect(height).toBeGreaterThan(width);
    const sideways = pictureSize(fixture('sideways.jpg'))!;
    expect(sideways.width).toBeGreaterThan(sideways.height);
  });

  it.each([
    ['GIF', '47494638396140000300'],
    ['BMP', '424d0000000000000000000000000000000040000000fdffffff'],
    ['lossy WebP', '524946460000000057454250565038200000000000000000000040000300'],
    ['lossless WebP', '5249464600000000574542505650384c000000002f3f800000'],
    ['WebP with features', '524946460000000057454250565038580a000000000000003f0000020000'],
  ])('reads %s', (_, hex) => {
    expect(pictureSize(new Uint8Array(Buffer.from(hex, 'hex')))).toEqual({ width: 64, height: 3 });
  });

  it('is null for a file cut short', () => {
    expect(pictureSize(new Uint8Array([0x89, 0x50, 0x4e]))).toBeNull();
    expect(pictureSize(new Uint8Array())).toBeNull();
  });
});
