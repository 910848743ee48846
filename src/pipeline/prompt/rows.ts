/** Table rows as a small model reads them best: each cell with the name of its column. */
import type { Passage } from '../document.ts';

const separator = ' | ';

/**
 * `Work | Firm | Cost` over `Roof | Brackley | £31,250` becomes `Work: Roof; Firm: Brackley; Cost: £31,250`.
 * A row with another number of cells, and a passage without a header, stay as they are.
 */
export function labelledRows({ text, header }: Pick<Passage, 'text' | 'header'>): string {
  const columns = header?.split(separator) ?? [];
  if (columns.length < 2) return text;
  const lines = text.split('\n').map((line) => {
    const cells = line.split(separator);
    if (cells.length !== columns.length) return line;
    return cells.map((cell, i) => `${columns[i]}: ${cell}`).join('; ');
  });
  return lines.join('\n');
}

/** The context without the table header, when the rows name their columns themselves. */
export function contextOfRows({ context, header }: Pick<Passage, 'context' | 'header'>): string {
  return header && context.endsWith(header) ? context.slice(0, -header.length).replace(/\s*›\s*$/, '') : context;
}
