/** Tokens and probabilities as the page writes them. */
import type { ShownToken, TokenText } from '../../workers/generator.ts';

/** `84 %`, `99.6 %`, `< 0.1 %`. */
export function probabilityText(probability: number): string {
  const percent = 100 * probability;
  if (percent < 0.1) return '< 0.1 %';
  if (percent >= 99.95) return '> 99.9 %';
  return `${percent >= 10 && percent < 99 ? percent.toFixed(0) : percent.toFixed(1)} %`;
}

/** White space can be seen: `·euros`, `↵`. */
export function visibleToken({ text, ends }: TokenText): string {
  if (ends) return 'end of the answer';
  if (text === '') return 'another control token';
  return text.replaceAll('\n', '↵').replaceAll('\t', '⇥').replaceAll(' ', '·');
}

/** Below it the model held something else as likely, all in all: the token is marked. */
export const unsure = 0.5;

/** `“·900”: 84 %, 0.9 bits` and what came next. */
export function tokenTelling(token: ShownToken): string {
  const { id, probability, entropy, likeliest } = token;
  const other = likeliest.find((one) => one.id !== id);
  const next = other ? `; next likeliest “${visibleToken(other)}”, ${probabilityText(other.probability)}` : '';
  return `“${visibleToken(token)}”: ${probabilityText(probability)}, entropy ${entropy.toFixed(2)} bits${next}`;
}
