/**
 * A question that follows up on the one before, turned into one that stands alone: it is searched and put to the model
 * without the conversation. By rules over word classes, for English; what they leave, and what they cost, is in
 * docs/conversation.md.
 */
import { foreignLanguage } from '../language.ts';
import * as lexicon from './lexicon.ts';
import { shapeOf, slice, tokensOf, type Shape } from './phrases.ts';
import { choice, type Before } from './listed.ts';
import { resolved, whole } from './refer.ts';
import { replaced } from './replace.ts';

/** The turn before. */
export interface Exchange {
  /** As it was understood. */
  readonly question: string;
  /** '' where the documents did not answer. */
  readonly answer: string;
}

export type FollowUp =
  | { readonly kind: 'alone' }
  | { readonly kind: 'understood'; readonly question: string }
  /** It points to something that was not found in the turn before, and is asked as it stands. */
  | { readonly kind: 'open' };

/** A longer question says itself what it is about. */
const LONGEST = 25;
/** Words of a piece without a verb of its own. */
const LONGEST_PIECE = 8;
const CITATION = /\s?\[\d+(?:\s*[,;]\s*\d+)*\]/g;
const LEAD = /^(?:(?:and|but|or|so|ok|okay|well|then)\b[,\s]*)+/i;
const ABOUT = /^(?:what|how) about\s+/i;
const TRAIL = /[\s,]+(?:too|also|as well|then|instead|though)$/i;
const ORDINAL = /^the (?:first|second|third|fourth|fifth|sixth|last|former|latter)(?: one)?$/i;
const WHICH =
  /^which(?: ones?| of (?:them|these|those|the two))? (?:is|was|are|were|does|do|did|has|costs?|can|may)\b/i;
const MORE =
  /^(?:(?:please )?(?:tell me|say) (?:some )?more(?: about (?:it|that|this|them))?|more(?: about (?:it|that|this))?|(?:please )?(?:explain|go on|continue)|any(?:thing)? more|what else)$/i;

export function standAlone(asked: string, last: Exchange | null): FollowUp {
  const alone: FollowUp = { kind: 'alone' };
  const text = asked.trim();
  if (!last || foreignLanguage(text) !== null || tokensOf(text).length > LONGEST) return alone;
  const question = shapeOf(last.question.trim());
  const answer = last.answer.replace(CITATION, '').trim();
  const choices = WHICH.test(text) ? choice(question) : null;
  if (choices !== null) return understood(`${text.replace(/[\s?]+$/, '')}, ${choices}?`, text);
  const rewritten = listed(text, { question, answer }) ?? pieceOf(text, question);
  if (rewritten !== null) {
    const { text: whole, open } = resolved(shapeOf(rewritten), { question, answer });
    return open ? { kind: 'open' } : understood(whole, text);
  }
  const pointed = resolved(shapeOf(text), { question, answer });
  if (pointed.text !== text) return understood(pointed.text.replace(LEAD, ''), text);
  return pointed.open ? { kind: 'open' } : alone;
}

function understood(text: string, asked: string): FollowUp {
  const question = text.replace(/\s+/g, ' ').replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
  return question === asked ? { kind: 'alone' } : { kind: 'understood', question };
}

/** `What about the second one?`, of what the answer lists. */
function listed(asked: string, last: Before): string | null {
  const piece = asked
    .replace(/[\s?.!]+$/, '')
    .replace(LEAD, '')
    .replace(ABOUT, '');
  const { text } = resolved(shapeOf(piece), last);
  return piece.length < asked.length && ORDINAL.test(piece) && text !== piece
    ? `Tell me more about ${text.replace(/^The /, 'the ')}.`
    : null;
}

/** The last question with the piece that was asked in its place; null where more than a piece was asked. */
function pieceOf(asked: string, last: Shape): string | null {
  const bare = asked.replace(/[\s?.!]+$/, '');
  const led = bare.replace(LEAD, '');
  const piece = led.replace(ABOUT, '').replace(TRAIL, '');
  if (MORE.test(led)) return more(last);
  // Nothing was asked that a piece could stand in: `lease deposit`, `Summarise the lease`.
  if (last.askedTo === 0 && last.auxiliary === null) return null;
  const isMarked = piece !== bare;
  const shape = shapeOf(piece);
  const length = shape.tokens.length;
  if (length === 0 || length > LONGEST_PIECE) return null;
  if (/^(?:why|how come)(?: (?:is|was) (?:that|this|it))?$/i.test(piece)) return why(last, false);
  if (/^why not$/i.test(piece)) return why(last, true);
  const isWhole =
    shape.tokens.some(({ word }) => lexicon.AUXILIARIES.has(word)) ||
    (shape.askedTo > 0 && (shape.verb !== null || length > shape.askedTo));
  if (isWhole) return null;
  const opensPiece = shape.askedTo > 0 || lexicon.PREPOSITIONS.has(shape.tokens[0]!.word);
  // A word or two without a sign is a search of its own: `Barbecues`, `deposit T305`.
  if (!isMarked && !(opensPiece && asked.trim().endsWith('?'))) return null;
  return (
    replaced(last, piece) ??
    `${said(last)}, and ${piece.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())}?`
  );
}

/** `Why not?` puts the `not` behind the subject. */
function why(last: Shape, not: boolean): string {
  const { text, tokens, auxiliary, subject } = last;
  if (auxiliary === null) return `${said(last)}, and why?`;
  const asked = last.askedTo > 0 && last.phrases.find(({ to }) => to <= last.askedTo && to > 1);
  if (asked) return `${said(last)}, and why?`;
  const end = tokens.length - (/[\p{L}\p{N}]/u.test(tokens.at(-1)!.word) ? 0 : 1);
  const subjectTo = subject?.to ?? auxiliary + 2;
  const negated = not && !tokens.some(({ word }) => word === 'not' || word.endsWith("n't"));
  const rest = negated
    ? `${slice(text, tokens, auxiliary, subjectTo)} not ${slice(text, tokens, subjectTo, end)}`
    : slice(text, tokens, auxiliary, end);
  return `Why ${rest.replace(/^\p{Lu}/u, (letter) => letter.toLowerCase())}?`;
}

function more(last: Shape): string {
  const topic = last.subject ?? last.phrases.find(({ from }) => from >= last.askedTo) ?? last.phrases[0];
  return topic ? `Tell me more about ${whole(last, topic)}.` : `${said(last)}?`;
}

const said = ({ text }: Shape): string => text.replace(/[\s?.!]+$/, '');
