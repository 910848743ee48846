/** What SheetJS does not tell of an .xls of Excel 97 to 2003 ([MS-XLS]): text boxes, titles of charts, pictures, headers and footers. */
import CFB from 'cfb';
import { NOTHING_BESIDE } from './beside-cells.ts';
import type { BesideCells } from './beside-cells.ts';
import { codedLines } from './margin-lines.ts';

/** Numbers of records ([MS-XLS] 2.3.1). */
const RECORD = {
  eof: 0x0a,
  header: 0x14,
  footer: 0x15,
  continue: 0x3c,
  object: 0x5d,
  sheet: 0x85,
  text: 0x1b6,
  otherMargins: 0x89c,
  begin: 0x809,
  chartWords: 0x100d,
  chartText: 0x1025,
  blockBegin: 0x1033,
  blockEnd: 0x1034,
} as const;
/** Kinds of objects ([MS-XLS] 2.5.143). */
const OBJECT = { picture: 0x08, note: 0x19 } as const;
const EXCEL_97 = 0x600;

interface SheetRecord {
  readonly id: number;
  readonly at: number;
  readonly data: DataView;
}

/**
 * Nothing where the file is older; what stands before a damage where it is damaged.
 * @param file null where it could not be opened
 */
export function xlsDetails(file: CFB.CFB$Container | null): BesideCells {
  if (file === null) return { ...NOTHING_BESIDE, damaged: 1 };
  const found = new Details();
  let damaged = 0;
  try {
    const stream = CFB.find(file, 'Workbook')?.content;
    if (stream === undefined) return NOTHING_BESIDE;
    for (const path of file.FullPaths) found.file(path);
    for (const record of recordsOf(Uint8Array.from(stream as Uint8Array))) found.take(record);
  } catch {
    damaged = 1;
  }
  const { drawn, margins, pictures, objects } = found;
  return { ...NOTHING_BESIDE, drawn, margins: [...margins], pictures, damaged, embedded: objects.size };
}

function* recordsOf(stream: Uint8Array): Generator<SheetRecord> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = 0; at + 4 <= stream.length;) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    // Zeros fill the last sector.
    if (id === 0) return;
    yield { id, at, data: new DataView(stream.buffer, stream.byteOffset + at + 4, length) };
    at += 4 + length;
  }
}

/** Takes the records in order; sheets and the charts on them stand one after the other, each between a begin and an end. */
class Details {
  readonly drawn = new Map<string, string[]>();
  readonly margins = new Set<string>();
  /** Folders of objects of other programs. */
  readonly objects = new Set<string>();
  pictures = 0;
  readonly #sheets = new Map<number, string>();
  #sheet = '';
  #depth = 0;
  /** What owns each block of a chart that is open. */
  readonly #blocks: number[] = [];
  #before = 0;
  #object = 0;
  #awaited = 0;
  #words = '';
  #isOld = false;

  file(path: string): void {
    const [, folder] = /\/(MBD[0-9A-F]{8})\//.exec(path) ?? [];
    if (folder !== undefined) this.objects.add(folder);
  }

  take(record: SheetRecord): void {
    if (this.#isOld) return;
    if (record.id !== RECORD.continue) this.#awaited = 0;
    this.#takeOne(record);
    this.#before = record.id;
  }

  #takeOne({ id, at, data }: SheetRecord): void {
    switch (id) {
      case RECORD.begin:
        this.#isOld = data.getUint16(0, true) !== EXCEL_97;
        if (this.#depth++ === 0) this.#sheet = this.#sheets.get(at) ?? '';
        break;
      case RECORD.eof:
        this.#depth--;
        break;
      case RECORD.sheet:
        this.#sheets.set(data.getUint32(0, true), characters(data, 8, data.getUint8(6), data.getUint8(7)));
        break;
      case RECORD.header:
      case RECORD.footer:
        // A chart on a sheet has its own, which are not printed.
        if (this.#depth === 1 && data.byteLength > 0) this.#margin(data, 0);
        break;
      case RECORD.otherMargins:
        this.#otherMargins(data);
        break;
      case RECORD.object:
        this.#object = data.getUint16(4, true);
        if (this.#object === OBJECT.picture) this.pictures++;
        break;
      case RECORD.text:
        // The words of a note are a comment, which SheetJS tells.
        this.#awaited = this.#object === OBJECT.note ? 0 : data.getUint16(10, true);
        this.#words = '';
        break;
      case RECORD.continue:
        this.#continue(data);
        break;
      case RECORD.blockBegin:
        this.#blocks.push(this.#before);
        break;
      case RECORD.blockEnd:
        this.#blocks.pop();
        break;
      case RECORD.chartWords:
        // Those of a series stand in cells.
        if (this.#blocks.at(-1) === RECORD.chartText)
          this.#draw(characters(data, 4, data.getUint8(2), data.getUint8(3)));
        break;
    }
  }

  /** A string with its length and kind before it; returns where it ends. */
  #margin(data: DataView, at: number): number {
    const [count, flags] = [data.getUint16(at, true), data.getUint8(at + 2)];
    for (const line of codedLines(characters(data, at + 3, count, flags))) this.margins.add(line);
    return at + 3 + count * ((flags & 1) + 1);
  }

  /** Those of even pages and of the first ([MS-XLS] 2.4.137). */
  #otherMargins(data: DataView): void {
    let at = 38;
    for (const length of [30, 32, 34, 36]) if (data.getUint16(length, true) > 0) at = this.#margin(data, at);
  }

  #continue(data: DataView): void {
    if (this.#awaited === 0) return;
    const flags = data.getUint8(0);
    const count = Math.min(this.#awaited, Math.floor((data.byteLength - 1) / ((flags & 1) + 1)));
    this.#words += characters(data, 1, count, flags);
    this.#awaited -= count;
    if (this.#awaited === 0) this.#draw(this.#words);
  }

  #draw(words: string): void {
    const before = this.drawn.get(this.#sheet);
    const lines = words.split(/[\r\n]+/);
    if (before === undefined) this.drawn.set(this.#sheet, lines);
    else before.push(...lines);
  }
}

/** `count` characters of one byte each, or of two where the first bit of the flags says so. */
function characters(data: DataView, at: number, count: number, flags: number): string {
  let text = '';
  for (let i = 0; i < count; i++)
    text += String.fromCharCode((flags & 1) === 1 ? data.getUint16(at + i * 2, true) : data.getUint8(at + i));
  return text;
}
