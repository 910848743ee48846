/** Gives the conversation to the person as a file. */
import { conversationJson } from '../../library/conversation-file.ts';
import type { Turn } from '../../library/state.ts';
import { conversationMarkdown } from './markdown.ts';

export type ExportForm = 'md' | 'json';

/** Returns the file's name. */
export function exportConversation(turns: readonly Turn[], form: ExportForm): string {
  const now = new Date();
  const text = form === 'md' ? conversationMarkdown(turns) : conversationJson(turns, now);
  const type = form === 'md' ? 'text/markdown' : 'application/json';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = `conversation-${now.toISOString().slice(0, 10)}.${form}`;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return link.download;
}
