/** How well passages fit a sentence whose facts all stand in them: the numbers that the verdict is computed from. */
import type { Claims } from './claims.ts';
import type { Fact } from './facts.ts';
import { turnedRound } from './polarity.ts';
import type { Reading, Window } from './reading.ts';

/** Each is 0 where it has nothing to say, and in [0, 1] but for `length`. */
export interface Signs {
  /** Share of the sentence's other content words that stand in the passages; 1 where it has none. */
  readonly words: number;
  /** 1 where that is less than `wordsNeeded`. */
  readonly few: number;
  /** The share where a word weighs less the more of the given passages hold it. */
  readonly own: number;
  /** The greatest share of its words and facts, and of its words alone, that one or two sentences of a passage hold. */
  readonly near: number;
  readonly together: number;
  /** `together` where the sentences that hold most of its words lack one of its facts. */
  readonly elsewhere: number;
  /** Its square where they have another fact of the kind in its place. */
  readonly swapped: number;
  /** 1 where those sentences say what it denies, or deny what it says. */
  readonly turned: number;
  /** ln(1 + words and facts): of a long sentence no passage holds all. */
  readonly length: number;
  /** 1 where it has no words beside its facts: `2003`. */
  readonly bare: number;
}

/** Share of the other content words from which on they are many. */
const wordsNeeded = 0.6;

/** The signs, and what they rest on, so that it can be told. */
export interface Fit {
  readonly signs: Signs;
  readonly found: number;
  readonly of: number;
  /** A fact that does not stand where most of the words do; undefined if there is none. */
  readonly lacking: Fact | undefined;
  readonly turnedWord: string | null;
}

/** @param whole the cited passages as one @param given all passages that the writer had */
export function fitOf(claims: Claims, facts: readonly Fact[], whole: Reading, given: readonly Reading[]): Fit {
  const { words, names, quantities } = claims;
  const seen = whole.windows.map((window) => seenIn(window, words, facts));
  const found = words.filter((word) => whole.words.has(word));
  const weigh = (some: readonly string[]): number =>
    some.reduce((sum, word) => sum + 1 / (1 + given.filter((one) => one.words.has(word)).length), 0);
  const best = seen.reduce<Seen | undefined>((one, other) => (one && !better(other, one) ? one : other), undefined);
  const fullest = Math.max(0, ...seen.map((one) => one.words + one.facts));
  const together = share(best?.words ?? 0, words.length);
  const turnedWord = best && together >= 0.5 ? turnedRound(claims.polarity, best.window.polarity) : null;
  const absent = best && words.length > 0 ? facts.filter((fact) => !fact.heldBy(best.window)) : [];
  const swapped = absent.some(({ kind }) =>
    kind === 'name'
      ? [...best!.window.names].some((name) => !names.includes(name))
      : best!.window.quantities.some(({ value }) => !quantities.some((one) => one.value === value)),
  );
  const total = words.length + facts.length;
  const shareFound = share(found.length, words.length);
  return {
    signs: {
      words: shareFound,
      few: Number(shareFound < wordsNeeded),
      own: share(weigh(found), weigh(words)),
      near: share(fullest, total),
      together,
      elsewhere: absent.length > 0 ? together : 0,
      swapped: swapped ? together ** 2 : 0,
      turned: Number(turnedWord !== null),
      length: Math.log(1 + total),
      bare: Number(words.length === 0),
    },
    ...{ found: found.length, of: words.length, lacking: absent[0], turnedWord },
  };
}

interface Seen {
  readonly window: Window;
  /** Counts of what the window holds of the sentence. */
  readonly words: number;
  readonly facts: number;
}

function seenIn(window: Window, words: readonly string[], facts: readonly Fact[]): Seen {
  return {
    window,
    words: words.filter((word) => window.words.has(word)).length,
    facts: facts.filter((fact) => fact.heldBy(window)).length,
  };
}

/** More words; among equals one sentence rather than two, then more facts. */
function better(a: Seen, b: Seen): boolean {
  return (a.words - b.words || b.window.size - a.window.size || a.facts - b.facts) > 0;
}

const share = (part: number, all: number): number => (all === 0 ? 1 : part / all);
