/** One mail (.eml): headers, body, the mails inside it; its attachments come beside it. */
import { ReadError } from '../document.ts';
import { sections } from './cover.ts';
import { Attachments } from './mail/attachments.ts';
import type { Message } from './mail/message.ts';
import { readMime } from './mail/mime.ts';
import { messageNotes, messageOmitted } from './mail/report.ts';
import { writeMessage } from './mail/write-message.ts';
import { nameOf, noText, stemOf, tidyTitle } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import { Writer } from './writer.ts';

/** Reads a mail. @throws ReadError damaged, no-text */
export async function readEml({ path, bytes }: ReadInput): Promise<Content> {
  let message: Message;
  try {
    message = await readMime(bytes);
  } catch {
    throw new ReadError(
      'damaged',
      `“${nameOf(path)}” is a mail, but its parts are nested or headed beyond any sense, so it was not read. Save it again with your mail program and add that.`,
    );
  }
  return mailContent(path, message);
}

/** A document of one mail. @throws ReadError no-text */
export function mailContent(path: string, message: Message): Content {
  const writer = new Writer();
  const pictures = writeMessage(message, writer, []);
  const markup = writer.finish();
  if (writer.length === 0)
    throw noText(nameOf(path), 'the mail has neither headers nor a body. Check that it was saved whole.');
  const { text, blocks } = writer;
  const title = tidyTitle(message.subject) || stemOf(path);
  const attachments = new Attachments(path);
  attachments.add(message, '');
  return {
    title,
    text,
    author: message.author,
    date: message.date,
    blocks,
    parts: sections(text, blocks, writer.labels.map(tidyTitle), title),
    shown: { as: 'html', html: markup },
    notes: [...messageNotes(message, pictures), ...attachments.notes],
    omitted: messageOmitted(message),
    inner: attachments.inner,
  };
}
