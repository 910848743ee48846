/** Counting tokens word by word: a long text has few different words. */
import type { CountTokens } from '../chunk/units.ts';

/** So many words are remembered; then it begins anew. */
const MOST_WORDS = 100_000;
/** Longer words are no words, and would fill the memory. */
const LONGEST = 40;

/**
 * The same counts as `whole`, for a tokenizer that never joins two words into one token. WordPiece is such a one: it parts
 * the text at white space before anything else (Devlin et al., BERT, arXiv:1810.04805, its BasicTokenizer).
 */
export function wordByWord(whole: CountTokens): CountTokens {
  const known = new Map<string, number>();
  return (text) => {
    let sum = 0;
    // Not at every white space: the tokenizer takes some of it, U+FEFF for one, out before it parts the words.
    for (const word of text.split(/[ \t\n\r]+/)) {
      if (word === '') continue;
      let tokens = known.get(word);
      if (tokens === undefined) {
        tokens = whole(word);
        if (known.size >= MOST_WORDS) known.clear();
        if (word.length <= LONGEST) known.set(word, tokens);
      }
      sum += tokens;
    }
    return sum;
  };
}
