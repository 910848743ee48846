/** The ways to the places of the page, as keys and commands go them. Places are found by role and name. */
import { tick } from 'svelte';
import { desk, type Place } from '../ask/desk-place.svelte.ts';
import { readingPlace } from '../ask/reading-place.svelte.ts';
import type { Tab } from '../shell/tabs.ts';

export interface Ways {
  tab(tab: Tab): Promise<void>;
  question(): Promise<void>;
  documents(): Promise<void>;
  /** The open document; nothing where none is open. */
  document(): Promise<void>;
  /** The choice of the collection, in the list of documents. */
  collections(): Promise<void>;
  next(): Promise<void>;
  previous(): Promise<void>;
  newest(): Promise<void>;
  /** @param id of a turn */
  turn(id: number): Promise<void>;
}

/** @param select shows a tab */
export function waysOf(select: (tab: Tab) => void): Ways {
  async function to(place: Place, ...targets: readonly string[]): Promise<void> {
    select('Ask');
    desk.shown = place;
    await tick();
    for (const target of targets) {
      const element = document.querySelector<HTMLElement>(target);
      if (element?.checkVisibility()) return element.focus();
    }
  }
  async function within(move: () => void): Promise<void> {
    await to('conversation');
    move();
  }
  return {
    async tab(tab) {
      select(tab);
      await tick();
      document.getElementById(`tab-${tab}`)?.focus();
    },
    async question() {
      select('Ask');
      await tick();
      document.querySelector<HTMLElement>('textarea[aria-label="Question"]')?.focus();
    },
    documents: () =>
      to(
        'documents',
        '[aria-label="Documents"] [aria-current="true"]',
        '[aria-label="Documents"] button',
        '.documents :is(button, input)',
        'input[type="file"]',
      ),
    document: () => to('document', '[aria-label="Document"]'),
    collections: () => to('documents', '.desk select'),
    next: () => within(() => readingPlace.step(1)),
    previous: () => within(() => readingPlace.step(-1)),
    newest: () => within(() => readingPlace.newest()),
    turn: (id) => within(() => readingPlace.jump(id)),
  };
}
