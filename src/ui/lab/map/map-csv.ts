/** A map as a table for other programs (RFC 4180): one line for each passage, in the order of the desk. */
import type { DrawnMap, MapQuestion } from '../../../library/map-state.ts';
import type { Document } from '../../../pipeline/document.ts';
import { partAt } from '../../viewer/parts.ts';
import { ranksOf } from './ranks.ts';

const columns = ['document', 'part', 'start', 'end', 'x', 'y', 'cosine_to_question', 'rank', 'text'];

/** @param documents by path; '' stands for the part of one that is not there any more */
export function mapCsv(
  { points, places }: Pick<DrawnMap, 'points' | 'places'>,
  question: MapQuestion | null,
  documents: ReadonlyMap<string, Pick<Document, 'parts'>>,
): string {
  const ranks = question && ranksOf(question.order);
  const rows = points.map(({ path, passage: { start, end, text } }, i) => [
    words(path),
    words(partAt(documents.get(path)?.parts ?? [], start)?.label ?? ''),
    ...[start, end].map(String),
    ...[places[2 * i]!, places[2 * i + 1]!].map(six),
    question ? six(question.cosines[i]!) : '',
    ranks ? String(ranks[i]) : '',
    words(text),
  ]);
  return [columns, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

const six = (value: number): string => String(Math.round(value * 1e6) / 1e6);

/** A sign in front, where a spreadsheet would take what a document says for a formula. */
function words(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
