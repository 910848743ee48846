import type { Candidate } from '../answer.ts';
import type { Passage } from '../document.ts';
import { nextFrom } from './diversify.ts';
import { liesIn, nearlySame } from './fold.ts';
import { numbering, type Numbers } from './numbering.ts';
import type { Ranked } from './rank.ts';

export interface ChooseOptions {
  /** Passages kept at most. */
  readonly most?: number;
  /**
   * How far below the best a passage may score, as a share of the way down to the median candidate, 0 to 1:
   * the further one stands out, the fewer are kept beside it.
   */
  readonly reach?: number;
  /** Passages whose scores differ by no more than this share of that way count as alike. */
  readonly alike?: number;
  /** What a second search found, best first: every other passage is taken from it, from a document of its own. */
  readonly second?: readonly Ranked[];
  /** Numbers from earlier in the conversation. */
  readonly numbers?: Numbers;
}

/** With fewer candidates the median says nothing about what an unfitting passage scores. */
const ENOUGH_TO_COMPARE = 8;
/** Characters between two passages that are only the white space between their paragraphs. */
const ADJOINING = 4;

const SECOND_NOTE = 'A second search found it, with the names that stand in the best passage.';

type Cut = { readonly because: 'same' | 'within'; readonly as: Ranked } | { readonly because: 'weak' | 'full' };

/**
 * Decides which candidates (best first) go to the answer, and says why of each of the others.
 * Same order, behind them what only the second search found and is kept; the kept ones are numbered in it.
 */
export function choose(ranked: readonly Ranked[], options: ChooseOptions = {}): Candidate[] {
  const { most = 4, reach = 0.5, alike = 0.1, second = [], numbers } = options;
  const best = ranked[0]?.fused ?? 0;
  const compared = ranked.length >= ENOUGH_TO_COMPARE;
  const way = compared ? best - median(ranked) : 0;
  const least = compared ? best - reach * way : -Infinity;
  const kept = new Set<Ranked>();
  const cut = new Map<Ranked, Cut>();
  const taken = new Set<string>();
  const rest = [...ranked];
  const known = new Map(ranked.map((one) => [one.passage, one]));
  const also = new Set<Ranked>();
  for (;;) {
    const other = kept.size % 2 === 1 && kept.size < most ? fromSecond(second, kept, taken) : undefined;
    if (other) {
      const one = known.get(other.passage) ?? other;
      const at = rest.indexOf(one);
      if (at >= 0) rest.splice(at, 1);
      cut.delete(one);
      kept.add(one);
      also.add(one);
      taken.add(one.passage.path);
      continue;
    }
    const next = nextFrom(rest, taken, alike * way);
    if (!next) {
      const all = [...ranked, ...[...also].filter((one) => !known.has(one.passage))];
      return withFates(all, numbersOf(all, kept, numbers), cut, also, most);
    }
    rest.splice(rest.indexOf(next), 1);
    const reason = reasonToCut(next, kept, most, least);
    if (reason) cut.set(next, reason);
    else {
      kept.add(next);
      taken.add(next.passage.path);
    }
  }
}

/** The best of the second search that stands in no document taken from and repeats nothing that is kept. */
function fromSecond(
  second: readonly Ranked[],
  kept: ReadonlySet<Ranked>,
  taken: ReadonlySet<string>,
): Ranked | undefined {
  return second.find(
    ({ passage }) => !taken.has(passage.path) && ![...kept].some((other) => nearlySame(passage, other.passage)),
  );
}

/** The cheap reasons first: texts are compared only where they would be used. */
function reasonToCut(next: Ranked, kept: ReadonlySet<Ranked>, most: number, least: number): Cut | null {
  if (kept.size >= most) return { because: 'full' };
  if (next.fused < least) return { because: 'weak' };
  for (const other of kept) {
    if (nearlySame(next.passage, other.passage)) return { because: 'same', as: other };
    if (liesIn(next.passage, other.passage)) return { because: 'within', as: other };
  }
  return null;
}

/** In their order. */
function numbersOf(ranked: readonly Ranked[], kept: ReadonlySet<Ranked>, earlier?: Numbers): Map<Ranked, number> {
  const inOrder = ranked.filter((one) => kept.has(one));
  const numbers = numbering(
    inOrder.map(({ passage }) => passage),
    earlier,
  );
  return new Map(inOrder.map((one, i) => [one, numbers[i]!]));
}

function withFates(
  ranked: readonly Ranked[],
  numbers: ReadonlyMap<Ranked, number>,
  cut: ReadonlyMap<Ranked, Cut>,
  also: ReadonlySet<Ranked>,
  most: number,
): Candidate[] {
  return ranked.map((one) => {
    const number = numbers.get(one);
    if (number !== undefined) {
      const note = also.has(one) ? SECOND_NOTE : neighbourNote(one, numbers);
      return { ...one, fate: { kept: true, number, ...(note && { note }) } };
    }
    return { ...one, fate: { kept: false, why: sentence(cut.get(one)!, numbers, most) } };
  });
}

function sentence(cut: Cut, numbers: ReadonlyMap<Ranked, number>, most: number): string {
  switch (cut.because) {
    case 'same':
      return `Nearly the same as passage ${numbers.get(cut.as)}.`;
    case 'within':
      return `All of it stands in passage ${numbers.get(cut.as)}.`;
    case 'weak':
      return `It scores far below passage ${[...numbers.values()][0]}.`;
    case 'full':
      return most === 1 ? 'Only the best passage is used.' : `Only the best ${most} passages are used.`;
  }
}

/** `It adjoins passage 1.`; '' if no kept passage before it is its neighbour. */
function neighbourNote(one: Ranked, numbers: ReadonlyMap<Ranked, number>): string {
  for (const [other, number] of numbers) {
    if (other === one) break;
    const relation = neighbours(one.passage, other.passage);
    if (relation) return `It ${relation} passage ${number}.`;
  }
  return '';
}

/** How two passages of one document touch; null if they do not. */
export function neighbours(a: Passage, b: Passage): 'overlaps' | 'adjoins' | null {
  if (a.path !== b.path) return null;
  const gap = Math.max(a.start, b.start) - Math.min(a.end, b.end);
  if (gap < 0) return 'overlaps';
  return gap <= ADJOINING ? 'adjoins' : null;
}

function median(ranked: readonly Ranked[]): number {
  const scores = ranked.map(({ fused }) => fused).sort((a, b) => a - b);
  const middle = scores.length >> 1;
  return scores.length % 2 === 1 ? scores[middle]! : (scores[middle - 1]! + scores[middle]!) / 2;
}
