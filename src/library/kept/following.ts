/** What another tab has written of the open collection comes onto this desk. */
import type { Conversation } from '../conversation.svelte.ts';
import type { Documents } from '../documents.svelte.ts';
import type { QuestionSet } from '../question-set.svelte.ts';
import type { EmbeddingStamp } from '../../pipeline/embed/stamp.ts';
import type { Settings } from '../state.ts';
import { Opening } from './opening.ts';
import type { KeptStore } from './store.ts';
import type { Change, Writer } from './writer.ts';

export interface Following {
  readonly store: KeptStore;
  /** Id of the collection. */
  readonly id: string;
  readonly writer: Writer;
  readonly documents: Pick<Documents, 'restore' | 'remove' | 'list'>;
  readonly conversation: Pick<Conversation, 'restore' | 'drop'>;
  readonly questionSet: Pick<QuestionSet, 'restore'>;
  settings(): Settings;
  stamp(): Promise<EmbeddingStamp | null>;
  /** False for the tab that keeps the documents itself: it takes answers and the question set alone. */
  isFollowing(): boolean;
  /** Opens the collection anew: how it is cut and embedded has changed. */
  reopen(): Promise<void>;
}

export async function follow(change: Change, on: Following): Promise<void> {
  if (change.type === 'turns') return followTurns(change.ids, on);
  if (change.type === 'questions') return followQuestions(on);
  if (!on.isFollowing()) return;
  if (change.type === 'settings') return on.reopen();
  const { store, id, writer, documents, settings, stamp } = on;
  if (change.type === 'arrangement') return documents.list.arrange(await store.arrangement(id));
  const opening = new Opening({ store, writer, documents, isOurs: false, stamp });
  for (const path of change.paths) {
    const record = await store.document(id, path);
    if (record) await opening.restore([record], settings());
    else documents.remove(path);
  }
}

async function followQuestions({ store, id, writer, questionSet }: Following): Promise<void> {
  const questions = await store.questions(id);
  writer.knowsQuestions(questions);
  questionSet.restore(questions);
}

async function followTurns(ids: readonly number[], { store, id, writer, conversation }: Following): Promise<void> {
  const found = await Promise.all(ids.map(async (turn) => (await store.turn(id, turn)) ?? turn));
  const turns = found.filter((turn) => typeof turn !== 'number');
  const gone = found.filter((turn) => typeof turn === 'number');
  writer.knowsTurns(turns);
  writer.forgetsTurns(gone);
  conversation.restore(turns);
  conversation.drop(gone);
}
