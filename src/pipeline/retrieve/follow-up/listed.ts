/** What the turn before listed or joined, and the words of a question that choose from it. */
import * as lexicon from './lexicon.ts';
import { slice, type Shape } from './phrases.ts';

export interface Before {
  readonly question: Shape;
  /** Without citations; '' where nothing was found. */
  readonly answer: string;
}

/** What the words from `i` to before `to` point to; text null where that is not known. */
export interface Reference {
  readonly to: number;
  readonly text: string | null;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** `Which one is cheaper?`: the two or more that the last question joined, `the lute or the viola`; null without. */
export function choice({ text, tokens, phrases }: Shape): string | null {
  const joined = phrases.filter((phrase, i) => {
    const next = phrases[i + 1];
    const previous = phrases[i - 1];
    const joins = (from: number): boolean => /^(?:and|or|,|than|with)$/.test(tokens[from]?.word ?? '');
    return (
      (next && next.from === phrase.to + 1 && joins(phrase.to)) ||
      (previous && previous.to + 1 === phrase.from && joins(previous.to))
    );
  });
  const named = joined.map(({ from, to }) => slice(text, tokens, from, to));
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} or ${named.at(-1)}` : null;
}

/** `the second one`, `the former`: of the things that the answer, or else the question, lists. */
export function ordinal(asked: Shape, i: number, { question, answer }: Before): Reference | null {
  const { tokens } = asked;
  const word = tokens[i + 1]?.word ?? '';
  const isLast = /^(?:last|latter)$/.test(word);
  const at = word === 'former' ? 0 : isLast ? -1 : ORDINALS.indexOf(word);
  if (at < 0 && !isLast) return null;
  const hasOne = tokens[i + 2]?.word === 'one';
  const next = tokens[i + 2]?.word ?? '';
  if (!hasOne && /[\p{L}\p{N}]/u.test(next) && !lexicon.AUXILIARIES.has(next) && !lexicon.PREPOSITIONS.has(next))
    return null;
  const items = [itemsOf(answer), itemsOf(question.text)].find((list) => list.length > 1);
  const item = items?.at(at);
  if (!item) return hasOne ? { to: i + 3, text: null } : null;
  const named =
    /^(?:the|a|an) /i.test(item) || /\p{Lu}/u.test(item) ? item.replace(/^(?:the|an?) /i, 'the ') : `the ${item}`;
  return { to: i + (hasOne ? 3 : 2), text: named };
}

export function itemsOf(text: string): string[] {
  const first = text.split(/(?<=[.!?])\s/)[0]!.replace(/[.\s?]+$/, '');
  const items = first.split(/,\s+(?:and\s+)?|\s+(?:and|or)\s+/).map((item) => item.trim());
  const articled = items.map((item, i) =>
    i > 0 && /^the /i.test(items[0]!) && !/^(?:the|an?) /i.test(item) ? `the ${item}` : item,
  );
  return articled.filter(Boolean);
}
