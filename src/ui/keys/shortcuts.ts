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
}

export const shortcuts: readonly Shortcut[] = [
  { id: 'palette', key: 'k', command: true },
  { id: 'sheet', key: '?', command: false },
  { id: 'question', key: 'q', command: false },
  { id: 'documents', key: 'd', command: false },
  { id: 'document', key: 'v', command: false },
  { id: 'next', key: 'j', command: false },
  { id: 'previous', key: 'k', command: false },
  { id: 'newest', key: 'e', command: false },
  { id: 'ask', key: '1', command: false },
  { id: 'lab', key: '2', command: false },
  { id: 'lessons', key: '3', command: false },
  { id: 'settings', key: '4', command: false },
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
