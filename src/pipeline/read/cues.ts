/** Cues of SubRip and WebVTT files, forgiving: a cue is a line of two times and the lines below it. */

export interface Cue {
  /** Seconds from the beginning. */
  readonly start: number;
  readonly end: number;
  /** Without markup, none empty. */
  readonly lines: readonly string[];
}

export interface Cues {
  readonly cues: readonly Cue[];
  /** Words of NOTE blocks. */
  readonly comments: readonly string[];
  /** How many STYLE and REGION blocks there are. */
  readonly styles: number;
  /** Names of cues that are more than a number. */
  readonly names: readonly string[];
  /** What follows WEBVTT on its line. */
  readonly title: string;
}

const TIME = String.raw`(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})`;
export const TIMES = new RegExp(String.raw`^\s*${TIME}\s*-->\s*${TIME}(?:\s.*)?$`);

/** Reads every cue; cues out of order keep the file's order. */
export function readCues(text: string): Cues {
  const cues: Cue[] = [];
  const comments: string[] = [];
  const names: string[] = [];
  let styles = 0;
  let title = '';
  const blocks = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n\s*/);
  for (const block of blocks) {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    const head = lines[0]?.trim() ?? '';
    const timed = lines.findIndex((line) => TIMES.test(line));
    if (timed === -1 && /^WEBVTT(?:\s|$)/.test(head)) {
      title = head.slice(6).replace(/^[\s-]+/, '');
      if (lines.length > 1) comments.push(lines.slice(1).join(' '));
    } else if (timed === -1 && /^NOTE(?:\s|$)/.test(head)) comments.push(lines.join(' ').slice(4).trim());
    else if (timed === -1 && /^(?:STYLE|REGION)(?:\s|$)/.test(head)) styles++;
    else if (timed === -1) addLines(cues, lines);
    else addCues(lines, timed, cues, names);
  }
  return { cues: withoutRepeats(cues), comments: comments.filter(Boolean), styles, names, title };
}

/** Cues of one block: some files leave the blank line between two out. */
function addCues(lines: readonly string[], first: number, cues: Cue[], names: string[]): void {
  addLines(cues, lines.slice(0, Math.max(0, first - 1)));
  for (let at = first; at < lines.length;) {
    const name = lines[at - 1]?.trim() ?? '';
    if (at > 0 && /[\p{L}]/u.test(name) && at === first) names.push(name);
    let next = at + 1;
    while (next < lines.length && !TIMES.test(lines[next]!)) next++;
    const following = next < lines.length && /^\s*\d+\s*$/.test(lines[next - 1]!) ? next - 1 : next;
    const times = TIMES.exec(lines[at]!);
    const words = lines
      .slice(at + 1, following)
      .map(spoken)
      .filter(Boolean);
    if (times && words.length > 0) cues.push({ start: seconds(times, 1), end: seconds(times, 5), lines: words });
    at = next;
  }
}

/** Words without a time belong to the cue before them: its text held a blank line. */
function addLines(cues: Cue[], lines: readonly string[]): void {
  const words = lines
    .filter((line) => !/^\s*\d+\s*$/.test(line))
    .map(spoken)
    .filter(Boolean);
  if (words.length === 0) return;
  const last = cues.pop() ?? { start: 0, end: 0, lines: [] };
  cues.push({ ...last, lines: [...last.lines, ...words] });
}

function seconds(times: RegExpExecArray, from: number): number {
  const [hours, minutes, whole, thousandths] = times.slice(from, from + 4);
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(whole) + Number(`0.${thousandths}`);
}

const REFERENCES: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', quot: '"', lrm: '', rlm: '' };

/** A line without its markup; a voice (`<v Ada>`) becomes `Ada: `. */
function spoken(line: string): string {
  return line
    .replace(/<v(?:\.[^\s>]*)?\s+([^>]{1,100})>/gi, '$1: ')
    .replace(/<\/?(?:[biucsv]|font|ruby|rt|lang)(?:[.\s][^>]{0,200})?>|<(?:\d+:)?\d+:\d+\.\d+>/gi, '')
    .replace(/\{\\[^}]{0,100}\}|\{[biu]\}/g, '')
    .replace(/&(amp|lt|gt|nbsp|quot|lrm|rlm);/g, (_, name: string) => REFERENCES[name] ?? '')
    .replace(/\\N/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Rolling captions show each line again while the next is spoken: it is read once. */
function withoutRepeats(cues: readonly Cue[]): Cue[] {
  const kept: Cue[] = [];
  let shown: readonly string[] = [];
  let until = -1;
  for (const cue of cues) {
    const rolling = Math.abs(cue.start - until) < 0.1;
    const lines = rolling && shown.at(-1) === cue.lines[0] ? cue.lines.slice(1) : cue.lines;
    if (lines.length > 0) kept.push({ ...cue, lines });
    shown = cue.lines;
    until = cue.end;
  }
  return kept;
}
