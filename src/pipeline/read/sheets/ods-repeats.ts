/** OpenDocument sheets may say “this row, a million times”: counts what that comes to before anything is unrolled. */

const TAG = /<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>/g;

/** Filled cells that the sheets of a content.xml come to with all their repeats. */
export function repeatedCells(xml: string): number {
  let total = 0;
  let rows = 1;
  for (const [tag, name, attributes = ''] of xml.matchAll(TAG)) {
    if (name === 'table-row') rows = repeats(attributes, 'rows');
    else if (!tag.endsWith('/>') || attributes.includes('office:value')) total += rows * repeats(attributes, 'columns');
  }
  return total;
}

function repeats(attributes: string, of: 'rows' | 'columns'): number {
  return Number(new RegExp(`table:number-${of}-repeated\\s*=\\s*["'](\\d+)`).exec(attributes)?.[1] ?? 1);
}
