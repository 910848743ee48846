/** Retrieval, fine-tuning or both: what the person's priorities speak for, and what they leave open. */

/** How much something matters. */
export type Weight = 0 | 1 | 2;

export const priorities = ['style', 'changing', 'traceable', 'stable', 'soon', 'short', 'large', 'restricted'] as const;
export type Priority = (typeof priorities)[number];
export type Priorities = Readonly<Record<Priority, Weight>>;

export const nothingMatters: Priorities = {
  ...{ style: 0, changing: 0, traceable: 0, stable: 0, soon: 0, short: 0, large: 0, restricted: 0 },
};

/** What each of them speaks for. */
export const speaksFor: Readonly<Record<Priority, 'retrieval' | 'tuning'>> = {
  style: 'tuning',
  changing: 'retrieval',
  traceable: 'retrieval',
  stable: 'tuning',
  soon: 'retrieval',
  short: 'tuning',
  large: 'retrieval',
  restricted: 'retrieval',
};

/** Why it is not clear. */
export type Unclear =
  /** Nothing has been said to matter. */
  | 'nothing'
  /** The same knowledge cannot both change and stay. */
  | 'conflict'
  /** As much speaks for one as for the other, and nothing matters very much. */
  | 'even';

export type Lean =
  | { readonly to: 'retrieval' | 'tuning' | 'both'; readonly because: readonly Priority[] }
  | { readonly to: 'unclear'; readonly why: Unclear; readonly because: readonly Priority[] };

/** How far one sum must lie above the other where nothing matters very much. */
const apart = 2;

/**
 * One thing that matters very much decides for its side, one on either side for both; else the sums of the weights, where
 * they are apart. No measurement gives these weights: they are a way to think it through.
 */
export function lean(given: Priorities): Lean {
  const set = priorities.filter((one) => given[one] > 0);
  if (set.length === 0) return { to: 'unclear', why: 'nothing', because: [] };
  if (given.changing === 2 && given.stable === 2)
    return { to: 'unclear', why: 'conflict', because: ['changing', 'stable'] };
  const on = (side: 'retrieval' | 'tuning') => set.filter((one) => speaksFor[one] === side);
  const [retrieval, tuning] = [on('retrieval'), on('tuning')];
  const [strongRetrieval, strongTuning] = [retrieval, tuning].map((some) => some.filter((one) => given[one] === 2));
  if (strongRetrieval!.length > 0 && strongTuning!.length > 0)
    return { to: 'both', because: [...strongRetrieval!, ...strongTuning!] };
  if (strongRetrieval!.length > 0) return { to: 'retrieval', because: retrieval };
  if (strongTuning!.length > 0) return { to: 'tuning', because: tuning };
  // Each of them weighs 1.
  const more = retrieval.length - tuning.length;
  if (more >= apart) return { to: 'retrieval', because: retrieval };
  if (-more >= apart) return { to: 'tuning', because: tuning };
  return { to: 'unclear', why: 'even', because: set };
}
