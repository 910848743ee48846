/** Tells mail, mailboxes and saved web pages by how they begin. */

/** Headers that a message may begin with. */
const MAIL_HEADER =
  /^(?:Return-Path|Received|Received-SPF|Delivered-To|Envelope-To|Message-ID|MIME-Version|Date|From|To|Subject|Reply-To|Sender|Cc|Bcc|Content-[\w-]+|X-[\w-]+|DKIM-Signature|DomainKey-Signature|ARC-[\w-]+|Authentication-Results|In-Reply-To|References|Thread-[\w-]+|List-[\w-]+|Importance|Priority|Organization|User-Agent|Mailing-List|Precedence|Snapshot-Content-Location) ?:/i;
const TELLING = /^(?:From|Received|Return-Path|Message-ID|MIME-Version|Subject|Delivered-To) ?:/im;
/** The line before each message of a mailbox. */
const ENVELOPE = /^From \S.*\d{4}.*\r?\n(?:>From .*\r?\n)?[\w-]+:/;
const NEXT_ENVELOPE = /\n\r?\nFrom \S.*\d{4}.*\r?\n(?:>From .*\r?\n)?[\w-]+:/;

/** What a text is if it is any of these; only a mailbox of one mail looks at the extension. */
export function mailKind(text: string, extension: string): 'eml' | 'mbox' | 'mhtml' | null {
  if (ENVELOPE.test(text.slice(0, 2000))) return extension === 'eml' && !NEXT_ENVELOPE.test(text) ? 'eml' : 'mbox';
  const head = headersOf(text);
  if (!isMail(head)) return null;
  if (/^Snapshot-Content-Location:|^From: ?<?Saved by/im.test(head)) return 'mhtml';
  const related = /^Content-Type:\s*multipart\/related/im.test(head);
  // A mail with pictures in it is made the same way, but has been sent to someone.
  return related && extension !== 'eml' && !/^(?:To|Received|Delivered-To|Return-Path):/im.test(head) ? 'mhtml' : 'eml';
}

/** A known header at the top, at least two in all, and among them one that only a message has. */
function isMail(head: string): boolean {
  const lines = head.split(/\r?\n/).filter((line) => /^\S/.test(line));
  if (lines[0] === undefined || !MAIL_HEADER.test(lines[0])) return false;
  if (!lines.every((line) => /^[!-9;-~]+ ?:/.test(line) || line.startsWith('>From '))) return false;
  return lines.filter((line) => MAIL_HEADER.test(line)).length >= 2 && TELLING.test(head);
}

/** What stands before the first blank line; a line cut off at the end does not count. */
function headersOf(text: string): string {
  const start = text.slice(0, 40_000).replace(/^[\s\uFEFF]+/, '');
  const end = start.search(/\r?\n\r?\n/);
  if (end !== -1) return start.slice(0, end);
  return text.length > 40_000 ? start.slice(0, start.lastIndexOf('\n')) : start.trimEnd();
}
