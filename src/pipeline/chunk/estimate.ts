/** Token counts when the embedder's tokenizer could not be loaded. */

/**
 * A guess on the high side: a token for every four characters of a word, and one for each other sign.
 * Passages made with it are rather too short than too long.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [word] of text.matchAll(/[\p{L}\p{M}\p{N}]+|[^\s]/gu)) {
    tokens += /^[\p{Script=Latin}\p{N}]+$/u.test(word) ? Math.ceil(word.length / 4) : word.length;
  }
  return tokens;
}
