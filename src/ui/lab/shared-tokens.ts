/** The tokens of a passage as the page shows them: where each stands, and its share of the cosine. */
import { tokenSpans } from '../../lab/token-spans.ts';
import type { Token } from '../../pipeline/embed/embedder.ts';

export interface SharedToken {
  readonly token: Token;
  /** `added` by the tokenizer, in the `prefix` that the model wants, in title and headings, or in the passage itself. */
  readonly where: 'added' | 'prefix' | 'lead' | 'text';
  /** As the passage writes it; '' where it has no place of its own in it. */
  readonly shown: string;
  /** What stands between it and the token before. */
  readonly gap: string;
  readonly share: number;
}

export interface SharedTokens {
  readonly tokens: readonly SharedToken[];
  /** False where text and tokens could not be brought together: the tokens then stand as the vocabulary writes them. */
  readonly placed: boolean;
}

/**
 * @param input all that was read: prefix, `lead` (title and headings) and text, one behind the other
 * @param shares one a token
 */
export function sharedTokens(
  input: string,
  tokens: readonly Token[],
  shares: readonly number[],
  { lead = '', text }: { readonly lead?: string; readonly text: string },
): SharedTokens {
  const spans = tokenSpans(input, tokens);
  const textFrom = input.length - text.length;
  // A line break stands between the two.
  const leadFrom = lead ? textFrom - lead.length - 1 : textFrom;
  let end = 0;
  const list = tokens.map((token, i): SharedToken => {
    const share = shares[i]!;
    const span = spans?.[i];
    if (token.kind === 'added') return { token, where: 'added', shown: token.text, gap: '', share };
    if (!span) return { token, where: 'text', shown: token.text, gap: ' ', share };
    // The break between two parts belongs to neither.
    const from = Math.max(end, span.start >= textFrom ? textFrom : span.start >= leadFrom ? leadFrom : 0);
    const gap = input.slice(from, span.start);
    end = span.end;
    const where = span.start >= textFrom ? 'text' : span.start >= leadFrom ? 'lead' : 'prefix';
    return { token, where, shown: input.slice(span.start, span.end), gap, share };
  });
  return { tokens: list, placed: spans !== null };
}
