import { describe, expect, it } from 'vitest';
import type { Row } from '../table.ts';
import { joinHeaders } from './merged-header.ts';

const rows = (...lines: readonly string[]): Row[] =>
  lines.map((line, i) => ({ number: i + 1, cells: line.split(',').map((cell) => cell.trim()) }));
/** Cells of a row, counted from 1, from one column to another, counted from 0. */
const over = (row: number, from: number, to: number) => ({ s: { r: row - 1, c: from }, e: { r: row - 1, c: to } });
const cells = (all: readonly Row[]) => all.map((row) => row.cells.join(','));

describe('a header of two rows', () => {
  it('is one row of whole names, and so is one of three', () => {
    const two = rows('Place,1886,,1887', ',Eels,Oars,Eels,Oars', 'Quay,4,9,3,8');
    const years = [over(1, 1, 2), over(1, 3, 4)];
    expect(cells(joinHeaders(two, years))).toEqual(['Place,1886 Eels,1886 Oars,1887 Eels,1887 Oars', 'Quay,4,9,3,8']);
    const three = rows('Place,River,,,', ',1886,,1887', ',Eels,Oars,Eels,Oars', 'Quay,4,9,3,8');
    const all = [over(1, 1, 4), over(2, 1, 2), over(2, 3, 4)];
    expect(cells(joinHeaders(three, all))).toEqual([
      'Place,River 1886 Eels,River 1886 Oars,River 1887 Eels,River 1887 Oars',
      'Quay,4,9,3,8',
    ]);
  });

  it.each([
    ['a title over all of it', rows('Report', 'Eels,Oars', '4,9'), [over(1, 0, 1)]],
    ['entries merged over columns', rows('Place,Eels,Oars', 'Quay,none', 'Weir,4,9'), [over(2, 1, 2)]],
    ['values below', rows('Place,Eels', 'Quay,4,9'), [over(1, 1, 2)]],
    ['one column below', rows('Place,Eels', 'Name,Count'), [over(1, 1, 2)]],
  ])('is not found in %s', (_, given, merges) => {
    expect(joinHeaders(given, merges)).toEqual(given);
  });
});
