/** A conversation as a JSON file: all that is known of each answer, its evidence and its trace included. */
import type { Turn } from './state.ts';

export const conversationFormat = 'carrel conversation';
export const conversationVersion = 1;

/** A turn as it is written down. `id`s are those of the open page: `from` points to one of them. */
export type WrittenTurn = Pick<
  Turn,
  | 'id'
  | 'question'
  | 'understood'
  | 'from'
  | 'asWritten'
  | 'askedWith'
  | 'answer'
  | 'earlier'
  | 'error'
  | 'changedSources'
>;

export interface ConversationFile {
  readonly format: typeof conversationFormat;
  readonly version: typeof conversationVersion;
  /** ISO 8601. */
  readonly exported: string;
  readonly turns: readonly WrittenTurn[];
}

export function conversationJson(turns: readonly Turn[], now: Date): string {
  const written = turns.map((turn): WrittenTurn => {
    const { id, question, understood, from, asWritten, askedWith, answer, earlier, error, changedSources } = turn;
    return { id, question, understood, from, asWritten, askedWith, answer, earlier, error, changedSources };
  });
  const file: ConversationFile = {
    ...{ format: conversationFormat, version: conversationVersion, exported: now.toISOString(), turns: written },
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}
