/** Headers and footers of the sheets of an .xlsx, out of what follows the cells. */
import { descendants, elementsOf, parseXml, textOf } from '../office/xml.ts';
import { endOfRows } from './first-rows.ts';
import { codedLines } from './margin-lines.ts';

/** Of the XML of all sheets, each line once. */
export function xlsxMargins(sheets: Iterable<Uint8Array<ArrayBuffer>>): string[] {
  const lines = new Set<string>();
  for (const sheet of sheets) for (const line of linesOf(sheet)) lines.add(line);
  return [...lines];
}

/** Where the end of the rows is not found: a sheet with a chart alone has none. */
const TAIL = 1024 * 1024;
const MARGINS = /<((?:\w+:)?headerFooter)\b[^>]*(?<!\/)>[\s\S]*?<\/\1>/g;

function linesOf(sheet: Uint8Array<ArrayBuffer>): string[] {
  const rows = endOfRows(sheet);
  const tail = new TextDecoder().decode(rows === -1 ? sheet.subarray(-TAIL) : sheet.subarray(rows));
  try {
    return Array.from(tail.matchAll(MARGINS), ([margins]) => parseXml(margins)).flatMap((root) =>
      descendants(root, 'headerFooter')
        .flatMap((element) => elementsOf(element))
        .flatMap((line) => codedLines(textOf(line))),
    );
  } catch {
    // The cells are read without them.
    return [];
  }
}
