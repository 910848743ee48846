/** Headers and footers of printed sheets, whose text has codes for its place, its letters and what the program fills in. */

/** Places, fonts, sizes, colours and switches; then page and pages; then date, time, file, sheet and picture (ECMA-376 part 1, 18.3.1.46). */
const CODE = /&(?:([LCR])|"[^"]*"|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|\d+|([PN])(?:[+-]\d+)?|[^&]|$)|&(&)/gi;

/** The lines of a header or footer as Excel writes it: `&L&"Arial,Bold"Draft&RPage &P`. */
export function codedLines(coded: string): string[] {
  const plain = coded.replace(CODE, (_, place?: string, page?: string, ampersand?: string) => {
    if (ampersand !== undefined) return ampersand;
    if (page !== undefined) return PAGE;
    return place === undefined ? '' : '\n';
  });
  return plain.split('\n').flatMap(marginLine);
}

/** Stands in a line where the program writes the number of the page, or how many there are. */
export const PAGE = '\u000C';

/** The line, or nothing where it has no words, or one or two that only number the pages: “Page 3 of 7”. */
export function marginLine(line: string): string[] {
  const words = line.replaceAll(PAGE, ' ').replace(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(words)) return [];
  if (line.includes(PAGE) && words.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)).length <= 2) return [];
  return [words];
}
