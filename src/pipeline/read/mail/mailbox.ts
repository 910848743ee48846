/** Takes a mailbox apart: mails one after the other, each after a line that begins with `From `. */

const LF = 0x0a;
const CR = 0x0d;
const GREATER = 0x3e;
const FROM = [0x46, 0x72, 0x6f, 0x6d, 0x20];
/** What follows `From ` in an envelope: a sender, and a day with its time. */
const ENVELOPE = /^From \S+\s.*\d{1,2}:\d{2}|^From \S*\s?.*\b\d{4}\b/;
const HEADER = /^(?:>From |[!-9;-~]+ ?:)/;
const LINE = 1000;

/** The bytes of each mail without its envelope; lines quoted as `>From ` are as they were sent. */
export function* splitMailbox(bytes: Uint8Array): Generator<Uint8Array> {
  let start = -1;
  let quoted = false;
  for (let line = 0; line < bytes.length; line = nextLine(bytes, line)) {
    if (isFromAt(bytes, line) && isEnvelope(bytes, line)) {
      if (start !== -1) yield message(bytes.subarray(start, line), quoted);
      start = nextLine(bytes, line);
      quoted = false;
    } else if (bytes[line] === GREATER && isQuotedFrom(bytes, line)) quoted = true;
  }
  if (start !== -1 && start < bytes.length) yield message(bytes.subarray(start), quoted);
}

function nextLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(LF, from);
  return end === -1 ? bytes.length : end + 1;
}

function isFromAt(bytes: Uint8Array, at: number): boolean {
  return FROM.every((byte, i) => bytes[at + i] === byte);
}

/** After a blank line or at the top, with a header on the next line. */
function isEnvelope(bytes: Uint8Array, line: number): boolean {
  const next = nextLine(bytes, line);
  const isDated = ENVELOPE.test(ascii(bytes, line, Math.min(next, line + LINE)));
  return isDated && isAfterBlank(bytes, line) && HEADER.test(ascii(bytes, next, Math.min(next + LINE, bytes.length)));
}

function isAfterBlank(bytes: Uint8Array, line: number): boolean {
  if (line < 2) return true;
  const before = bytes[line - 2] === CR ? line - 3 : line - 2;
  return before < 0 || bytes[before] === LF;
}

function isQuotedFrom(bytes: Uint8Array, line: number): boolean {
  let at = line;
  while (bytes[at] === GREATER) at++;
  return at > line && isFromAt(bytes, at);
}

function message(bytes: Uint8Array, quoted: boolean): Uint8Array {
  if (!quoted) return bytes;
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (let line = 0; line < bytes.length;) {
    const next = nextLine(bytes, line);
    const from = isQuotedFrom(bytes, line) ? line + 1 : line;
    kept.set(bytes.subarray(from, next), length);
    length += next - from;
    line = next;
  }
  return kept.subarray(0, length);
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(from, to));
}
