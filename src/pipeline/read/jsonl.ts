/** JSON lines: the text as it is, a row a line; each line carries its own keys. */
import { lineParts, linesOf, trimmedSpan } from './lines.ts';
import type { NamedBlock } from './lines.ts';
import { stemOf } from './reading.ts';
import type { Content } from './reading.ts';

/** Reads decoded JSON lines; lines that are not valid are kept as they stand, and counted. */
export function readJsonl(path: string, text: string, notes: readonly string[]): Content {
  const blocks: NamedBlock[] = [];
  const faulty: number[] = [];
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    const span = trimmedSpan(text, line.start, line.end);
    if (span === null) continue;
    blocks.push({ kind: 'row', header: '', ...span });
    if (!isJson(line.text)) faulty.push(number);
  }
  return {
    title: stemOf(path),
    text,
    blocks,
    parts: lineParts(text, blocks),
    shown: { as: 'code' },
    notes: [...notes, ...faults(faulty)],
  };
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

function faults(lines: readonly number[]): string[] {
  const [first] = lines;
  if (first === undefined) return [];
  return [
    lines.length === 1
      ? `Line ${first} is not valid JSON; it was read as it stands.`
      : `${lines.length} lines, the first of them line ${first}, are not valid JSON; they were read as they stand.`,
  ];
}
