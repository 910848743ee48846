/**
 * The phrases of a short English question: what it asks with, its subject, verb, and the noun phrases in it. By word
 * classes and order alone, no statistics: questions put the subject right behind the auxiliary.
 */
import * as lexicon from './lexicon.ts';

export interface Token {
  readonly text: string;
  /** Lower case. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** A noun phrase; `from` and `to` count tokens, `to` is behind the last. */
export interface Phrase {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Its last word, before any `of`. */
  readonly head: string;
  /** The article, possessive or pointing word before it; '' without one. */
  readonly determiner: string;
  /** The preposition before it; '' without one. */
  readonly preposition: string;
  /** Index behind the phrases that belong to it: `the fine [for a late book]`. */
  readonly wholeTo: number;
  readonly kind: 'name' | 'time' | 'person' | 'thing';
  readonly plural: boolean;
}

export interface Shape {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Tokens of the phrase that asks: `For how long`, `Which two instruments`; 0 for a yes/no question. */
  readonly askedTo: number;
  /** Index of the auxiliary that stands behind it; null where the subject is asked for (`Who built …`). */
  readonly auxiliary: number | null;
  readonly subject: Phrase | null;
  /** Index of the verb or predicate; null where none is told. */
  readonly verb: number | null;
  /** In order; those in the asking phrase come first. */
  readonly phrases: readonly Phrase[];
}

const TOKEN = /[£€$]?\d[\d.,:]*\d|[£€$]?\d%?|[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*|\S/gu;
const OPENERS = new Set(['of', 'for']);

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].map((match) => {
    const word = match[0].toLowerCase().replace('’', "'");
    return { text: match[0], word, start: match.index, end: match.index + match[0].length };
  });
}

/** The text from one token to before another. */
export function slice(text: string, tokens: readonly Token[], from: number, to: number): string {
  const first = tokens[from];
  const last = tokens[to - 1];
  return first && last && to > from ? text.slice(first.start, last.end) : '';
}

const isWord = ({ word }: Token): boolean => /[\p{L}\p{N}]/u.test(word);
export const isCapital = ({ text }: Token): boolean => /^\p{Lu}/u.test(text);
const isDeterminer = (word: string): boolean =>
  lexicon.ARTICLES.has(word) || lexicon.POSSESSIVES.has(word) || lexicon.POINTING.has(word);

/** A word that can stand in a noun phrase. */
function isContent(token: Token, i: number): boolean {
  const { word } = token;
  if (!isWord(token)) return false;
  // `May` inside a sentence is a month, `On` the beginning of a name.
  if (i > 0 && isCapital(token) && word !== 'i') return true;
  return !(
    lexicon.ASKING.has(word) ||
    lexicon.AUXILIARIES.has(word) ||
    lexicon.PREPOSITIONS.has(word) ||
    lexicon.PRONOUNS.has(word) ||
    lexicon.LOOSE.has(word) ||
    isDeterminer(word)
  );
}

export function shapeOf(text: string): Shape {
  const tokens = tokensOf(text);
  const askedTo = askingEnd(tokens);
  const auxiliary = lexicon.AUXILIARIES.has(tokens[askedTo]?.word ?? '') ? askedTo : null;
  const runs = runsOf(tokens, askedTo, auxiliary);
  const phrases = runs.phrases.map((run) => phraseOf(text, tokens, run, runs.phrases));
  const subject = auxiliary === null ? null : (phrases.find(({ from }) => from > auxiliary) ?? null);
  const isSubject = subject !== null && auxiliary !== null && subject.from === auxiliary + 1;
  return { text, tokens, askedTo, auxiliary, subject: isSubject ? subject : null, verb: runs.verb, phrases };
}

/** Behind the asking phrase: `what`, `which two instruments`, `for how long`. */
function askingEnd(tokens: readonly Token[]): number {
  const first = tokens.findIndex(({ word }) => lexicon.ASKING.has(word));
  if (first < 0 || first > 1 || (first === 1 && !lexicon.PREPOSITIONS.has(tokens[0]!.word))) return 0;
  const asking = tokens[first]!.word;
  let to = first + 1;
  if (!['what', 'which', 'whose', 'how'].includes(asking)) return to;
  for (; to < tokens.length; to++) {
    const { word } = tokens[to]!;
    if (!isWord(tokens[to]!) || lexicon.AUXILIARIES.has(word) || lexicon.LOOSE.has(word)) return to;
    if (lexicon.PRONOUNS.has(word) || (isDeterminer(word) && to === first + 1)) return to;
    // `Which buses stop`, `Which firm repaired`; in `How much notice` it is a noun.
    if (to > first + (asking === 'how' ? 2 : 1) && isVerbForm(word) && !isCapital(tokens[to]!)) return to;
  }
  return to;
}

interface Run {
  readonly from: number;
  readonly to: number;
}

/** Noun phrases as runs of tokens, and where the verb is. */
function runsOf(
  tokens: readonly Token[],
  askedTo: number,
  auxiliary: number | null,
): { phrases: readonly Run[]; verb: number | null } {
  const phrases: Run[] = [];
  let verb: number | null = null;
  for (let i = 0; i < tokens.length;) {
    const from = i;
    if (isDeterminer(tokens[i]!.word)) i++;
    const content = i;
    while (i < tokens.length && isContent(tokens[i]!, i) && i < askedTo === content < askedTo) i++;
    if (i === content) {
      i = from + 1;
      continue;
    }
    const run = { from, content, to: i, subjectSeen: hasSubject(tokens, phrases, auxiliary, from) };
    const at: number | null = verb === null && from >= askedTo ? verbIn(tokens, run, auxiliary) : null;
    verb ??= at;
    const parts: readonly Run[] =
      at === null
        ? [run]
        : [
            { from, to: at },
            { from: at + 1, to: i },
          ];
    phrases.push(...parts.filter((part) => part.to > part.from).map((part) => ({ from: part.from, to: part.to })));
  }
  return { phrases, verb };
}

function hasSubject(tokens: readonly Token[], phrases: readonly Run[], auxiliary: number | null, before: number) {
  if (auxiliary === null) return false;
  const isPronoun = tokens.slice(auxiliary + 1, before).some(({ word }) => lexicon.PRONOUNS.has(word));
  return isPronoun || phrases.some(({ from }) => from > auxiliary);
}

/** Where the verb or predicate stands in a run of content words; null if it is none. */
function verbIn(
  tokens: readonly Token[],
  { from, content, to, subjectSeen }: Run & { readonly content: number; readonly subjectSeen: boolean },
  auxiliary: number | null,
): number | null {
  const plain = (i: number): string => (isCapital(tokens[i]!) ? '' : tokens[i]!.word);
  const bare = from === content;
  // `Who built the house`: the verb comes first.
  if (auxiliary === null) return bare && isVerbForm(plain(content)) ? content : null;
  const isBe = lexicon.TO_BE.has(tokens[auxiliary]!.word);
  // `Who was shot at`: what is asked for is the subject.
  const isAsked = isBe && auxiliary > 0 && lexicon.isPast(plain(content));
  const first = bare && (subjectSeen || isAsked) ? content : content + 1;
  if (isBe) return to > first && lexicon.isPredicate(plain(to - 1)) ? to - 1 : null;
  if (tokens[to]?.word === 'be' || isNounBefore(tokens, to)) return null;
  for (let i = first; i < to; i++) if (lexicon.VERBS.has(plain(i))) return i;
  // Of words that are not known, the last behind the subject is the verb, unless another auxiliary follows.
  const last = plain(to - 1);
  const isUnknownVerb = !subjectSeen && to - content > 1 && last !== '' && !lexicon.isNumber(last);
  return isUnknownVerb && !lexicon.AUXILIARIES.has(tokens[to]?.word ?? '') ? to - 1 : null;
}

/** `the offer for the roof include`: what looks like a verb is a noun, since the verb follows. */
function isNounBefore(tokens: readonly Token[], to: number): boolean {
  if (!/^(?:of|for|in|on)$/.test(tokens[to]?.word ?? '')) return false;
  return tokens.some(({ word }, i) => i > to + 1 && lexicon.VERBS.has(word) && isContent(tokens[i - 1]!, i - 1));
}

function isVerbForm(word: string): boolean {
  return (
    lexicon.isPast(word) ||
    [word, word.replace(/s$/, ''), word.replace(/es$/, '')].some((one) => lexicon.VERBS.has(one))
  );
}

function phraseOf(text: string, tokens: readonly Token[], { from, to }: Run, all: readonly Run[]): Phrase {
  const determiner = isDeterminer(tokens[from]!.word) ? tokens[from]!.word : '';
  const before = tokens[from - 1]?.word ?? '';
  const head = tokens[to - 1]!;
  const preposition = lexicon.PREPOSITIONS.has(before) ? before : '';
  return {
    from,
    to,
    text: slice(text, tokens, from, to),
    head: head.word,
    determiner,
    preposition,
    wholeTo: wholeEnd(tokens, { from, to }, all),
    kind: kindOf(tokens.slice(from, to)),
    plural: lexicon.isPlural(head.word),
  };
}

/** `of` and `for` bind to the phrase before them, other prepositions where a thing follows and no time. */
function wholeEnd(tokens: readonly Token[], run: Run, all: readonly Run[]): number {
  let to = run.to;
  for (const next of all) {
    if (next.from !== to + 1) continue;
    const preposition = tokens[to]!.word;
    if (!lexicon.PREPOSITIONS.has(preposition)) break;
    const kind = kindOf(tokens.slice(next.from, next.to));
    if (kind === 'time' || (!OPENERS.has(preposition) && !['in', 'on', 'to', 'between', 'from'].includes(preposition)))
      break;
    to = next.to;
  }
  return to;
}

function kindOf(tokens: readonly Token[]): Phrase['kind'] {
  const words = tokens.map(({ word }) => word);
  const head = words.at(-1)!;
  if (/^(?:1[0-9]|20)\d\d$/.test(head) || words.some((word, i) => lexicon.MONTHS.has(word) && isCapital(tokens[i]!)))
    return 'time';
  if (lexicon.TIMES.has(head) || (lexicon.UNITS.has(head) && /(?:day|week|month|year|hour|minute)s$/.test(head)))
    return 'time';
  if (lexicon.PERSONS.has(head)) return 'person';
  return tokens.some((token) => isCapital(token) && token.word.length > 1) && !isDeterminer(words[0]!)
    ? 'name'
    : 'thing';
}
