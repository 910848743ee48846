/** Cuts JSON into blocks of records without building it, so that neither depth nor size matters. */
import type { Span } from '../document.ts';
import { trimmedSpan } from './lines.ts';

/** An object or array up to this many characters is never cut. */
const RECORD = 600;
/** Plain members are gathered into a block until it has this many characters; records until it has so many. */
const ENOUGH = 200;
const ENOUGH_RECORDS = 80;

/**
 * Blocks of whole members. A container longer than a record is entered and cut after its commas; one that fits is not.
 * Text that is no JSON is cut by the same marks, so it is always covered whole.
 */
export function jsonBlocks(text: string): Span[] {
  const { long, records } = containers(text);
  const blocks: Span[] = [];
  let from = 0;
  let record = 0;
  let comma = -1;
  let afterContainer = false;
  const cut = (to: number): void => {
    const span = trimmedSpan(text, from, to);
    if (span) blocks.push(span);
    from = to;
  };
  for (const { at, mark } of marks(text)) {
    while (record < records.length && records[record]!.end <= at) record++;
    const inRecord = record < records.length && records[record]!.start < at;
    if (inRecord) continue;
    if (mark === ',') {
      if (at + 1 - from >= (afterContainer ? ENOUGH_RECORDS : ENOUGH)) cut(at + 1);
      comma = at;
      afterContainer = false;
    } else if (mark === '{' || mark === '[') {
      if (long.has(at) && comma >= from && at - from > ENOUGH_RECORDS && onlyKey(text, comma, at)) cut(comma + 1);
      // What a record holds is passed by, its closing bracket too.
      afterContainer = !long.has(at);
    } else afterContainer = true;
  }
  cut(text.length);
  return joinClosing(text, blocks);
}

/** Whether nothing but the container's own key stands between a comma and it. */
function onlyKey(text: string, comma: number, at: number): boolean {
  return at - comma <= 200 && /^,\s*(?:"[^"]*"\s*:)?\s*$/.test(text.slice(comma, at));
}

/** Closing brackets alone belong to the block before them. */
function joinClosing(text: string, blocks: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (last && block.end - block.start < 1000 && /^[\s\]},]*$/.test(text.slice(block.start, block.end)))
      joined[joined.length - 1] = { start: last.start, end: block.end };
    else joined.push(block);
  }
  return joined;
}

/** Where containers begin that are too long for a record, and the outermost of those that fit, in order. */
function containers(text: string): { long: ReadonlySet<number>; records: readonly Span[] } {
  const long = new Set<number>();
  const records: Span[] = [];
  const open: number[] = [];
  for (const { at, mark } of marks(text)) {
    if (mark === '{' || mark === '[') open.push(at);
    else if (mark !== ',') {
      const start = open.pop();
      if (start === undefined) continue;
      const end = at + 1;
      if (end - start > RECORD) long.add(start);
      else {
        while (records.length > 0 && records.at(-1)!.start > start) records.pop();
        records.push({ start, end });
      }
    }
  }
  // One that is never closed is entered.
  for (const start of open) long.add(start);
  return { long, records };
}

/** Brackets and commas outside strings. */
function* marks(text: string): Generator<{ at: number; mark: string }> {
  const pattern = /[[\]{},"]/g;
  for (let hit = pattern.exec(text); hit !== null; hit = pattern.exec(text)) {
    if (hit[0] !== '"') {
      yield { at: hit.index, mark: hit[0] };
      continue;
    }
    // To the closing quotation mark; one that never comes must not swallow the lines after it.
    let at = hit.index + 1;
    while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
    pattern.lastIndex = at + 1;
  }
}
