/** A mailbox (.mbox): each mail a part; attachments come beside it, in a folder for each mail. */
import type { Part } from '../document.ts';
import { Attachments } from './mail/attachments.ts';
import { splitMailbox } from './mail/mailbox.ts';
import type { Message } from './mail/message.ts';
import { readMime } from './mail/mime.ts';
import { messageNotes, messageOmitted } from './mail/report.ts';
import { writeMessage } from './mail/write-message.ts';
import { pictureNotes } from './markup.ts';
import { nameOf, noText, stemOf, tidyTitle } from './reading.ts';
import type { Content, ReadInput, ReadOptions } from './reading.ts';
import { Writer } from './writer.ts';

/** Mails beyond this number are left out and counted. */
const MAX_MESSAGES = 50_000;

/** Reads all mails of a mailbox. @throws ReadError no-text */
export async function readMbox({ path, bytes }: ReadInput, { onProgress }: ReadOptions): Promise<Content> {
  const writer = new Writer();
  const parts: Part[] = [];
  const attachments = new Attachments(path);
  /** How many mails each sentence is true of. */
  const notes = new Map<string, number>();
  const omitted = [];
  let pictures = 0;
  let number = 0;
  let damaged = 0;
  let left = 0;
  for (const raw of splitMailbox(bytes)) {
    number++;
    if (number > MAX_MESSAGES) {
      left++;
      continue;
    }
    let message: Message;
    try {
      message = await readMime(raw);
    } catch {
      damaged++;
      continue;
    }
    const before = writer.length;
    const blocks = writer.blocks.length;
    pictures += writeMessage(message, writer, [{ tag: 'section', part: parts.length }]);
    for (const note of messageNotes(message, 0)) notes.set(note, (notes.get(note) ?? 0) + 1);
    omitted.push(...messageOmitted(message));
    attachments.add(message, `message ${number}/`);
    const subject = tidyTitle(message.subject);
    const first = writer.blocks[blocks];
    if (writer.length > before && first !== undefined)
      parts.push({
        kind: 'message',
        label: subject === '' ? `message ${number}` : `message ${number}: ${subject}`,
        start: first.start,
        end: writer.length,
      });
    if (number % 50 === 0) onProgress?.(Math.min(1, raw.byteOffset / bytes.length));
  }
  const markup = writer.finish();
  if (writer.length === 0) throw noText(nameOf(path), 'there are no mails in it. Check that it was saved whole.');
  return {
    title: stemOf(path),
    text: writer.text,
    blocks: writer.blocks,
    parts,
    shown: { as: 'html', html: markup },
    notes: [
      ...counted(
        damaged,
        'mail was nested or headed beyond any sense and was not read.',
        'mails were nested or headed beyond any sense and were not read.',
      ),
      ...counted(
        left,
        `mail after the first ${MAX_MESSAGES} was not read. Split the mailbox and add the rest.`,
        `mails after the first ${MAX_MESSAGES} were not read. Split the mailbox and add the rest.`,
      ),
      ...[...notes].map(([note, count]) => `In ${count} of its mails: ${note}`),
      ...pictureNotes(pictures),
      ...attachments.notes,
    ],
    omitted,
    inner: attachments.inner,
  };
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}
