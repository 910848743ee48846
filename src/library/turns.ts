/** The list of questions and answers as data: how a change to one of them reaches the others. */
import { standAlone, type Exchange, type FollowUp } from '../pipeline/retrieve/follow-up/follow-up.ts';
import { HIGHEST_NUMBER, type Numbers } from '../pipeline/retrieve/numbering.ts';
import type { Attempt, Turn } from './state.ts';

export function newTurn(id: number, question: string): Turn {
  return {
    ...{ id, question, phase: 'waiting', ...unanswered, changedSources: [] },
    ...{ asWritten: false, within: null, wanted: null, askedWith: null, earlier: [], stale: false },
  };
}

/** What a turn loses when it is asked anew. */
const unanswered = {
  reading: null,
  streamed: '',
  answer: null,
  error: '',
  understood: '',
  from: null,
  open: false,
} as const;

export function changed(turns: readonly Turn[], id: number, change: Partial<Turn>): readonly Turn[] {
  return turns.map((turn) => (turn.id === id ? { ...turn, ...change } : turn));
}

/** The turn as it waits to be asked once more; what was understood from its old answer is told so. */
export function askedAnew(turns: readonly Turn[], id: number, change: Partial<Turn>): readonly Turn[] {
  const again = { phase: 'waiting', ...unanswered, changedSources: [], stale: false, ...change } as const;
  return changed(withStale(turns, id), id, again);
}

/** Those that were understood from this turn are marked: it is not what it was. */
export function withStale(turns: readonly Turn[], id: number): readonly Turn[] {
  return turns.map((turn) => (turn.from === id ? { ...turn, stale: true } : turn));
}

/** @param text of the document at `path` as it is now; '' when it is gone */
export function withChangedSources(turn: Turn, path: string, text: string): Turn {
  const own = turn.answer?.sources.filter(({ passage }) => passage.path === path) ?? [];
  const [first] = own;
  if (!first) return turn;
  const others = turn.changedSources.filter((name) => name !== first.documentName);
  const isLost = own.some(({ passage }) => !text.includes(passage.text));
  if (isLost === others.length < turn.changedSources.length) return turn;
  return { ...turn, changedSources: isLost ? [...others, first.documentName] : others };
}

/** The answer that a new one is put beside; none while there is none. */
export function attemptOf({ answer, askedWith, understood, question }: Turn): readonly Attempt[] {
  return answer && askedWith ? [{ answer, askedWith, question: understood || question }] : [];
}

/** How a question is understood from the turn before it that has an answer, and which one that is. */
export function understanding(turns: readonly Turn[], id: number): FollowUp & { readonly from: number | null } {
  const at = turns.findIndex((turn) => turn.id === id);
  const turn = turns[at];
  if (!turn || turn.asWritten) return { kind: 'alone', from: null };
  const last = turns.slice(0, at).findLast(({ answer }) => answer !== null) ?? null;
  return { ...standAlone(turn.question, last && exchangeOf(last)), from: last?.id ?? null };
}

/** What the passages are called that the model has read for this conversation's answers; the last used first. */
export function numbersIn(turns: readonly Turn[]): Numbers {
  const numbers = new Map<string, number>();
  const taken = new Set<number>();
  const answers = turns.toReversed().flatMap(({ answer, earlier }) => [answer, ...earlier.map((one) => one.answer)]);
  for (const answer of answers) {
    // A list of points numbers all that it cites by itself.
    if (!answer || answer.survey || !answer.trace.prompt) continue;
    for (const { passage, number } of answer.sources) {
      if (number > HIGHEST_NUMBER || taken.has(number) || numbers.has(passage.id)) continue;
      numbers.set(passage.id, number);
      taken.add(number);
    }
  }
  return numbers;
}

function exchangeOf({ understood, question, answer }: Turn): Exchange {
  // Neither a refusal nor a list of points names the one thing that a pronoun means.
  const isPlain = answer && !answer.refused && !answer.survey;
  return { question: understood || question, answer: isPlain ? answer.text : '' };
}
