/** The rule that chose the 600 rows of dev-rows.txt. */
import { byHash, type GroundedRow } from '../grounded.ts';
import { dataSetOf } from './rows.ts';

const ROWS = 600;
/** Of them without an answer. */
const WITHOUT_ANSWER = 90;

/**
 * Ids of 510 rows with an answer and 90 without. Within each of the two, a source's share goes by the square root of the
 * number of rows it has; a source that has no more than its share gives all. Which rows, and their order, go by hash.
 */
export function chooseRows(rows: readonly GroundedRow[]): string[] {
  const none = rows.filter(({ answer }) => answer === null);
  const some = rows.filter(({ answer }) => answer !== null);
  const chosen = [...spread(some, ROWS - WITHOUT_ANSWER), ...spread(none, WITHOUT_ANSWER)];
  return byHash(chosen, (id) => id);
}

function spread(rows: readonly GroundedRow[], total: number): string[] {
  const sources = new Map<string, string[]>();
  for (const { id } of rows) sources.set(dataSetOf(id), [...(sources.get(dataSetOf(id)) ?? []), id]);
  const sizes = new Map([...sources].map(([source, ids]) => [source, ids.length]));
  return [...shares(sizes, total)].flatMap(([source, count]) =>
    // Not the hash that orders the whole: the first rows asked would all be the ones that were chosen first.
    byHash(sources.get(source)!, (id) => `chosen ${id}`).slice(0, count),
  );
}

/** How many each source gives: by largest remainders (Hamilton), none more than it has. */
export function shares(sizes: ReadonlyMap<string, number>, total: number): Map<string, number> {
  const whole = new Map<string, number>();
  let open = [...sizes];
  let left = total;
  for (;;) {
    const roots = open.reduce((sum, [, size]) => sum + Math.sqrt(size), 0);
    const quota = (size: number): number => (left * Math.sqrt(size)) / roots;
    const small = open.filter(([, size]) => quota(size) >= size);
    if (small.length === 0) {
      for (const [source, size] of open) whole.set(source, Math.floor(quota(size)));
      const missing = total - [...whole.values()].reduce((sum, count) => sum + count, 0);
      const byRemainder = open
        .map(([source, size]) => ({ source, remainder: quota(size) % 1 }))
        .sort((a, b) => b.remainder - a.remainder || (a.source < b.source ? -1 : 1));
      for (const { source } of byRemainder.slice(0, missing)) whole.set(source, whole.get(source)! + 1);
      return whole;
    }
    for (const [source, size] of small) whole.set(source, size);
    left = total - [...whole.values()].reduce((sum, count) => sum + count, 0);
    open = open.filter(([source]) => !whole.has(source));
  }
}
