/** Headers of two rows, the upper of which spans columns: `2023` over `Sales` and `Cost`. */
import type { Range } from '@e965/xlsx';
import { filled, isValue } from '../table.ts';
import type { Row } from '../table.ts';

/** Longer texts are no names of columns. */
const MAX_NAME = 80;
/** Merged cells of a row that are looked at. */
const MAX_SPANS = 500;

/**
 * Makes one row of two, `2023 Sales | 2023 Cost`, so that each column has its whole name: where a cell of the upper one
 * spans columns that the lower one names. A title over all of a table is no name: beside it nothing stands.
 */
export function joinHeaders(rows: readonly Row[], merges: readonly Range[]): readonly Row[] {
  const across = new Map<number, Range[]>();
  for (const merge of merges) {
    if (merge.e.c === merge.s.c) continue;
    const known = across.get(merge.s.r + 1);
    if (known === undefined) across.set(merge.s.r + 1, [merge]);
    else if (known.length < MAX_SPANS) known.push(merge);
  }
  if (across.size === 0) return rows;
  // A span may reach beyond every cell, to the sheet's last column.
  const widest = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const joined: Row[] = [];
  for (const row of rows) {
    const upper = joined.at(-1);
    const spans = upper?.number === row.number - 1 ? (across.get(upper.number) ?? []) : [];
    const before = joined.at(-2);
    const isFirst = upper !== undefined && (before?.number !== upper.number - 1 || filled(before.cells) < 2);
    if (upper !== undefined && isFirst && areHeaders(upper, row, spans, across.has(row.number))) joined.pop();
    else {
      joined.push(row);
      continue;
    }
    const names = spread(upper.cells, spans, widest);
    const width = Math.max(names.length, row.cells.length);
    joined.push({
      number: row.number,
      cells: Array.from({ length: width }, (_, i) => both(names[i] ?? '', row.cells[i] ?? '')),
    });
  }
  return joined;
}

/** Numbers under names are entries, unless they span columns as well: years. */
function areHeaders(upper: Row, lower: Row, spans: readonly Range[], isUpper: boolean): boolean {
  if (filled(upper.cells) < 2) return false;
  const named = spans.filter(({ s, e }) => s.r === e.r && filled(lower.cells.slice(s.c, e.c + 1)) > 1);
  const names = lower.cells.filter((cell) => cell !== '');
  return (
    named.length > 0 &&
    [...names, ...upper.cells].every((cell) => cell.length <= MAX_NAME) &&
    (isUpper || !names.some(isValue))
  );
}

/** Each cell in all columns that it spans, of `widest` columns. */
function spread(cells: readonly string[], spans: readonly Range[], widest: number): string[] {
  const all = [...cells];
  for (const { s, e } of spans)
    for (let c = s.c; c <= Math.min(e.c, widest - 1); c++) {
      while (all.length < c) all.push('');
      all[c] = cells[s.c] ?? '';
    }
  return all;
}

function both(upper: string, lower: string): string {
  if (upper === '' || upper === lower) return lower;
  return lower === '' ? upper : `${upper} ${lower}`;
}
