/** What a screen reader is told when the library changes: one sentence a change, many changes as one. */
import type { Entry, Status, Turn } from '../../library/state.ts';
import { count, phaseText, statusText } from '../wording.ts';

export interface Heard {
  readonly statuses: ReadonlyMap<string, Status['state']>;
  readonly phases: ReadonlyMap<number, Turn['phase']>;
}

export const nothingHeard: Heard = { statuses: new Map(), phases: new Map() };

export function hear(entries: readonly Entry[], turns: readonly Turn[]): Heard {
  return {
    statuses: new Map(entries.map((e) => [e.path, e.status.state])),
    phases: new Map(turns.map((t) => [t.id, t.phase])),
  };
}

/** Sentences for what changed between `before` and now. Progress inside a state is not announced. */
export function announcement(before: Heard, entries: readonly Entry[], turns: readonly Turn[]): string {
  return [...documents(before, entries), ...answer(before, turns)].join(' ');
}

function documents(before: Heard, entries: readonly Entry[]): string[] {
  const changed = entries.filter((e) => before.statuses.get(e.path) !== e.status.state && e.status.state !== 'waiting');
  const now = new Set(entries.map((e) => e.path));
  const gone = [...before.statuses.keys()].filter((path) => !now.has(path));
  const sentences: string[] = [];
  if (gone.length === 1) sentences.push(`${gone[0]} was removed.`);
  else if (gone.length > 1) sentences.push(`${count(gone.length, 'document')} were removed.`);
  if (changed.length <= 3) {
    for (const entry of changed) {
      const said = entry.status.state === 'embedding' ? 'Embedding, searchable by words' : statusText(entry.status);
      sentences.push(`${entry.name}: ${said.replace(/\.$/, '')}.`);
    }
    return sentences;
  }
  const total = (state: Status['state']): number => changed.filter((e) => e.status.state === state).length;
  const groups = [
    [total('ready') + total('words-only'), 'ready'],
    [total('reading') + total('recognising') + total('embedding'), 'being read'],
    [total('unfinished'), 'not read to the end'],
    [total('failed'), 'failed'],
  ] as const;
  for (const [n, what] of groups) if (n > 0) sentences.push(`${count(n, 'document')} ${what}.`);
  return sentences;
}

function answer(before: Heard, turns: readonly Turn[]): string[] {
  // Any of them may be asked again.
  const last = turns.findLast(({ id, phase }) => before.phases.get(id) !== phase);
  if (!last) return [];
  if (last.phase === 'failed') return [last.error];
  if (last.phase !== 'done') return [`${phaseText[last.phase]}.`];
  if (!last.answer) return [];
  const doubts = last.answer.sentences.filter((s) => !s.support.supported).length;
  return [
    ...(last.understood ? [`Understood as: ${last.understood}`] : []),
    `Answer: ${last.answer.text}`,
    ...(last.answer.stopped ? ['Stopped.'] : []),
    ...(doubts > 0 ? [`${count(doubts, 'sentence')} without support in your documents.`] : []),
  ];
}
