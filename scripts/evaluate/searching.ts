/** The documents of a pool on the desk, and what the page's search finds there. */
import type { Candidate, Found } from '../../src/pipeline/answer.ts';
import type { Passage } from '../../src/pipeline/document.ts';
import { expandKept } from '../../src/pipeline/retrieve/expand.ts';
import type { Spelt } from '../../src/pipeline/retrieve/spell.ts';
import type { EvaluationDesk } from './desk.ts';
import type { Pool } from './questions.ts';
import { placed, type Placed } from '../../src/lab/quotes.ts';
import type { EvaluationSettings } from './settings.ts';

export interface Searched {
  readonly question: Placed;
  /** The question as it was searched. */
  readonly asked: Spelt;
  readonly found: Found;
  /** The candidates as the model would read them, expanded or not. */
  readonly read: readonly Candidate[];
  readonly milliseconds: number;
}

export interface SearchedPool {
  readonly documents: number;
  readonly passages: readonly Passage[];
  /** `NAME: why`. */
  readonly unread: readonly string[];
  readonly searched: readonly Searched[];
}

/** Puts the documents of a pool on the desk, asks its questions, and clears the desk. */
export async function searchPool(
  desk: EvaluationDesk,
  pool: Pool,
  settings: EvaluationSettings,
): Promise<SearchedPool> {
  const passages: Passage[] = [];
  const unread: string[] = [];
  const texts = new Map<string, string>();
  for (const added of await desk.add(pool.sources, settings)) {
    const { path } = added;
    if ('unread' in added) {
      unread.push(`${path}: ${added.unread}`);
      continue;
    }
    passages.push(...added.passages);
    texts.set(path, added.text);
  }
  const surroundingsOf = (path: string) => ({
    passages: passages.filter((passage) => passage.path === path),
    text: texts.get(path) ?? '',
  });
  await desk.prepare(pool.questions.map(({ question }) => question));
  const searched: Searched[] = [];
  for (const question of pool.questions) {
    const from = performance.now();
    const { asked, found } = await desk.search(question.question, {
      most: settings.promptPassages,
      ...(settings.vectorWeight === undefined ? {} : { vectorWeight: settings.vectorWeight }),
    });
    const milliseconds = performance.now() - from;
    const read = settings.promptText === 'passages' ? found.candidates : expandKept(found.candidates, surroundingsOf);
    searched.push({ question: placed(question, texts), asked, found, read, milliseconds });
  }
  await desk.remove([...texts.keys()]);
  return { documents: texts.size, passages, unread, searched };
}

/** The passages that would stand in the prompt. */
export function keptOf({ read }: Searched): Passage[] {
  return read.flatMap(({ fate, passage }) => (fate.kept ? [passage] : []));
}
