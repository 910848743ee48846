/** The tables of a page: which hold data, and which row heads them. */
import { MAX_CELL } from './table.ts';

/** A table of data, not one that lays out a page: rows of short cells without headings, code or tables in them. */
export function isDataTable(table: Element): boolean {
  const role = table.getAttribute('role');
  if (role === 'presentation' || role === 'none') return false;
  if (table.querySelector('table, pre, h1, h2, h3, h4, h5, h6, form, nav, article') !== null) return false;
  let widest = 0;
  for (const row of table.querySelectorAll('tr')) {
    const cells = cellsOf(row);
    widest = Math.max(widest, cells.length);
    if (cells.some((cell) => cellText(cell).length > MAX_CELL)) return false;
  }
  return widest > 1;
}

export function cellsOf(row: Element): Element[] {
  return [...row.children].filter((child) => /^t[dh]$/i.test(child.localName));
}

/**
 * The first row of a table heads it when it says so (thead, th), or when it has none of that and is all bold
 * or stands in words over columns of numbers.
 */
export function isHeaderRow(row: Element, cells: readonly Element[]): boolean {
  const filled = cells.filter(hasText);
  if (filled.length < 2 && cells.length > 1) return false;
  if (row.parentElement?.localName.toLowerCase() === 'thead' || filled.every((cell) => isTag(cell, 'th'))) return true;
  const table = row.closest('table');
  if (table === null || filled.some((cell) => NUMBER.test(cellText(cell)) || cellText(cell).length > 60)) return false;
  if (filled.every(isBold)) return true;
  const below = [...table.querySelectorAll('tr')].slice(1, 50).map(cellsOf);
  return (
    below.length > 1 && cells.some((_, i) => below.every((other) => NUMBER.test(other[i] ? cellText(other[i]) : '')))
  );
}

const NUMBER = /^[-+(]?[$€£¥]?\s?\d[\d.,\s]*\s?[%$€£¥]?\)?$/;

function isBold(cell: Element): boolean {
  const bold = [...cell.querySelectorAll('strong, b')].map(cellText).join(' ');
  return bold !== '' && bold.replace(/\s/g, '') === cellText(cell).replace(/\s/g, '');
}

export function isTag(element: Element, tag: string): boolean {
  return element.localName.toLowerCase() === tag;
}

export function cellText(cell: Element): string {
  return (cell.textContent ?? '').replace(/\s+/g, ' ').trim();
}

export function hasText(cell: Element): boolean {
  return /\S/.test(cell.textContent ?? '');
}
