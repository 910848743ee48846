/** An answer without a language model: the closest sentences, word for word. */
import type { ClosestSentence } from '../retrieve/closest.ts';

/** A second sentence is taken along when it scores at least this share of the first. */
const secondShare = 0.85;

/** One or two sentences with their citations, `The rent is 500 euros [1].`; '' if there are none. */
export function extractiveText(ranked: readonly ClosestSentence[]): string {
  const [first, second] = ranked;
  if (!first) return '';
  const chosen = second && second.score >= secondShare * first.score ? [first, second] : [first];
  return chosen.map(cited).join(' ');
}

/** The citation stands before the full stop, as the model writes it. */
export function cited({ text, source }: Pick<ClosestSentence, 'text' | 'source'>): string {
  const [, body, stop] = /^(.*?)([.!?…]*)$/su.exec(text)!;
  return `${body} [${source}]${stop || '.'}`;
}
