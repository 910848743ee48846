/** What was found, by document: those whose name fits first, then by their best passage. */
import type { FoundPassages } from '../../library/seeker.ts';
import type { Entry } from '../../library/state.ts';
import { fold } from '../../pipeline/index/words.ts';
import type { SoughtHit } from '../../pipeline/retrieve/seek.ts';

export interface FoundGroup {
  readonly entry: Entry;
  /** The text stands in its name. */
  readonly named: boolean;
  /** Best first. */
  readonly hits: readonly SoughtHit[];
}

/** What has left the desk meanwhile is left out. @param entries those that are shown */
export function foundGroups({ text, hits }: FoundPassages, entries: readonly Entry[]): readonly FoundGroup[] {
  const wanted = fold(text.trim());
  const byPath = new Map<string, SoughtHit[]>();
  for (const hit of hits) {
    const own = byPath.get(hit.passage.path);
    if (own) own.push(hit);
    else byPath.set(hit.passage.path, [hit]);
  }
  const read = new Map(entries.flatMap((entry) => (entry.document ? [[entry.path, entry] as const] : [])));
  const named = [...read.values()].filter(({ name }) => fold(name).includes(wanted));
  const paths = new Set([...named.map(({ path }) => path), ...byPath.keys()]);
  return [...paths].flatMap((path) => {
    const entry = read.get(path);
    return entry ? [{ entry, named: named.includes(entry), hits: byPath.get(path) ?? [] }] : [];
  });
}

/** `Found 12 passages in 3 documents, by words and by meaning` */
export function foundText({ meaning, searched }: FoundPassages, passages: number, documents: number): string {
  const whole = new Intl.NumberFormat('en');
  const how = {
    coming: 'by words so far; by meaning follows',
    searched:
      searched.embedded < searched.passages
        ? `by words, and by meaning among the ${whole.format(searched.embedded)} of ${whole.format(searched.passages)} passages that are embedded`
        : 'by words and by meaning',
    absent: 'by words alone',
  }[meaning];
  const n = `${whole.format(passages)} passage${passages === 1 ? '' : 's'}`;
  return `${n} in ${whole.format(documents)} document${documents === 1 ? '' : 's'}, ${how}`;
}
