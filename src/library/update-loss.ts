/** What a reload would take from the desk, and what it would break off, as sentences. */
import type { Question } from '../lab/question.ts';
import type { Entry, KeepingState, Switching, Turn } from './state.ts';

export interface OnTheDesk {
  readonly entries: readonly Entry[];
  readonly turns: readonly Turn[];
  /** The question set of the lab. */
  readonly questions: readonly Question[];
  readonly keeping: KeepingState;
  /** Another embedder on its way into use. */
  readonly switching: Switching | null;
  /** What stands in the question's box. */
  readonly draft: string;
}

const busy: ReadonlySet<Entry['status']['state']> = new Set(['waiting', 'reading', 'recognising', 'embedding']);

/** Work that goes on now; each sentence says what a reload would make of it. */
export function underWay({ entries, turns, keeping, switching }: OnTheDesk): readonly string[] {
  const indexed = entries.filter(({ status }) => busy.has(status.state)).length;
  const answering = turns.some(({ phase }) => phase !== 'done' && phase !== 'failed');
  const resumes = keeping.state === 'kept' ? ' A reload breaks that off; you can have it resumed afterwards.' : '';
  return [
    ...(indexed > 0 ? [`${some(indexed, 'document')} being read and indexed.${resumes}`] : []),
    ...(answering ? ['An answer is being written; a reload breaks it off.'] : []),
    ...(switching?.state === 'embedding' ? [`The documents are being embedded with ${switching.to}.`] : []),
    ...(keeping.state === 'opening' ? ['A collection is being opened.'] : []),
  ];
}

/** What would be gone. What is kept comes back by itself, and is not named. */
export function lostByReload({ entries, turns, questions, keeping, draft }: OnTheDesk): readonly string[] {
  const asked = draft.trim() === '' ? [] : ['The question that you have begun to write.'];
  if (keeping.state === 'kept' || keeping.state === 'following' || keeping.state === 'opening') return asked;
  const here = [
    ...(entries.length > 0 ? [counted(entries.length, 'document')] : []),
    ...(turns.length > 0
      ? [`${counted(turns.length, 'question')} with ${turns.length === 1 ? 'its answer' : 'their answers'}`]
      : []),
    ...(questions.length > 0 ? [`a question set of ${counted(questions.length, 'question')}`] : []),
  ];
  if (here.length === 0) return asked;
  const what = new Intl.ListFormat('en-GB').format(here);
  const why =
    keeping.state === 'failed'
      ? 'What of it was kept before comes back; the rest goes.'
      : 'The files on your disk stay as they are.';
  return [`In memory only: ${what}. ${why}`, ...asked];
}

function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function some(n: number, noun: string): string {
  return `${counted(n, noun)} ${n === 1 ? 'is' : 'are'}`;
}
