/** The collection on the desk: what happens there is written by the writer, as long as it is open. */
import { untrack } from 'svelte';
import type { Within } from '../../pipeline/retrieve/within.ts';
import type { Conversation } from '../conversation.svelte.ts';
import type { Documents } from '../documents.svelte.ts';
import type { QuestionSet } from '../question-set.svelte.ts';
import type { Settings } from '../state.ts';
import type { CollectionLock } from './tabs.ts';
import type { Writer } from './writer.ts';

/** What is on the desk. */
export interface OnDesk {
  readonly documents: Pick<Documents, 'entries' | 'list' | 'arriving' | 'arrived'>;
  readonly conversation: Pick<Conversation, 'turns'>;
  readonly questionSet: Pick<QuestionSet, 'questions'>;
  settings(): Settings;
  /** What questions are asked of. */
  limit(): Within | null;
}

export class OpenCollection {
  /** From now on the writer sees whatever changes on the desk. */
  private readonly unfollow: () => void;

  constructor(
    readonly id: string,
    readonly lock: CollectionLock,
    readonly writer: Writer,
    private readonly desk: OnDesk,
  ) {
    const { documents, conversation, questionSet, settings, limit } = desk;
    this.unfollow = $effect.root(() => {
      $effect(() => {
        const { entries, list } = documents;
        const { arrangement } = list;
        const { questions } = questionSet;
        const now = {
          entries,
          turns: conversation.turns,
          settings: settings(),
          arrangement,
          questions,
          limit: limit(),
        };
        untrack(() => writer.follow(now));
      });
    });
  }

  /** Resolves when all that can be written has been, with the files that are still on their way onto the desk. */
  async written(): Promise<void> {
    const { documents } = this.desk;
    do {
      await documents.arrived();
      // What has come onto the desk is seen with the next turn of the event loop.
      await new Promise((resume) => setTimeout(resume));
      await this.writer.written();
    } while (documents.arriving);
  }

  /** Nothing more is written. @param keepLock for who opens the same collection again */
  async close(keepLock = false): Promise<void> {
    this.unfollow();
    await this.writer.stop();
    if (!keepLock) this.lock.release();
  }
}
