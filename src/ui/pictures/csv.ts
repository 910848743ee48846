/** A table for other programs (RFC 4180). */

/** Null for nothing. */
export type CsvCell = string | number | null;

/** Words stand in quotes, numbers have up to `places` decimal places, lines end as the standard says. */
export function csv(columns: readonly string[], rows: readonly (readonly CsvCell[])[], places = 6): string {
  const unit = 10 ** places;
  const cell = (value: CsvCell): string => {
    if (value === null) return '';
    return typeof value === 'string' ? words(value) : String(Math.round(value * unit) / unit);
  };
  return [columns.join(','), ...rows.map((row) => row.map(cell).join(','))].map((line) => `${line}\r\n`).join('');
}

/** A sign in front, where a spreadsheet would take what a document says for a formula. */
function words(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
