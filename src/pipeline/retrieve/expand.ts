/** What stands around the passages that were found, for the model to read with them. */
import type { Candidate } from '../answer.ts';
import type { Passage } from '../document.ts';

/** A document as far as its passages go. */
export interface Surroundings {
  /** In order; they may overlap. */
  readonly passages: readonly Passage[];
  readonly text: string;
}

/** Tokens of all expanded passages together: what leaves room for question and instructions in the prompt. */
const MOST_TOKENS = 480;

/**
 * The candidates, the kept ones with as much of their documents around them as fits, by whole neighbouring passages.
 * None takes in what another one holds, or what may not be taken.
 */
export function expandKept(
  candidates: readonly Candidate[],
  surroundingsOf: (path: string) => Surroundings | undefined,
  mayTake: (passage: Passage) => boolean = () => true,
): Candidate[] {
  const kept = candidates.filter(({ fate }) => fate.kept);
  const taken = new Set(kept.map(({ passage }) => placeOf(passage)));
  const most = Math.floor(MOST_TOKENS / Math.max(1, kept.length));
  return candidates.map((candidate) => {
    const around = candidate.fate.kept ? surroundingsOf(candidate.passage.path) : undefined;
    return around ? { ...candidate, passage: expand(candidate.passage, around, { most, taken, mayTake }) } : candidate;
  });
}

interface Taking {
  /** Tokens. */
  readonly most: number;
  readonly taken: Set<string>;
  mayTake(passage: Passage): boolean;
}

/**
 * The passage after it first, as an answer more often follows than precedes what names it, then the one before, and so
 * on. What it says of itself (id, context, header) stays; `start`, `end`, `text` and `tokens` are those of the whole.
 * `taken`: places that are not taken in; those that are join them.
 */
function expand(passage: Passage, { passages, text }: Surroundings, { most, taken, mayTake }: Taking): Passage {
  const at = passages.findIndex(({ start, end }) => start === passage.start && end === passage.end);
  if (at < 0) return passage;
  let [first, last, tokens] = [at, at, passage.tokens];
  const take = (neighbour: Passage | undefined): boolean => {
    if (!neighbour || tokens + neighbour.tokens > most || taken.has(placeOf(neighbour)) || !mayTake(neighbour))
      return false;
    tokens += neighbour.tokens;
    taken.add(placeOf(neighbour));
    return true;
  };
  for (;;) {
    const after = take(passages[last + 1]);
    if (after) last++;
    const before = take(passages[first - 1]);
    if (before) first--;
    if (!after && !before) break;
  }
  if (first === last) return passage;
  const start = passages[first]!.start;
  const end = passages[last]!.end;
  return { ...passage, start, end, text: text.slice(start, end), tokens };
}

function placeOf({ path, start }: Passage): string {
  return `${start} ${path}`;
}
