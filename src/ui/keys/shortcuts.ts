/**
 * The page's own keys: which there are, and which a press means. A key alone (WCAG 2.1.4) is heard only where nothing
 * takes letters, and can be switched off; with Control, Command, Alt or Meta only what the sheet names is heard, so all
 * other keys stay the browser's.
 */

export type ShortcutId =
  | 'palette'
  | 'sheet'
  | 'question'
  | 'documents'
  | 'document'
  | 'next'
  | 'previous'
  | 'newest'
  | 'ask'
  | 'lab'
  | 'lessons'
  | 'settings';

/** A key that works wherever one is on the page. */
export interface Shortcut {
  readonly id: ShortcutId;
  /** `KeyboardEvent.key`, in lower case. */
  readonly key: string;
  /** Pressed with Control, or Command on a Mac; else alone. */
  readonly command: boolean;
  readonly says: string;
}

export const shortcuts: readonly Shortcut[] = [
  { id: 'palette', key: 'k', command: true, says: 'Commands: find anything that can be done here' },
  { id: 'sheet', key: '?', command: false, says: 'This sheet' },
  { id: 'question', key: 'q', command: false, says: 'To the question' },
  { id: 'documents', key: 'd', command: false, says: 'To the list of documents' },
  { id: 'document', key: 'v', command: false, says: 'To the open document' },
  { id: 'next', key: 'j', command: false, says: 'To the next question of the conversation' },
  { id: 'previous', key: 'k', command: false, says: 'To the question before' },
  { id: 'newest', key: 'e', command: false, says: 'To the newest question' },
  { id: 'ask', key: '1', command: false, says: 'Ask' },
  { id: 'lab', key: '2', command: false, says: 'Lab' },
  { id: 'lessons', key: '3', command: false, says: 'Lessons' },
  { id: 'settings', key: '4', command: false, says: 'Settings' },
];

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
    place: 'In the tabs above',
    keys: [{ keys: ['←', '→'], says: 'The tab before, the next tab' }],
  },
];

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Part of a word that an input method is still composing. */
  readonly isComposing: boolean;
  readonly defaultPrevented: boolean;
}

/**
 * What a press means, or null.
 * @param takesLetters the focus is where letters are typed or search a list
 * @param single keys alone are switched on
 * @param mac Command in place of Control
 */
export function shortcutOf(
  pressed: Pressed,
  { takesLetters, single, mac }: { takesLetters: boolean; single: boolean; mac: boolean },
): ShortcutId | null {
  if (pressed.isComposing || pressed.defaultPrevented || pressed.altKey) return null;
  const command = mac ? pressed.metaKey && !pressed.ctrlKey : pressed.ctrlKey && !pressed.metaKey;
  const alone = !pressed.ctrlKey && !pressed.metaKey;
  if (!command && !(alone && single && !takesLetters)) return null;
  const key = pressed.key.toLowerCase();
  return shortcuts.find((one) => one.key === key && one.command === command)?.id ?? null;
}

/** Everything that types, or searches a list by its letters. Screen readers pass letters on in the same places. */
const TYPING =
  'input, textarea, select, [contenteditable], [role="textbox"], [role="searchbox"], [role="combobox"], ' +
  '[role="listbox"], [role="menu"], [role="tree"], [role="grid"], [role="application"]';

export function takesLetters(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

/** `['Ctrl', 'K']`, `['⌘', 'K']`, `['q']`: as they stand on the keys. */
export function keyNames({ key, command }: Pick<Shortcut, 'key' | 'command'>, mac: boolean): readonly string[] {
  return command ? [mac ? '⌘' : 'Ctrl', key.toUpperCase()] : [key];
}
