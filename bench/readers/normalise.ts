/** What two texts have to share to be the same text, and what does not count. */
import type { Document } from '../../src/pipeline/document.ts';

/**
 * Letters, their marks and digits, in lower case, with one space between words. Not counted, on either side:
 * compatibility forms (`ﬁ` is `fi`), hyphens, dashes and apostrophes (a word broken at a line's end is whole again),
 * invisible characters, and every other sign, which counts as a space: bullets, the rules of a table, quotation marks.
 * Between two characters of Chinese or Japanese a space says nothing and is taken out.
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\p{L})\p{Pd}[^\S\n]*\r?\n\s*(?=\p{L})/gu, '')
    .replace(/[\p{Pd}\p{Cf}'‘’`´]/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(/(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]) (?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])/gu, '')
    .trim();
}

/**
 * All that a document says of its file: its text, then what it lists as left out. A table's row repeats its header
 * (`Work: Pump; Cost: 40`) so that it makes sense alone; no yardstick does, so the labels of rows are taken out here.
 */
export function countedText({ text, blocks, omitted }: Pick<Document, 'text' | 'blocks' | 'omitted'>): string {
  const pieces: string[] = [];
  let from = 0;
  let header = '';
  for (const block of blocks) {
    if (block.kind !== 'row') continue;
    const row = text.slice(block.start, block.end);
    const values = withoutLabels(row, block.header || header);
    // The header of a table is the last row before its rows that bears no labels itself.
    if (values === row) header = row;
    pieces.push(text.slice(from, block.start), values);
    from = block.end;
  }
  pieces.push(text.slice(from));
  return [pieces.join(''), ...omitted.map((one) => one.text)].join('\n');
}

/** The values of a row alone, without the labels that stand before them in the header's order. */
function withoutLabels(row: string, header: string): string {
  let rest = row;
  let values = '';
  for (const label of header.split(' | ')) {
    const at = label === '' ? -1 : `; ${rest}`.indexOf(`; ${label}: `);
    if (at < 0) continue;
    values += rest.slice(0, at);
    rest = rest.slice(at + label.length + 2);
  }
  return values + rest;
}
