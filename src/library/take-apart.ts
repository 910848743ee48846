/** What the two scores of a passage are made of, as the embedder and the collection are now. */
import { passageInput } from '../pipeline/chunk/chunk.ts';
import type { Passage } from '../pipeline/document.ts';
import type { TokenVectors } from '../pipeline/embed/embedder.ts';
import type { ExplainedScore } from '../pipeline/index/interface.ts';
import type { Shelf } from './shelf.ts';
import type { Entry } from './state.ts';
import { isHere } from './waiting.ts';

export interface TakenApart {
  /** As it was embedded and indexed, without what a prompt may have taken in around it. */
  readonly passage: Passage;
  readonly words: ExplainedScore;
  readonly meaning:
    | { readonly state: 'read'; readonly question: Float32Array; readonly tokens: TokenVectors }
    /** `why` is a sentence. */
    | { readonly state: 'missing'; readonly why: string };
}

/** @throws Error with a sentence when the collection does not hold the passage any more */
export async function takeApart(
  shelf: Pick<Shelf, 'embedder' | 'embedders' | 'explain'>,
  question: string,
  { path, id }: Pick<Passage, 'path' | 'id'>,
  entries: readonly Pick<Entry, 'path' | 'passages'>[],
): Promise<TakenApart> {
  const passage = entries.find((entry) => entry.path === path)?.passages.find((one) => one.id === id);
  const words = passage && (await shelf.explain(question, passage));
  if (!words) throw new Error(gone);
  return { passage, words, meaning: await meaningOf(shelf, question, passage) };
}

const gone =
  'This passage is no longer there: its document has changed, was cut anew or taken away since the answer. ' +
  'Ask again, and what is found then can be taken apart.';

async function meaningOf(
  { embedder, embedders }: Pick<Shelf, 'embedder' | 'embedders'>,
  question: string,
  passage: Passage,
): Promise<TakenApart['meaning']> {
  if (!(await isHere(embedder)))
    return { state: 'missing', why: 'The embedder is not here, so nothing can be embedded.' };
  const [asked, tokens] = await Promise.all([embedders.question(question), embedders.tokens(passageInput(passage))]);
  return { state: 'read', question: asked.vector, tokens };
}
