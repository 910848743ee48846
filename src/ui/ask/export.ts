/** Gives the conversation to the person as a file. */
import { conversationJson } from '../../library/conversation-file.ts';
import type { Turn } from '../../library/state.ts';
import { save } from '../save.ts';
import { conversationMarkdown } from './markdown.ts';

export type ExportForm = 'md' | 'json';

/** Returns the file's name. */
export function exportConversation(turns: readonly Turn[], form: ExportForm): string {
  const now = new Date();
  const text = form === 'md' ? conversationMarkdown(turns) : conversationJson(turns, now);
  const type = form === 'md' ? 'text/markdown' : 'application/json';
  const name = `conversation-${now.toISOString().slice(0, 10)}.${form}`;
  save(new File([text], name, { type }));
  return name;
}
