/** Word processors' formats: one document in five of them, their code pages, and traps. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import type { Document } from '../document.ts';
import { readDocument } from './read.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/prose');
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(FIXTURES, name)));
const read = (name: string) => readDocument({ path: name, bytes: bytesOf(name) });
const htmlOf = ({ shown }: Document) => (shown.as === 'html' ? shown.html : '');
const headersOf = ({ blocks }: Document) => blocks.flatMap((block) => (block.kind === 'row' ? [block.header] : []));

const BODY = `Works

The wheel turns at nine rounds a minute[1], in low water.

See the plan.
Keep it dry.

Grain

Rye

Flour

Steps

Open the gate.

Set the stone.

Sack | Price
Rye | 12 kr
Oats rolled | 9 kr

Who grinds last waits longest.

The end — źródło, мельница.

Beware of the belt.

[1] Measured in spring.`;

describe.each([
  ['mill.odt', 'odt'],
  ['mill.fodt', 'odt'],
  ['mill.docx', 'docx'],
  ['mill.doc', 'doc'],
  ['mill.rtf', 'rtf'],
])('the document %s', (name, kind) => {
  it('is read with headings, lists, a table, a note and a text box, and knows who wrote it', async () => {
    const document = await read(name);
    expect(document.text).toBe(BODY);
    expect(document).toMatchObject({ kind, title: 'The mill at Överby', author: 'Ida Åkesson', date: '2024-03-05' });
    const kinds = document.blocks.map((block) => block.kind).join(' ');
    const expected =
      'heading paragraph paragraph item item item heading item item row row row quote paragraph paragraph';
    expect(kinds.slice(0, expected.length)).toBe(expected);
    expect(document.blocks.flatMap((block) => (block.kind === 'heading' ? [block.level] : []))).toEqual([1, 2]);
    // LibreOffice does not write into .rtf that a row is a header.
    const header = kind === 'rtf' ? '' : 'Sack | Price';
    expect(headersOf(document)).toEqual(['', header, header]);
    expect(document.parts).toEqual([
      { kind: 'section', label: 'Works', start: 0, end: BODY.indexOf('\n\nSteps') },
      { kind: 'section', label: 'Steps', start: BODY.indexOf('Steps'), end: BODY.length },
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('tells what it leaves out, with the words', async () => {
    const { notes, omitted } = await read(name);
    expect(notes).toContain('Its running headers and footers were left out: “Mill papers, copy two”.');
    expect(notes).toContain('One comment was left out.');
    expect(omitted).toContainEqual({ what: 'running headers and footers', text: 'Mill papers, copy two' });
    expect(omitted.find(({ what }) => what === 'comments')?.text).toContain('Is that so?');
  });

  it('is shown with its marks, its link and its lists', async () => {
    const html = htmlOf(await read(name));
    expect(html).toMatch(/<strong><span data-start="\d+"> ?nine<\/span><\/strong>/);
    expect(html).toMatch(/<em><span data-start="\d+"> ?low<\/span><\/em>/);
    expect(html).toMatch(/<a href="https:\/\/example\.org\/mill"><span data-start="\d+"> ?the plan<\/span><\/a>/);
    expect(html).toMatch(/<ol><li><p><span data-start="\d+">Open the gate/);
    expect(html).toMatch(/<table><t(?:head|body)><tr><t[hd]><span data-start="\d+">Sack/);
  });
});

describe('odt', () => {
  it('leaves deleted text out and tells it', async () => {
    const { omitted } = await read('mill.fodt');
    expect(omitted).toContainEqual({ what: 'deleted text', text: 'Never open on Sundays.' });
  });
});

describe('rtf', () => {
  it('decodes each font by its character set, signs by number, and passes by what is no text', async () => {
    const document = await read('codepages.rtf');
    expect(document.text).toBe(
      'Code pages\n\ncafé мир 日本 łódź\n\n😀 bold link\n\nName | Sum\nOil | 4\n\nFirst\n\n' +
        'Note[1] and this—that.\n\n[1] Below.',
    );
    expect(document).toMatchObject({ title: 'Côte', author: 'Jörg', date: '2023-07-04' });
    expect(document.omitted).toEqual([
      { what: 'running headers and footers', text: 'Mill 1' },
      { what: 'comments', text: 'aside' },
      { what: 'deleted text', text: 'gone' },
      { what: 'hidden text', text: 'secret' },
    ]);
    expect(headersOf(document)).toEqual(['', 'Name | Sum']);
    expect(document.notes).toContain('One picture was left out; only text is read.');
    expect(brokenPromises(document)).toEqual([]);
  });

  it('reads one that breaks off, and says so', async () => {
    const bytes = bytesOf('codepages.rtf');
    const document = await readDocument({ path: 'cut.rtf', bytes: bytes.slice(0, bytes.length - 200) });
    expect(document.text).toContain('Name | Sum\nOil | 4');
    expect(document.notes).toContain('The file breaks off before its end; what was there was read.');
  });
});

describe('docx', () => {
  it('reads formulas and ruby, keeps insertions, leaves deletions out and fetches nothing from outside', async () => {
    const document = await read('outside.docx');
    expect(document.text).toBe('Area x+y new, base (reading)');
    expect(document.omitted).toEqual([
      { what: 'deleted text', text: 'old' },
      { what: 'descriptions of pictures', text: 'A spy' },
    ]);
    expect(htmlOf(document)).not.toContain('127.0.0.1');
  });
});

describe('what a .docx holds of other formats', () => {
  it('is read in its place where it was inserted; what cannot be is told', async () => {
    const document = await read('inserted.docx');
    expect(document.text).toBe(
      'Before.\n\nMeal\n\nMilled twice.\n\nFine\n\nBetween.\n\nWords in Rich Text.\n\nPlain words.\n\nMore of them.\n\n' +
        'Words of another document.\n\nSack | Price\nRye | 12\n\nA saved page.\n\nAfter.',
    );
    expect(document.blocks.map(({ kind }) => kind).join(' ')).toBe(
      'paragraph heading paragraph item paragraph paragraph paragraph paragraph paragraph row row paragraph paragraph',
    );
    expect(htmlOf(document)).toMatch(/<strong><span data-start="\d+"> ?twice<\/span><\/strong>/);
    expect(document.notes).toEqual([
      'In the inserted part “a.html”: One picture was left out; only text is read.',
      'The inserted part “e.html” was left out: it holds no words.',
      'The inserted part “far.html” was left out: it lies outside of the file, and nothing is fetched.',
      'The inserted part “none.html” was left out: it is missing.',
      'The inserted part “a.html” was left out: it stands in the text before.',
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('is read beside another part of its name from another folder', async () => {
    const files = unzipSync(bytesOf('inserted.docx'));
    const relations = 'word/_rels/document.xml.rels';
    files[relations] = strToU8(strFromU8(files[relations]!).replace('chunks/none.html', 'others/a.html'));
    files['word/others/a.html'] = strToU8('<p>Bran from elsewhere.</p>');
    const document = await readDocument({ path: 'inserted.docx', bytes: zipSync(files) });
    expect(document.text).toContain('Milled twice.');
    expect(document.text).toContain('A saved page.\n\nBran from elsewhere.\n\nAfter.');
    expect(document.notes.filter((note) => note.includes('stands in the text before'))).toHaveLength(1);
  });

  it('is told for the same reason where it is inserted again', async () => {
    const files = unzipSync(bytesOf('inserted.docx'));
    files['word/chunks/a.html'] = strToU8('<p> </p>');
    const { notes } = await readDocument({ path: 'inserted.docx', bytes: zipSync(files) });
    const told = notes.filter((note) => note.startsWith('The inserted part “a.html”'));
    expect(told).toEqual(Array(2).fill('The inserted part “a.html” was left out: it holds no words.'));
  });

  it('is handed out where it was embedded; programs, equations and links are counted, workbooks of charts are not', async () => {
    const document = await read('embedded.docx');
    expect(document.inner.map(({ path }) => path)).toEqual([
      ...['Microsoft_Word.docx', 'oleObject1.doc', 'notes.txt', 'oleObject3.docx', 'oleObject4.pdf'],
    ]);
    expect(new TextDecoder().decode(document.inner[2]?.bytes)).toBe('Notes on the belt.');
    const kinds = await Promise.all(document.inner.slice(0, 4).map(async (file) => (await readDocument(file)).kind));
    expect(kinds).toEqual(['docx', 'doc', 'text', 'docx']);
    expect(document.notes).toEqual(['3 embedded files were left out.', 'Left out: 1 chart.']);
  });
});

describe('doc', () => {
  /** The fixture with one byte of its head, two bytes of mark at its beginning, set to another value. */
  const withHead = (offset: number, value: number) => {
    const bytes = bytesOf('mill.doc');
    const head = bytes.findIndex((byte, i) => i % 512 === 0 && byte === 0xec && bytes[i + 1] === 0xa5);
    bytes[head + offset] = value;
    return readDocument({ path: 'mill.doc', bytes });
  };

  it('is refused when it is locked with a password, or older than Word 97', async () => {
    await expect(withHead(0x0b, 0x13)).rejects.toMatchObject({ name: 'ReadError', code: 'encrypted' });
    await expect(withHead(0x03, 0x00)).rejects.toMatchObject({ name: 'ReadError', code: 'unsupported' });
  });
});

describe('traps', () => {
  it.each([
    ['bomb.odt', 'too-large'],
    ['deep.odt', 'damaged'],
    ['deep.docx', 'damaged'],
    ['deep.rtf', 'damaged'],
    ['laughs.odt', 'damaged'],
    ['laughs.docx', 'damaged'],
    ['locked.odt', 'encrypted'],
    ['nobody.odt', 'damaged'],
  ])('%s is refused as %s, with a sentence', async (name, code) => {
    await expect(read(name)).rejects.toMatchObject({
      name: 'ReadError',
      code,
      message: expect.stringMatching(/^“.*” .*\.$/),
    });
  });
});

describe('any bytes', () => {
  const SEEDS = ['mill.odt', 'mill.docx', 'mill.doc', 'mill.rtf', 'codepages.rtf'].map(
    (name) => [name, bytesOf(name)] as const,
  );
  const change = fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) });
  const mutated = fc
    .record({
      seed: fc.constantFrom(...SEEDS),
      changes: fc.array(change, { minLength: 1, maxLength: 20 }),
      keep: fc.double({ min: 0.1, max: 1, noNaN: true }),
    })
    .map(({ seed: [name, bytes], changes, keep }) => {
      const copy = bytes.slice(0, keep > 0.6 ? bytes.length : Math.ceil(bytes.length * keep));
      for (const { at, value } of changes) copy[at % copy.length] = value;
      return { path: name, bytes: copy };
    });

  it('in: a document that keeps its promises, or a ReadError', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (input) => {
        try {
          expect(brokenPromises(await readDocument(input))).toEqual([]);
        } catch (error) {
          if (!(error instanceof ReadError)) throw error;
        }
      }),
      { numRuns: 150, seed: 4 },
    );
  }, 60_000);

  it('after the opening of Rich Text: control words in any order', async () => {
    const word = fc.constantFrom(
      ...String.raw`{ } \par \cell \row \nestcell \nestrow \intbl \itap3 \trowd \pard {\footnote {\field {\*\fldinst {\fldrslt {\header {\shptxt {\pict {\upr \u-10179 \uc0 \'e4 \bin9 {\*\unknown \deleted \v \b text ${'é'}`.split(
        ' ',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 60 }), async (words) => {
        const bytes = new TextEncoder().encode(String.raw`{\rtf1 ` + words.join(' '));
        try {
          expect(brokenPromises(await readDocument({ path: 'any.rtf', bytes }))).toEqual([]);
        } catch (error) {
          if (!(error instanceof ReadError)) throw error;
        }
      }),
      { numRuns: 300, seed: 4 },
    );
  }, 60_000);
});
