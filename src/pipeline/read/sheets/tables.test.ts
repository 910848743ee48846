import { describe, expect, it } from 'vitest';
import type { Row } from '../table.ts';
import { firstRows } from './first-rows.ts';
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

  it('is counted with its repeats; empty cells count nothing', () => {
    const xml =
      '<table:table-row table:number-rows-repeated="10"><table:table-cell table:number-columns-repeated="5" office:value="1"/>' +
      '<table:table-cell table:number-columns-repeated="900"/></table:table-row><table:table-row><table:table-cell><text:p/></table:table-cell></table:table-row>';
    expect(repeatedCells(xml)).toBe(51);
  });
});
