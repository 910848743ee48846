/** An Outlook message whose body is an opaque signature: what is signed takes its place. */
import type { Message } from '../mail/message.ts';
import { UNCHECKED, readMime } from '../mail/mime.ts';
import { securedContent } from '../mail/signed-content.ts';
import { LOCKED } from './message.ts';

/** The message as it is where nothing in it is signed so. @throws Error where what is signed is no mail */
export async function unsigned(message: Message): Promise<Message> {
  for (const attachment of message.attachments) {
    if (!/pkcs7-mime$/.test(attachment.type) && !/\.p7m$/i.test(attachment.name)) continue;
    const found = securedContent(attachment.bytes);
    if (found.kind !== 'signed') continue;
    const signed = await readMime(found.content);
    return {
      ...message,
      bodies: [...message.bodies, ...signed.bodies],
      attachments: [...message.attachments.filter((other) => other !== attachment), ...signed.attachments],
      pictures: message.pictures + signed.pictures,
      notes: [...message.notes.filter((note) => note !== LOCKED), ...signed.notes, UNCHECKED],
      omitted: [...message.omitted, ...signed.omitted],
    };
  }
  return message;
}
