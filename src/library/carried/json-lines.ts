/** A collection as JSON lines: a row for each passage, its vector as a list of numbers, null where there is none. */
import type { PassageRow } from './rows.ts';

/** So many rows are one piece of the file. */
const batch = 500;

export async function jsonLines(rows: AsyncIterable<PassageRow>): Promise<Blob> {
  const parts: Blob[] = [];
  let lines: string[] = [];
  const flush = (): void => {
    parts.push(new Blob(lines));
    lines = [];
  };
  for await (const row of rows) {
    lines.push(`${jsonLine(row)}\n`);
    if (lines.length === batch) flush();
  }
  flush();
  return new Blob(parts, { type: 'application/x-ndjson' });
}

export function jsonLine({ vector, ...row }: PassageRow): string {
  return JSON.stringify({ ...row, vector: vector && Array.from(vector, shortest) });
}

/** Nine digits tell every single-precision number from its neighbours. */
function shortest(value: number): number {
  return Number(value.toPrecision(9));
}
