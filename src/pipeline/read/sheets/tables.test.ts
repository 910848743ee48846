import { describe, expect, it } from 'vitest';
import type { Row } from '../table.ts';
import { firstOdsRows, firstRows } from './first-rows.ts';
import { repeatedCells } from './ods-repeats.ts';
import { tablesOf } from './tables.ts';

/** Rows as written, one a line, cells parted by commas; empty lines are empty rows. */
function rowsOf(text: string): Row[] {
  return text
    .split('\n')
    .map((line, i) => ({ number: i + 1, cells: line.split(',').map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

describe('the tables of a sheet', () => {
  it('have captions above, and a header for all rows below it, also after an empty row', () => {
    const tables = tablesOf(rowsOf('Boats\nName,,Seats\nGull,,4\n\nTern,,2\n\nA remark'));
    expect(tables.map(({ rows, columns }) => [rows.map(({ number }) => number), columns])).toEqual([
      [[1], { names: [], inFirstRow: false }],
      [[2, 3], { names: ['Name', 'Seats'], inFirstRow: true }],
      [[5], { names: ['Name', 'Seats'], inFirstRow: false }],
      [[7], { names: [], inFirstRow: false }],
    ]);
  });

  it('stand beside one another where each has a header over two columns or more', () => {
    const beside = tablesOf(rowsOf('Boat,Seats,,Name,Since\nGull,4,,Ada,1881\nTern,2,,Ben,1879'));
    expect(beside.map(({ rows, columns, place }) => [place, columns.names, rows.map(({ cells }) => cells)])).toEqual([
      [
        'A–B',
        ['Boat', 'Seats'],
        [
          ['Boat', 'Seats'],
          ['Gull', '4'],
          ['Tern', '2'],
        ],
      ],
      [
        'D–E',
        ['Name', 'Since'],
        [
          ['Name', 'Since'],
          ['Ada', '1881'],
          ['Ben', '1879'],
        ],
      ],
    ]);
  });

  it.each([
    ['a lone column', 'Boat,Seats,,Owner\nGull,4,,Ada\nTern,2,,Ben'],
    ['numbers of the rows at the left', 'Boat,Kind,,Length,Width\nGull,skiff,,7,2\nTern,punt,,5,1'],
    ['rows without a header', 'Gull,4,,Ada,1881\nTern,2,,Ben,1879'],
    ['a first column alone', 'Boat,,Seats,Length\nGull,,4,7\nTern,,2,5'],
  ])('are one for all that %s', (_, text) => {
    expect(tablesOf(rowsOf(text)).map(({ rows, place }) => [rows.length, place])).toEqual([
      [text.split('\n').length, ''],
    ]);
  });

  it('have numbers of their own where their keys say so, or their rows end elsewhere', () => {
    const places = (text: string) => tablesOf(rowsOf(text)).map(({ place }) => place);
    expect(places('Year,Eels,,Year,Oars\n1880,4,,1880,7\n1881,2,,1881,5')).toEqual(['A–B', 'D–E']);
    expect(places('Boat,Kind,,Year,Oars\nGull,skiff,,1880,7\nTern,punt')).toEqual(['A–B', 'D–E']);
  });

  it('have short rows above a header as captions', () => {
    const tables = tablesOf(rowsOf('Report,,,\nFrom,1887-01-02,,\nBoat,Seats,Length,Owner\nGull,4,7,Ada'));
    expect(tables.map(({ rows, isCaption }) => [rows.length, isCaption])).toEqual([
      [2, true],
      [2, false],
    ]);
  });

  it('in tables beside tables end at a depth', () => {
    const nested = Array.from({ length: 40 }, (_, i) => `${',,,'.repeat(i)}a,b\n${',,,'.repeat(i)}1,2`).join('\n');
    const tables = tablesOf(rowsOf(nested));
    expect(tables.flatMap(({ rows }) => rows)).toHaveLength(80);
  });

  it('take labels with colons for no header', () => {
    const [table] = tablesOf(rowsOf('Name:,Gull\nSeats:,4'));
    expect(table?.columns.names).toEqual([]);
  });
});

describe('a long sheet', () => {
  it('is cut after so many rows, and what stands below is kept', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const xml = '<sheetData><row r="1"/><rowBreaks/><row r="2"></row><row r="3"/></sheetData><mergeCells/>';
    const cut = new TextDecoder().decode(firstRows(bytes(xml), 2));
    expect(cut).toBe('<sheetData><row r="1"/><rowBreaks/><row r="2"></row></sheetData><mergeCells/>');
    expect(firstRows(bytes(xml), 3)).toEqual(bytes(xml));
  });

  it('of OpenDocument is cut as well, each by itself, and named', () => {
    const table = (name: string, rows: number) =>
      `<table:table table:name="${name}"><table:table-rows>${'<table:table-row><a/></table:table-row>'.repeat(rows)}</table:table></x>`;
    const given = `<office:body>${table('One', 3)}${table('Two', 2)}${table('Three', 9)}`;
    const kept = `<office:body>${table('One', 2)}${table('Two', 2)}${table('Three', 2)}`;
    expect(firstOdsRows(given, 2)).toEqual({ xml: kept, cut: new Set(['One', 'Three']) });
    expect(firstOdsRows(given, 9)).toEqual({ xml: given, cut: new Set() });
  });

  it('is counted with its repeats; empty cells count nothing', () => {
    const xml =
      '<table:table-row table:number-rows-repeated="10"><table:table-cell table:number-columns-repeated="5" office:value="1"/>' +
      '<table:table-cell table:number-columns-repeated="900"/></table:table-row><table:table-row><table:table-cell><text:p/></table:table-cell></table:table-row>';
    expect(repeatedCells(xml)).toBe(51);
  });
});
