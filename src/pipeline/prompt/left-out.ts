/** What a prompt has no room for. */
import type { Prompt } from './prompt.ts';

/** In sentences for the person; '' where all is in it. @param passages those that were to be read, best first */
export function leftOut(
  { passages: read, passageLeftOut, questionLeftOut }: Pick<Prompt, 'passages' | 'passageLeftOut' | 'questionLeftOut'>,
  passages: readonly { readonly number: number }[],
): string {
  const numbers = passages.slice(read).map(({ number }) => number);
  const unread =
    numbers.length === 1 ? `Passage ${numbers[0]} was not read` : `Passages ${numbers.join(', ')} were not read`;
  const sentences = [
    ...(numbers.length > 0 ? [`${unread}: there was no room in the prompt.`] : []),
    ...(passageLeftOut > 0 ? [ended(passageLeftOut, `passage ${passages[0]!.number}`)] : []),
    ...(questionLeftOut > 0 ? [ended(questionLeftOut, 'the question')] : []),
  ];
  return sentences.join(' ');
}

function ended(characters: number, of: string): string {
  return `The last ${characters} characters of ${of} did not fit into the prompt.`;
}
