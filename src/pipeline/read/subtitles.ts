/** Subtitles (SubRip, WebVTT): cues joined into passages, each a part named by its time; time codes and styling go. */
import { nameOf, noText, stemOf } from './reading.ts';
import type { Content } from './reading.ts';
import type { Omitted, Part } from '../document.ts';
import { readCues } from './cues.ts';
import type { Cue } from './cues.ts';
import { Writer } from './writer.ts';

/** A passage ends at the end of a sentence once it has this many characters, and in any case at the second number. */
const ENOUGH = 250;
const MOST = 700;
/** A silence of so many seconds ends a passage too. */
const SILENCE = 6;
const SENTENCE_END = /[.!?…。！？]["'”’»)\]]*$/;

/** Reads decoded subtitles. @throws ReadError no-text */
export function readSubtitles(path: string, text: string, notes: readonly string[]): Content {
  const { cues, comments, styles, names, title } = readCues(text);
  const passages = passagesOf(cues);
  if (passages.length === 0) throw noText(nameOf(path), 'no cue in it has words.');
  const writer = new Writer();
  const parts: Part[] = [];
  for (const passage of passages) {
    const container = { tag: 'section', part: parts.length } as const;
    for (const { lines } of passage)
      for (const line of lines) {
        // Each speaker begins a line.
        if (/^[-–—]\s?\S|^[\p{L}][\p{L}\p{N} .'-]{0,40}: /u.test(line)) writer.lineBreak();
        else writer.space();
        writer.add(line, { kind: 'paragraph' }, [container], []);
      }
    writer.end();
    const block = writer.blocks.at(-1);
    const [first, last] = [passage[0], passage.at(-1)];
    if (!block || !first || !last || block.start < (parts.at(-1)?.end ?? 0)) continue;
    parts.push({
      kind: 'time',
      label: `${clock(first.start)}–${clock(last.end)}`,
      start: block.start,
      end: block.end,
    });
  }
  const html = writer.finish();
  if (writer.length === 0) throw noText(nameOf(path), 'no cue in it has words.');
  const left = leftOut(comments, styles, names);
  return {
    title: title || stemOf(path),
    text: writer.text,
    blocks: writer.blocks,
    parts,
    shown: { as: 'html', html },
    notes: [...notes, ...left.notes],
    omitted: left.omitted,
  };
}

function passagesOf(cues: readonly Cue[]): Cue[][] {
  const passages: Cue[][] = [];
  let open: Cue[] = [];
  let length = 0;
  for (const cue of cues) {
    const last = open.at(-1);
    const ended = last !== undefined && length >= ENOUGH && SENTENCE_END.test(last.lines.at(-1) ?? '');
    if (last && (ended || length >= MOST || cue.start - last.end >= SILENCE)) {
      passages.push(open);
      open = [];
      length = 0;
    }
    open.push(cue);
    length += cue.lines.join(' ').length;
  }
  if (open.length > 0) passages.push(open);
  return passages;
}

/** Seconds as `00:01:20`. */
function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    .map((n) => String(n).padStart(2, '0'))
    .join(':');
}

function leftOut(
  comments: readonly string[],
  styles: number,
  names: readonly string[],
): { notes: string[]; omitted: Omitted[] } {
  const notes: string[] = [];
  const omitted: Omitted[] = [];
  if (comments.length > 0) {
    notes.push(`${comments.length === 1 ? 'One comment was' : `${comments.length} comments were`} left out.`);
    omitted.push({ what: 'comments', text: comments.join('\n') });
  }
  if (names.length > 0) {
    notes.push(`The names of ${names.length === 1 ? 'one cue' : `${names.length} cues`} were left out.`);
    omitted.push({ what: 'names of cues', text: names.join('\n') });
  }
  if (styles > 0) notes.push('Styles of the subtitles were left out.');
  return { notes, omitted };
}
