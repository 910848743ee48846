/** A piece of a question put into the last one: `What did the roof cost in 2019?`, `And in 2020?`. */
import * as lexicon from './lexicon.ts';
import { isCapital, shapeOf, slice, tokensOf, type Phrase, type Shape } from './phrases.ts';

/** A single capital letter or a code: `B`, `E6`, `T309`. */
const CODE = /^(?:[A-Z]|[A-Z]+[-/]?\d[\w/-]*)$/;

/** The last question with `piece` (no sign at its end, no `and` before it) in place of its like; null if nothing is like it. */
export function replaced(last: Shape, piece: string): string | null {
  const tokens = tokensOf(piece);
  const first = tokens[0];
  if (!first) return null;
  if (shapeOf(piece).askedTo > 0) return askedInstead(last, piece);
  if (lexicon.PREPOSITIONS.has(first.word)) return replacedAfterPreposition(last, piece);
  if (!isCapital(first) && lexicon.VERBS.has(first.word) && last.verb !== null && isBaseVerb(last))
    return replacedVerb(last, piece, tokens.length);
  const target = likest(last, piece);
  return target && substitute(last, target, fitted(piece, target, last));
}

/** Whether the last question's verb stands in its base form: behind `may`, `did` and the like. */
function isBaseVerb({ auxiliary, tokens }: Shape): boolean {
  return auxiliary !== null && !lexicon.TO_BE.has(tokens[auxiliary]!.word) && !/^ha/.test(tokens[auxiliary]!.word);
}

/** Another asking phrase: `When?`, `On which day?`, `And how many sheep?`. Null where the subject is asked for. */
function askedInstead(last: Shape, piece: string): string | null {
  const { tokens, text, auxiliary, askedTo, phrases, verb } = last;
  const end = textEnd(last);
  const asked = capitalised(piece);
  if (auxiliary === null) {
    const isCount = /^how (?:many|much)\b/i.test(text) && /^how (?:many|much)\b./i.test(piece);
    return isCount ? `${asked} ${slice(text, tokens, verb ?? askedTo, end)}?` : null;
  }
  const rest = slice(text, tokens, auxiliary, end);
  const lowered = auxiliary === 0 ? rest.replace(/^./, (letter) => letter.toLowerCase()) : rest;
  const object = phrases.find(({ to }) => to <= askedTo && to > 1);
  const isCount = tokensOf(piece).length > 2 && /^how (?:many|much)\b/i.test(piece);
  if (!object || isCount || verb === null || object.kind === 'time') return `${asked} ${lowered}?`;
  // What `How many books` asked for is missed behind the verb.
  const noun = slice(text, tokens, object.to - 1, object.to);
  return `${asked} ${slice(text, tokens, auxiliary, verb + 1)} ${[noun, slice(text, tokens, verb + 1, end)].filter(Boolean).join(' ')}?`;
}

function replacedAfterPreposition(last: Shape, piece: string): string {
  const { phrases, tokens, text } = last;
  const [preposition] = tokensOf(piece);
  const given = shapeOf(`x ${piece}`).phrases.at(-1);
  const same = phrases.filter((phrase) => phrase.preposition === preposition!.word);
  const alike = given && phrases.filter((one) => one.preposition && one.kind === given.kind && one.kind === 'time');
  const target =
    same.find((phrase) => sharesWord(phrase, piece)) ??
    same.find((phrase) => phrase.kind === given?.kind) ??
    (given?.kind === 'time' ? alike?.[0] : same.at(-1));
  if (!target) return `${slice(text, tokens, 0, textEnd(last))} ${piece}?`;
  return substitute(
    last,
    { ...target, from: target.from - 1 },
    `${preposition!.text} ${fitted(piece.slice(preposition!.end).trim(), target, last)}`,
  );
}

/** `May the tenant paint the walls?`, `And put up shelves?`; a verb alone keeps what stands behind the last one. */
function replacedVerb(last: Shape, piece: string, length: number): string {
  const { tokens, text, verb, phrases } = last;
  const object = phrases.find(({ from }) => from === verb! + 1);
  const end = textEnd(last);
  const to = length > 1 ? end : (object?.to ?? verb! + 1);
  return join(slice(text, tokens, 0, verb!), piece, slice(text, tokens, to, end));
}

/** The phrase of the last question that the piece is likest to; null without any. */
function likest(last: Shape, piece: string): Phrase | null {
  const given = shapeOf(piece).phrases[0];
  const candidates = last.phrases.filter(({ from }) => from >= last.askedTo);
  if (!given) return null;
  const copular = last.subject !== null && last.verb === null;
  const points = (phrase: Phrase, i: number): number => {
    const heads = phrase.head === given.head || sharesWord(phrase, piece) ? 4 : 0;
    const codes = CODE.test(phrase.text.split(' ').at(-1)!) && CODE.test(piece) ? 6 : 0;
    const kinds = phrase.kind === given.kind ? 1 : 0;
    const times = (phrase.kind === 'time') !== (given.kind === 'time') ? -4 : 0;
    const determiners = phrase.determiner === given.determiner ? 1 : 0;
    // `What is the deposit for the cello?`: of two alike the thing is what the other belongs to.
    const order = copular ? i * 0.1 : -i * 0.1;
    const owned = /^(?:its|his|her|their)$/.test(given.determiner) && i === 0 ? 3 : 0;
    return heads + codes + kinds + times + determiners + order + owned;
  };
  const ranked = candidates
    .map((phrase, i) => ({ phrase, score: points(phrase, i) }))
    .sort((a, b) => b.score - a.score);
  return ranked[0]?.phrase ?? null;
}

function sharesWord({ text }: Phrase, piece: string): boolean {
  const words = new Set(tokensOf(text).map(({ word }) => word));
  return tokensOf(piece).some(
    ({ word }) => words.has(word) && !/^(?:the|a|an|of|for|in|on|at|its|his|her|their)$/.test(word),
  );
}

/** The piece as it stands in the target's place: `the large one` becomes `the large cultivator`, `E6` `the code E6`. */
function fitted(piece: string, target: Phrase, last: Shape): string {
  const tokens = tokensOf(piece);
  const words = tokensOf(target.text);
  if (CODE.test(piece) && words.length > 1) return [...words.slice(0, -1).map(({ text }) => text), piece].join(' ');
  const own = /^(?:its|his|her|their)$/.test(tokens[0]?.word ?? '');
  if (own && last.phrases[0]) return `the ${piece.slice(tokens[0]!.end).trim()}`;
  if (!/^ones?$/.test(tokens.at(-1)?.word ?? '')) return piece;
  const determined = lexicon.ARTICLES.has(tokens[0]!.word) ? 1 : 0;
  const described = tokens.length - 1 - determined;
  const noun = words
    .slice(target.determiner ? 1 : 0)
    .slice(Math.min(described, words.length - 1 - (target.determiner ? 1 : 0)));
  return [...tokens.slice(0, -1), ...noun].map(({ text }) => text).join(' ');
}

function substitute(last: Shape, target: Phrase, piece: string): string {
  const { tokens, text } = last;
  const end = textEnd(last);
  // What belongs to the old thing goes with it, but for what the new one shares: `the surplus [of the cooperative]`.
  const isSimple = /^the \S+$/.test(piece);
  const keeps = isSimple && last.tokens[target.to]?.word === 'of';
  const isKept = target.kind === 'time' || keeps || last.verb === null || /^an?$/.test(target.determiner);
  const to = isKept ? target.to : target.wholeTo;
  return join(slice(text, tokens, 0, target.from), piece, slice(text, tokens, to, end));
}

/** Index behind the last word. */
function textEnd({ tokens }: Shape): number {
  return tokens.findLastIndex(({ word }) => /[\p{L}\p{N}]/u.test(word)) + 1;
}

const join = (...parts: readonly string[]): string => `${parts.filter(Boolean).join(' ')}?`;
const capitalised = (text: string): string => text.replace(/^\p{L}/u, (letter) => letter.toUpperCase());
