/** The gold passages of a grounded row among others, as the model is trained to read them. */
import type { Passage } from '../../../src/pipeline/document.ts';
import type { Model } from '../../../src/pipeline/pipeline.ts';
import { byHash, sourceOf, type Grounded, type GroundedRow } from '../grounded.ts';
import { foundBeyondDoubt, wholeDocument, type Task } from './ask.ts';
import { judgedOf, withheldFrom } from './rows.ts';

/** Passages in a prompt at the most. */
const MOST = 4;

/**
 * The row's own passages, gold first, then others under its title, by hash, until four are there or the prompt is full;
 * shuffled by a hash of the row's id. What answers the question without being called gold is not added.
 */
export function givenTask(row: GroundedRow, grounded: Grounded): Task {
  const { id, title, passages, gold, question } = row;
  const own = new Set(passages);
  const withheld = withheldFrom(row, grounded);
  const sameTitle = grounded.dev.filter((other) => other.title === title).flatMap((other) => other.passages);
  const others = [...new Set(sameTitle)].filter((passage) => !own.has(passage) && !withheld(passage));
  const wanted = [...passages, ...shuffled(others, id)];
  return {
    question: judgedOf(row),
    asked: { text: question, corrections: [] },
    find: async (model) => {
      const ids = await fitting(wanted, question, model, grounded);
      const read = shuffled(ids, id).map((one) => passageOf(one, grounded));
      const golds = passages.slice(0, gold).filter((passage) => ids.includes(passage));
      return { found: foundBeyondDoubt(read), evidence: golds.map(wholeDocument) };
    },
  };
}

/** The first four that fit into one prompt; of those that do not fit a later, shorter one may. */
async function fitting(ids: readonly string[], question: string, model: Model, grounded: Grounded): Promise<string[]> {
  const chosen: string[] = [];
  for (const id of ids) {
    const tried = [...chosen, id];
    const { passages } = await model.prompt(
      tried.map((one, i) => ({ ...passageOf(one, grounded), number: i + 1 })),
      question,
    );
    if (passages === tried.length) chosen.push(id);
    if (chosen.length === MOST) break;
  }
  return chosen;
}

function shuffled(ids: readonly string[], by: string): string[] {
  return byHash(ids, (id) => `${by} ${id}`);
}

function passageOf(id: string, grounded: Grounded): Passage {
  const { path, title, text } = sourceOf(grounded, id);
  // Nobody embeds it: its length in the embedder's tokens is not asked for.
  return { id, path, start: 0, end: text.length, context: title, text, tokens: 0 };
}
