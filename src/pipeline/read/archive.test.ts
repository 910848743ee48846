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
const read = (name: string, path = name): Promise<Document> => readDocument({ path, bytes: bytesOf(name) });
const paths = ({ inner }: Document): string[] => inner.map(({ path }) => path);

describe('zip', () => {
  it('lists its files and hands them out under harmless paths, archives under a name that tells them', async () => {
    const document = await read('papers.zip');
    expect(document.text).toBe(
      'File | Size\nnotes/keys.txt | 26 bytes\nlease.md | 1.5 kB\nword/list.txt | 45 bytes\nempty.txt | 0 bytes\n' +
        'etc/évil.txt | 14 bytes\nwork/drive.txt | 8 bytes\nroot.txt | 12 bytes\na_b_.txt | 7 bytes\nmore.zip | 128 bytes\nmore.dat | 128 bytes',
    );
    expect(document).toMatchObject({ kind: 'zip', title: 'papers', notes: ['3 hidden files were left out.'] });
    expect(document.blocks.every(({ kind }) => kind === 'row')).toBe(true);
    expect(document.blocks[1]).toEqual({ kind: 'row', header: 'File | Size', start: 12, end: 37 });
    expect(paths(document)).toEqual([
      ...['notes/keys.txt', 'lease.md', 'word/list.txt', 'etc/évil.txt', 'work/drive.txt', 'root.txt', 'a_b_.txt'],
      ...['more.zip', 'more.dat.zip'],
    ]);
    expect(new TextDecoder().decode(document.inner[0]?.bytes)).toBe('The keys hang by the door.');
    expect(brokenPromises(document)).toEqual([]);
  });

  it.each([
    ['bomb.zip', ['small.txt'], 'Not unpacked: “zeros.txt”. They would grow more than 100 times, as traps do.'],
    [
      'lying.zip',
      ['good.txt'],
      'Not unpacked: “grows.txt”. They are damaged: fetch the archive again from where it came.',
    ],
    [
      'locked.zip',
      ['open.txt'],
      'Not unpacked: “secret.txt”. A password locks them: unpack the archive and add the files.',
    ],
    ['rare.zip', [], 'Not unpacked: “rare.txt”. They are packed in a rare way: unpack the archive and add the files.'],
  ])('%s keeps back what it must, says why, and gives the rest', async (name, given, note) => {
    const document = await read(name);
    expect(paths(document)).toEqual(given);
    expect(document.notes).toEqual([note]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('reads names of old programs', async () => {
    expect(paths(await read('old-names.zip'))).toEqual(['café.txt']);
  });

  it('stops at archives in archives', async () => {
    expect(paths(await read('nested.zip', 'a.zip/b.zip/nested.zip'))).toEqual(['level3.zip']);
    const deep = await read('nested.zip', 'a.zip/b.zip/c.zip/nested.zip');
    expect(deep.inner).toEqual([]);
    expect(deep.notes).toEqual(['Not unpacked: “level3.zip”. They lie in more than 3 archives, one in the other.']);
  });

  it('hands out two thousand files at most', async () => {
    const document = await readDocument({ path: 'many.zip', bytes: storedZip(2002) });
    expect(document.inner).toHaveLength(2000);
    expect(document.blocks).toHaveLength(2003);
    expect(document.notes).toEqual([
      'Not unpacked: “2000.txt”, “2001.txt”. At most 2000 files are read of one archive: unpack it and add the files.',
    ]);
  });

  it('refuses an empty archive and one without its directory', async () => {
    await expect(read('empty.zip')).rejects.toMatchObject({ code: 'no-text' });
    await expect(readDocument({ path: 'a.zip', bytes: bytesOf('papers.zip').slice(0, 900) })).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringMatching(/^“a\.zip” .*\.$/),
    });
  });

  it('is known by its content, also where it holds a PDF as it is', async () => {
    expect((await read('papers.zip', 'papers.txt')).kind).toBe('zip');
    expect((await readDocument({ path: 'a.zip', bytes: storedZip(1, '%PDF-1.4') })).kind).toBe('zip');
  });

  it('reads a damaged archive, or refuses it with a sentence', async () => {
    const whole = bytesOf('papers.zip');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 4, max: whole.length - 1 }), fc.nat(255)), { maxLength: 20 }),
        async (changes) => {
          const bytes = whole.slice();
          for (const [at, value] of changes) bytes[at] = value;
          try {
            const document = await readDocument({ path: 'a.zip', bytes });
            expect(brokenPromises(document)).toEqual([]);
            expect(paths(document).filter((path) => /^\/|(?:^|\/)\.\.(?:\/|$)/.test(path))).toEqual([]);
          } catch (error) {
            if (!(error instanceof ReadError)) throw error;
            expect(error).not.toHaveProperty('cause');
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** An archive of many stored files with the same content, byte by byte. */
function storedZip(count: number, content = 'abc'): Uint8Array {
  const data = new TextEncoder().encode(content);
  const sum = { abc: 0x352441c2 }[content] ?? 0;
  const locals: number[] = [];
  const directory: number[] = [];
  const short = (n: number): number[] => [n & 0xff, (n >>> 8) & 0xff];
  const long = (n: number): number[] => [...short(n & 0xffff), ...short(n >>> 16)];
  for (let i = 0; i < count; i++) {
    const name = [...new TextEncoder().encode(`${i}.txt`)];
    const common = [
      20,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      ...long(sum),
      ...long(data.length),
      ...long(data.length),
      ...short(name.length),
      0,
      0,
    ];
    directory.push(0x50, 0x4b, 1, 2, 20, 0, ...common, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...long(locals.length), ...name);
    locals.push(0x50, 0x4b, 3, 4, ...common, ...name, ...data);
  }
  const end = [
    0x50,
    0x4b,
    5,
    6,
    0,
    0,
    0,
    0,
    ...short(count),
    ...short(count),
    ...long(directory.length),
    ...long(locals.length),
    0,
    0,
  ];
  return Uint8Array.from([...locals, ...directory, ...end]);
}
