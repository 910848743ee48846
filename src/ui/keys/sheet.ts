/** The words of the sheet of keys: it is loaded when it is wanted. */
import type { ShortcutId } from './shortcuts.ts';

export const shortcutText: Readonly<Record<ShortcutId, string>> = {
  palette: 'Commands: find anything that can be done here',
  sheet: 'This sheet',
  question: 'To the question',
  documents: 'To the list of documents',
  document: 'To the open document',
  next: 'To the next question of the conversation',
  previous: 'To the question before',
  newest: 'To the newest question',
  ask: 'Ask',
  lab: 'Lab',
  lessons: 'Lessons',
  settings: 'Settings',
};

/** Keys that belong to one place of the page and work while the focus is in it. */
export const placeKeys: readonly {
  readonly place: string;
  readonly keys: readonly { readonly keys: readonly string[]; readonly says: string }[];
}[] = [
  {
    place: 'In the question box',
    keys: [
      { keys: ['Enter'], says: 'Ask' },
      { keys: ['Shift', 'Enter'], says: 'A new line' },
      { keys: ['↑'], says: 'While it is empty: the question before; again for the one before that' },
      { keys: ['↓'], says: 'Back towards the newest' },
      { keys: ['Escape'], says: 'Leave earlier questions' },
    ],
  },
  {
    place: 'In an open document',
    keys: [
      { keys: ['/'], says: 'Find in the document; with Control or Command and F, too' },
      { keys: ['n'], says: 'Next match' },
      { keys: ['Shift', 'n'], says: 'Match before' },
      { keys: ['Escape'], says: 'Close it, and back to what opened it' },
    ],
  },
  {
    place: 'While lessons are presented',
    keys: [
      { keys: ['→'], says: 'On; Page Down, too, also from a field' },
      { keys: ['←'], says: 'Back; Page Up, too' },
      { keys: ['n'], says: 'Show or hide the notes' },
      { keys: ['Escape'], says: 'Leave' },
    ],
  },
  {
    place: 'In the tabs above',
    keys: [{ keys: ['←', '→'], says: 'The tab before, the next tab' }],
  },
];
