/** A few answers to read, as Markdown: what a table of figures does not show. */
import type { AnswerRow } from './row.ts';

/** @param base the same questions in the same order as `adapter` */
export function asMarkdown(base: readonly AnswerRow[], adapter: readonly AnswerRow[]): string {
  return adapter.map((row, i) => `${i + 1}. ${entry(base[i]!, row)}`).join('\n');
}

function entry(base: AnswerRow, adapter: AnswerRow): string {
  const { question, golds, passages, gold } = adapter;
  const right = golds.length > 0 ? golds.map(inline).join(' / ') : '_not in the documents_';
  const evidence = gold.length > 0 ? `, the evidence in ${gold.map((number) => `[${number}]`).join(', ')}` : '';
  const lines = [
    `**${inline(question)}**`,
    `- right: ${right} (${passages.length} passages${evidence})`,
    `- base: ${written(base)}`,
    `- adapter: ${written(adapter)}`,
  ];
  return `${lines.join('\n   ')}\n`;
}

function written({ answer, citations, gold, made, checked, passages }: AnswerRow): string {
  const cited = citations.map(
    (number) =>
      `[${number}] ${placeOf(passages[number - 1] ?? '')}${gold.includes(number) ? '' : ', which is not the evidence'}`,
  );
  const notes = [
    ...(made === 'evidence' ? ['refused by the search: the model was not asked'] : []),
    ...(cited.length > 0 ? [`cites ${cited.join('; ')}`] : []),
    ...checked.flatMap((why) => (why === null ? [] : [`marked: ${inline(why)}`])),
  ];
  return `${inline(answer)}${notes.length > 0 ? ` — _${notes.join('; ')}_` : ''}`;
}

/** The document of `document start-end`. */
function placeOf(passage: string): string {
  return inline(passage.replace(/ \d+-\d+$/, ''));
}

/** One line that Markdown shows as it is. */
function inline(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_<>#|]/g, '\\$&');
}
