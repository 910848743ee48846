/** Everything that can be done from the keyboard in one list. Each command does what a control of the page does. */
import type { LibraryApi } from '../../library/state.ts';
import { exportConversation } from '../ask/export.ts';
import { chooseFiles } from '../documents/choose.ts';
import type { Dropped } from '../documents/dropped.ts';
import type { Ways } from '../keys/go.ts';
import type { ShortcutId } from '../keys/shortcuts.ts';
import { tabs } from '../shell/tabs.ts';
import { theme, themes, type Theme } from '../shell/theme.svelte.ts';
import { shownNames } from '../wording.ts';

export interface Command {
  /** What is looked for and read: unique. */
  readonly title: string;
  /** Does the same, where a key of its own has been given. */
  readonly shortcut?: ShortcutId;
  run(): void;
}

export interface CommandContext {
  readonly library: LibraryApi;
  readonly ways: Ways;
  readonly showKeys: () => void;
  readonly add: (dropped: Dropped) => void;
}

const themeText: Readonly<Record<Theme, string>> = { system: 'as the system', light: 'light', dark: 'dark' };

/** The commands that can be given now, the usual ones first. */
export function commands(context: CommandContext): readonly Command[] {
  return [
    ...places(context),
    ...documents(context),
    ...conversation(context),
    ...collections(context),
    ...look(context),
    ...opening(context),
    ...questions(context),
  ];
}

function places({ ways, library }: CommandContext): Command[] {
  const ids = { Ask: 'ask', Lab: 'lab', Lessons: 'lessons', Settings: 'settings' } as const;
  return [
    { title: 'Write a question', shortcut: 'question', run: () => void ways.question() },
    ...tabs.map((tab) => ({ title: `Go to ${tab}`, shortcut: ids[tab], run: () => void ways.tab(tab) })),
    { title: 'Go to the list of documents', shortcut: 'documents', run: () => void ways.documents() },
    ...when(library.viewing !== null, [
      { title: 'Go to the open document', shortcut: 'document', run: () => void ways.document() },
      {
        title: 'Close the open document',
        run: () => {
          library.close();
          void ways.documents();
        },
      },
    ]),
  ];
}

function documents({ library, add }: CommandContext): Command[] {
  return [
    { title: 'Add documents…', run: () => chooseFiles('files', add) },
    { title: 'Add a folder…', run: () => chooseFiles('folder', add) },
    ...when(library.entries.length === 0, [
      { title: 'Try the sample documents', run: () => void library.addSamples() },
    ]),
  ];
}

function conversation({ library, ways }: CommandContext): Command[] {
  const { turns, busy, removed } = library;
  const last = turns.at(-1);
  if (busy) return [{ title: 'Stop the answer', run: () => library.stop() }];
  return [
    ...(last
      ? [
          {
            title: 'Ask the last question again',
            run: () => {
              void library.askAgain(last.id);
              void ways.newest();
            },
          },
          { title: 'Go to the newest question', shortcut: 'newest' as const, run: () => void ways.newest() },
          {
            title: 'Export the conversation as Markdown',
            run: () => void exportConversation(turns, 'md'),
          },
          { title: 'Export the conversation as JSON', run: () => void exportConversation(turns, 'json') },
          {
            title: 'Remove the last question from the conversation',
            run: () => void ways.newest().then(() => library.removeTurn(last.id)),
          },
        ]
      : []),
    ...when(removed !== null, [{ title: 'Bring the removed question back', run: () => library.undoRemove() }]),
  ];
}

/** Where something on the desk would be lost, its own question has to be answered first: there the command leads. */
function collections({ library, ways }: CommandContext): Command[] {
  const { kept, entries, turns } = library;
  if (kept.collections.length === 0) return [];
  const loses = kept.state.state === 'failed' || (kept.state.state === 'memory' && entries.length + turns.length > 0);
  if (loses) return [{ title: 'Choose another collection', run: () => void ways.collections() }];
  return [
    ...kept.collections
      .filter(({ id }) => id !== kept.open?.id)
      .map(({ id, name }) => ({ title: `Open the collection ${name}`, run: () => void kept.switchTo(id) })),
    ...when(kept.open !== null, [{ title: 'Begin a new desk, not kept', run: () => void kept.switchTo(null) }]),
  ];
}

function look({ showKeys }: CommandContext): Command[] {
  return [
    ...themes
      .filter((one) => one !== theme.value)
      .map((one) => ({ title: `Theme: ${themeText[one]}`, run: () => void (theme.value = one) })),
    { title: 'Show the keyboard shortcuts', shortcut: 'sheet', run: showKeys },
  ];
}

function opening({ library, ways }: CommandContext): Command[] {
  const names = shownNames(library.entries);
  return library.entries.flatMap(({ path, name, document, passages }) => {
    const shown = names.get(path) ?? name;
    return [
      ...when(document !== null, [
        {
          title: `Open ${shown}`,
          run: () => {
            library.open(path);
            void ways.document();
          },
        },
      ]),
      ...when(passages.length > 0, [
        {
          title: `Summarise ${shown}`,
          run: () => {
            void library.summarise(path);
            void ways.newest();
          },
        },
      ]),
    ];
  });
}

function questions({ library, ways }: CommandContext): Command[] {
  return library.turns.map(({ id, question }, at) => ({
    title: `Go to question ${at + 1}: ${question}`,
    run: () => void ways.turn(id),
  }));
}

function when(holds: boolean, some: readonly Command[]): readonly Command[] {
  return holds ? some : [];
}
