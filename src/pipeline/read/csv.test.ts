import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { readDocument } from './read.ts';

const read = (text: string, path = 'table.csv') => readDocument({ path, bytes: new TextEncoder().encode(text) });

describe('csv', () => {
  it('writes each row with its column names and shows a table', async () => {
    const document = await read('Name;Born;Notes\r\n"Ada; Countess";1815;"two\nlines"\r\nAlan;1912;\r\n');
    expect(document.text).toBe(
      'Name | Born | Notes\nName: Ada; Countess; Born: 1815; Notes: two lines\nName: Alan; Born: 1912',
    );
    expect(document).toMatchObject({ kind: 'csv', title: 'table', notes: [] });
    expect(document.blocks.map((block) => (block.kind === 'row' ? block.header : null))).toEqual(['', '', '']);
    expect(document.parts).toEqual([{ kind: 'rows', label: 'rows 2–3', start: 0, end: document.text.length }]);
    expect(document.shown.as === 'html' ? document.shown.html : '').toBe(
      '<table><thead><tr><th><span data-start="0">Name</span></th><th><span data-start="7">Born</span></th>' +
        '<th><span data-start="14">Notes</span></th></tr></thead><tbody>' +
        '<tr><td><span data-start="26">Ada; Countess</span></td><td><span data-start="47">1815</span></td>' +
        '<td><span data-start="60">two lines</span></td></tr>' +
        '<tr><td><span data-start="76">Alan</span></td><td><span data-start="88">1912</span></td><td></td></tr></tbody></table>',
    );
    expect(brokenPromises(document)).toEqual([]);
  });

  it('makes a part of every twenty rows', async () => {
    const rows = Array.from({ length: 45 }, (_, i) => `item ${i},${i}`);
    const document = await read(['thing,count', ...rows].join('\n'));
    expect(document.parts.map(({ label }) => label)).toEqual(['rows 2–21', 'rows 22–41', 'rows 42–46']);
    const [, second] = document.parts;
    expect(document.text.slice(second!.start, second!.end)).toMatch(
      /^thing: item 20; count: 20\n[^]*\nthing: item 39; count: 39$/,
    );
    expect(brokenPromises(document)).toEqual([]);
  });

  it('takes numbers in the first row as data', async () => {
    const document = await read('1,2\n3,4\n', 'numbers.csv');
    expect(document.text).toBe('1 | 2\n3 | 4');
    expect(document.parts).toMatchObject([{ label: 'rows 1–2' }]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('reads tabs, and says where quotes are broken', async () => {
    expect((await read('a\tb\n1\t2\n', 'x.tsv')).text).toBe('a | b\na: 1; b: 2');
    const broken = await read('a,b\n1,"open\n2,3\n');
    expect(broken.notes).toEqual([expect.stringMatching(/^A quotation mark in row \d+ is never closed/)]);
    expect(broken.text).toContain('open 2,3');
  });
});

describe('what stands above the table of a csv', () => {
  it('is kept above it: its title as a heading, the rest as rows', async () => {
    const document = await read(
      'Boats of the yard;;;\r\nCounted on;1887-01-02;;\r\n\r\nBoat;Seats;Length;Owner\r\nGull;4;7,5;Ada\r\nTern;2;5;Ben\r\n',
    );
    expect(document.text).toBe(
      'Boats of the yard\n\nCounted on | 1887-01-02\n\nBoat | Seats | Length | Owner\n' +
        'Boat: Gull; Seats: 4; Length: 7,5; Owner: Ada\nBoat: Tern; Seats: 2; Length: 5; Owner: Ben',
    );
    expect(document.blocks.map(({ kind, start, end }) => [kind, document.text.slice(start, end)])).toEqual([
      ['heading', 'Boats of the yard'],
      ['row', 'Counted on | 1887-01-02'],
      ['row', 'Boat | Seats | Length | Owner'],
      ['row', 'Boat: Gull; Seats: 4; Length: 7,5; Owner: Ada'],
      ['row', 'Boat: Tern; Seats: 2; Length: 5; Owner: Ben'],
    ]);
    expect(document.parts).toEqual([{ kind: 'rows', label: 'rows 5–6', start: 0, end: document.text.length }]);
    expect(document.shown.as === 'html' ? document.shown.html : '').toMatch(
      /^<h2><span data-start="0">Boats of the yard<\/span><\/h2><table><tbody><tr><td>.*<\/table><table><thead>/,
    );
    expect(brokenPromises(document)).toEqual([]);
  });

  it('does not hide the delimiter', async () => {
    const document = await read('Eels, sold\n\nYear;Eels\n1880;4\n');
    expect(document.text).toBe('Eels, sold\n\nYear | Eels\nYear: 1880; Eels: 4');
  });

  it('is a row like others where no header follows', async () => {
    const document = await read('Boats\n1,2,3\n4,5,6\n');
    expect(document.text).toBe('Boats\n1 | 2 | 3\n4 | 5 | 6');
    expect(document.parts).toMatchObject([{ label: 'rows 1–3' }]);
  });

  it('is no heading when it is a sentence or a number', async () => {
    const [sentence, number] = [await read('Counted at noon.\na,b\n1,2\n'), await read('1887\na,b\n1,2\n')];
    expect([sentence.text, number.text]).toEqual([
      'Counted at noon.\n\na | b\na: 1; b: 2',
      '1887\n\na | b\na: 1; b: 2',
    ]);
    expect(sentence.blocks.map(({ kind }) => kind)).toEqual(['row', 'row', 'row']);
  });
});

describe('csv of other makes', () => {
  it.each([';', '|', '\t', ','])(
    'finds the delimiter %j, and cells of several lines in quotation marks',
    async (mark) => {
      const rows = [
        ['Boat', 'Seats', 'Remark'],
        ['Gull', '4', '"leaks\r\nat the bow"'],
        ['Tern', '2', 'dry'],
      ];
      const document = await read(rows.map((row) => row.join(mark)).join('\r\n'));
      expect(document.text).toBe(
        'Boat | Seats | Remark\nBoat: Gull; Seats: 4; Remark: leaks at the bow\nBoat: Tern; Seats: 2; Remark: dry',
      );
      expect(brokenPromises(document)).toEqual([]);
    },
  );

  it('is read in the encoding that its bytes show', async () => {
    const bytes = Uint8Array.from([0xff, 0xfe, ...[...'Ort\tZahl\nKöln\t3\n'].flatMap((c) => [c.charCodeAt(0), 0])]);
    expect((await readDocument({ path: 'orte.csv', bytes })).text).toBe('Ort | Zahl\nOrt: Köln; Zahl: 3');
  });

  it('is shown as text when a page could not hold its rows', async () => {
    const document = await read(`thing,count\n${'boat,1\n'.repeat(30_000)}`);
    expect(document.shown).toEqual({ as: 'text' });
    expect(document.parts.at(-1)?.label).toBe('rows 29982–30001');
    expect(brokenPromises(document)).toEqual([]);
  });
});
