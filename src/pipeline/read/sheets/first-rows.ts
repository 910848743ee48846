/** Cuts sheets after so many rows before they are parsed, because parsing takes minutes where cutting takes none. */

const LESS_THAN = 0x3c;
const ROW = [...'<row'].map((character) => character.charCodeAt(0));
const END = new TextEncoder().encode('</sheetData>');

/** The XML of a sheet of an .xlsx with at most `rows` of its rows, and all that stands after them. */
export function firstRows(xml: Uint8Array<ArrayBuffer>, rows: number): Uint8Array<ArrayBuffer> {
  let count = 0;
  for (let at = xml.indexOf(LESS_THAN); at !== -1; at = xml.indexOf(LESS_THAN, at + 1)) {
    if (!startsRow(xml, at) || ++count <= rows) continue;
    const end = endOfRows(xml);
    if (end < at) return xml;
    const cut = new Uint8Array(at + xml.length - end);
    cut.set(xml.subarray(0, at));
    cut.set(xml.subarray(end), at);
    return cut;
  }
  return xml;
}

function startsRow(xml: Uint8Array, at: number): boolean {
  // The byte after the name is a space or the end of the tag, else it is another name.
  return (
    ROW.every((byte, i) => xml[at + i] === byte) && [0x20, 0x3e, 0x0a, 0x0d, 0x09].includes(xml[at + ROW.length] ?? 0)
  );
}

/** Where the last row has ended; -1 if the sheet does not say. */
export function endOfRows(xml: Uint8Array): number {
  for (let at = xml.lastIndexOf(LESS_THAN); at > 0; at = xml.lastIndexOf(LESS_THAN, at - 1))
    if (END.every((byte, i) => xml[at + i] === byte)) return at;
  return -1;
}

const ODS_ROW = '<table:table-row';
const ODS_TABLE = '<table:table';
const ODS_END = '</table:table>';

/** A content.xml, or a flat file, with at most `rows` rows in each of its sheets, and the names of those that were cut, as written. */
export function firstOdsRows(xml: string, rows: number): { xml: string; cut: ReadonlySet<string> } {
  const kept: string[] = [];
  const cut = new Set<string>();
  let from = 0;
  for (let table = tagAt(xml, ODS_TABLE, 0); table !== -1;) {
    const next = tagAt(xml, ODS_TABLE, table + 1);
    const limit = next === -1 ? xml.length : next;
    let row = tagAt(xml, ODS_ROW, table);
    for (let count = 0; count < rows && row !== -1 && row < limit; count++) row = tagAt(xml, ODS_ROW, row + 1);
    const end = row === -1 || row >= limit ? -1 : xml.indexOf(ODS_END, row);
    if (end !== -1) {
      cut.add(/\stable:name="([^"]*)"/.exec(xml.slice(table, xml.indexOf('>', table)))?.[1] ?? '');
      kept.push(xml.slice(from, row));
      from = end;
    }
    table = next;
  }
  return { xml: [...kept, xml.slice(from)].join(''), cut };
}

/** Where a tag of exactly this name begins at or after `from`; -1 if there is none. */
function tagAt(xml: string, tag: string, from: number): number {
  for (let at = xml.indexOf(tag, from); at !== -1; at = xml.indexOf(tag, at + tag.length))
    if (/[\s/>]/.test(xml[at + tag.length] ?? '')) return at;
  return -1;
}
