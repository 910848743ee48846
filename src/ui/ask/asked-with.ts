/** What an answer was made with, in words. */
import { isOther, otherId } from '../../library/generators.ts';
import type { AskSettings, OtherGenerator } from '../../library/state.ts';
import { count } from '../wording.ts';

/** The page's own ways of answering. */
export const ownGenerators: Readonly<Record<Exclude<AskSettings['generator'], OtherGenerator>, string>> = {
  adapter: 'Model with its adapter',
  base: 'Base model',
  off: 'Sentences word for word',
};

function generatorText(generator: AskSettings['generator']): string {
  return isOther(generator) ? otherId(generator) : ownGenerators[generator];
}

export const searchText: Readonly<Record<AskSettings['search'], string>> = {
  both: 'Words and meaning',
  words: 'Words alone',
  meaning: 'Meaning alone',
};

export const promptTextText: Readonly<Record<AskSettings['promptText'], string>> = {
  passages: 'The passages',
  surroundings: 'What stands around them, too',
};

export const readingText: Readonly<Record<AskSettings['reading'], string>> = {
  once: 'Each once',
  together: 'Together',
};

/** `Base model, words and meaning, 2 passages` */
export function askedWithText({ generator, search, promptPassages, promptText, reading, within }: AskSettings): string {
  const around = promptText === 'surroundings' ? ' with what stands around them' : '';
  const passages = `${count(promptPassages, 'passage')}${around}`;
  const read = generator === 'adapter' ? ` read ${readingText[reading].toLowerCase()}` : '';
  const of = within ? `, asked only of ${count(within.paths.length, 'document')}` : '';
  return `${generatorText(generator)}, ${searchText[search].toLowerCase()}, ${passages}${read}${of}`;
}
