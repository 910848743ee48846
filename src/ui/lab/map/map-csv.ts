/** A map as a table for other programs: one line for each passage, in the order of the desk. */
import type { DrawnMap, MapQuestion } from '../../../library/map-state.ts';
import type { Document } from '../../../pipeline/document.ts';
import { csv } from '../../pictures/csv.ts';
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
    path,
    partAt(documents.get(path)?.parts ?? [], start)?.label ?? '',
    ...[start, end, places[2 * i]!, places[2 * i + 1]!],
    question ? question.cosines[i]! : null,
    ranks ? ranks[i]! : null,
    text,
  ]);
  return csv(columns, rows);
}
