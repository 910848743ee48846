/** The order of the list of documents: as they came or as they were moved, the pinned ones on top. */
import { pathsWithin, type Placed } from './inner.ts';

/** What the person has arranged. */
export interface Arrangement {
  /** Paths of the dropped files, in their order; none while they stand as they came. */
  readonly order: readonly string[];
  /** Paths of those that stay on top. */
  readonly pinned: readonly string[];
}

export const asTheyCame: Arrangement = { order: [], pinned: [] };

export function sameArrangement(a: Arrangement, b: Arrangement): boolean {
  const same = (x: readonly string[], y: readonly string[]) =>
    x.length === y.length && x.every((one, i) => one === y[i]);
  return same(a.order, b.order) && same(a.pinned, b.pinned);
}

/** A dropped file with everything inside it: what is moved together. */
type Family<T> = readonly [first: T, ...inside: T[]];

function families<T extends Placed>(entries: readonly T[]): Family<T>[] {
  const of = new Map<string, [T, ...T[]]>();
  for (const entry of entries) {
    const family = entry.outer === null ? undefined : of.get(entry.outer);
    if (family) family.push(entry);
    of.set(entry.path, family ?? [entry]);
  }
  return [...new Set(of.values())];
}

/** Those that `order` names in its order, the others behind them as they stand. */
export function ordered<T extends Placed>(entries: readonly T[], order: readonly string[]): readonly T[] {
  if (order.length === 0) return entries;
  const places = new Map(order.map((path, i) => [path, i]));
  const placeOf = ([{ path }]: Family<T>) => places.get(path) ?? order.length;
  return families(entries)
    .sort((a, b) => placeOf(a) - placeOf(b))
    .flat();
}

/** The pinned ones first, each with what is inside it. */
export function pinnedFirst<T extends Placed>(entries: readonly T[], pinned: ReadonlySet<string>): readonly T[] {
  if (pinned.size === 0) return entries;
  const all = families(entries);
  const isPinned = ([{ path }]: Family<T>) => pinned.has(path);
  return [...all.filter(isPinned), ...all.filter((family) => !isPinned(family))].flat();
}

/** A dropped file, with what is inside it, before another one; at the end with null. Others stay as they are. */
export function moved<T extends Placed>(entries: readonly T[], path: string, before: string | null): readonly T[] {
  const inside = pathsWithin(entries, path);
  const isMoved = (entry: T) => entry.path === path || inside.has(entry.path);
  const family = entries.filter(isMoved);
  const others = entries.filter((entry) => !isMoved(entry));
  const at = before === null ? others.length : others.findIndex((entry) => entry.path === before);
  return family[0]?.outer !== null || at < 0 ? entries : others.toSpliced(at, 0, ...family);
}

/**
 * Before which dropped file one stands after a step up or down in the list as it is shown; undefined where there is no
 * step: the pinned ones stay among themselves, as do the others.
 */
export function stepOf(
  entries: readonly Placed[],
  pinned: ReadonlySet<string>,
  path: string,
  step: -1 | 1,
): string | null | undefined {
  const peers = entries.filter(({ path: one, outer }) => outer === null && pinned.has(one) === pinned.has(path));
  const at = peers.findIndex((one) => one.path === path);
  if (at < 0 || !peers[at + step]) return undefined;
  return step < 0 ? peers[at - 1]!.path : (peers[at + 2]?.path ?? null);
}
