/** Outlook messages (.msg): as any mail; attachments come beside it. */
import { ReadError } from '../document.ts';
import { mailContent } from './eml.ts';
import type { Message } from './mail/message.ts';
import { outlookMessage } from './outlook/message.ts';
import { openStorage } from './outlook/storage.ts';
import { unsigned } from './outlook/unsigned.ts';
import { nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';

/** Reads a message. @throws ReadError damaged, no-text */
export async function readMsg({ path, bytes }: ReadInput): Promise<Content> {
  let message: Message;
  try {
    message = await unsigned(outlookMessage(openStorage(bytes)));
  } catch {
    throw new ReadError(
      'damaged',
      `“${nameOf(path)}” is an Outlook message, but parts of it are missing or broken, so it was not read. Save it again with Outlook and add that.`,
    );
  }
  return mailContent(path, message);
}
