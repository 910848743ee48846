/** What is told of kept collections. */
import type { Ended } from './database.ts';

export function followingSentence(name: string): string {
  return (
    `“${name}” is open in another tab, which keeps its documents: add and remove them there. ` +
    'What changes there shows here, and you can ask here as well.'
  );
}

/** Why nothing more is kept. */
export function endedSentence(why: Ended): string {
  const stays = 'What is on the desk stays in memory.';
  if (why === 'newer')
    return `A newer version of Carrel, open in another tab, has taken over what is kept: reload this page to go on with it. ${stays}`;
  return `The browser has closed what is kept, or has cleared it. ${stays}`;
}

export const blockedSentence =
  'What is kept in this browser waits for another tab, which holds it and does not answer: close that tab. Until then ' +
  'nothing more is kept here; all else works.';

export function wipedSentence(models: boolean): string {
  const what = models ? 'All collections, the settings and the models' : 'All collections and the settings';
  const next = models ? ' The models are fetched again when the page is opened the next time.' : '';
  return `${what} were deleted from this browser, and the desk was cleared.${next}`;
}

export const wipedElsewhereSentence = 'Everything that was kept in this browser was deleted in another tab.';

/** A collection that came in a file is on the desk. */
export function broughtSentence(name: string, kept: boolean): string {
  return kept
    ? `“${name}” is on the desk, and is kept in this browser as a collection of its own.`
    : `“${name}” is on the desk, in memory: what changes here does not go back into its file. Save it again to have that.`;
}
