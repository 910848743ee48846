/** Which passages are read, and in which helpings. */
import type { Passage } from '../document.ts';
import { passageBudget } from '../prompt/format.ts';

/** Passages of one document that are read for its summary, at most: some seconds to some minutes of reading. */
export const mostRead = 48;

/** At most `most` of them, in order and evenly spread, the first and the last among them. */
export function spread<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  if (most < 2) return all.slice(0, most);
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))]!);
}

/** Neighbours together, as many as a prompt would hold; a passage over the budget is a group of its own. */
export function groupsOf(passages: readonly Passage[], budget = passageBudget): readonly (readonly Passage[])[] {
  const groups: Passage[][] = [];
  let used = 0;
  for (const passage of passages) {
    const last = groups.at(-1);
    const sameDocument = last?.[0]?.path === passage.path;
    if (last && sameDocument && used + passage.tokens <= budget) last.push(passage);
    else {
      groups.push([passage]);
      used = 0;
    }
    used += passage.tokens;
  }
  return groups;
}
