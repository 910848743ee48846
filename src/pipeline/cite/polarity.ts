/** Which words of a text are said and which denied: "not" and its like deny the few words behind them. */
import { contentWords } from '../index/content-words.ts';

export interface Polarity {
  /** Stem -> whether it stands there said, and denied. */
  readonly said: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
}

const NEGATOR = /^(?:not|cannot|never|no|nor|neither|without|none|nobody|nothing|\p{L}+n['’]t)$/iu;
const TOKEN = /[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*|[.;:!?]/gu;

/** Words behind a negator that it may deny, function words counted. */
const REACH = 3;

export function polarityOf(text: string): Polarity {
  const said = new Set<string>();
  const denied = new Set<string>();
  let left = 0;
  // "No, it is not": the first word answers, it denies nothing, also of a point in a list. "Not only" says.
  const tokens = text.replace(/^\s*(?:- )?(?:yes|no)\b[,.:;]?/i, ' ').match(TOKEN) ?? [];
  tokens.forEach((token, i) => {
    if (/^[.;:!?]$/.test(token)) left = 0;
    else if (NEGATOR.test(token) && !/^only$/i.test(tokens[i + 1] ?? '')) left = REACH;
    else {
      for (const word of contentWords(token)) (left > 0 ? denied : said).add(word);
      left = Math.max(0, left - 1);
    }
  });
  return { said, denied };
}

/** The first word that one text only says and the other only denies; null if there is none. */
export function turnedRound(a: Polarity, b: Polarity): string | null {
  const onlyDenied = ({ said, denied }: Polarity, word: string): boolean => denied.has(word) && !said.has(word);
  const onlySaid = ({ said, denied }: Polarity, word: string): boolean => said.has(word) && !denied.has(word);
  return (
    [...a.denied].find((word) => onlyDenied(a, word) && onlySaid(b, word)) ??
    [...a.said].find((word) => onlySaid(a, word) && onlyDenied(b, word)) ??
    null
  );
}
