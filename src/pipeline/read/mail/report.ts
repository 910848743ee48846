/** What a mail's report says: of itself and of the mails inside it. */
import type { Omitted } from '../../document.ts';
import { pictureNotes } from '../markup.ts';
import type { Message } from './message.ts';

/** Sentences on what was left out, each once. */
export function messageNotes(message: Message, pictures: number): string[] {
  return [...new Set(within(message).flatMap(({ notes }) => notes)), ...pictureNotes(pictures)];
}

export function messageOmitted(message: Message): Omitted[] {
  return within(message).flatMap(({ omitted }) => omitted);
}

/** The mail and all mails inside it, in order. */
function within(message: Message): Message[] {
  return [message, ...message.bodies.flatMap((body) => (body.kind === 'message' ? within(body.message) : []))];
}
