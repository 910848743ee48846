import { contentWords } from '../index/content-words.ts';

/** A question in any language has one of these, as its writer mostly puts it. */
const QUESTION_MARK = /[?？؟\u037e]/;
/** How English begins where something is asked, also without the sign. */
const BEGINS =
  /^\s*(?:(?:to|in|at|on|for|from|by|with|of|about|under)\s+)?(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|am|do|does|did|can|could|will|would|shall|should|has|have|had|may|might|must|tell|explain|summari[sz]e|list|find|show|name|give|describe)\b/i;
/** How a story says that it asks. */
const WISHES = /\b(?:like|want|need|wish) to know\b/i;
/** Fewer words that carry meaning are a name, a code or a keyword. */
const ENOUGH = 4;

/**
 * Whether what stands in the search box asks nothing: a claim to be checked, a topic, the title of a paper. Many
 * passages then speak of the same matter, and none need hold its words.
 */
export function isStatement(text: string): boolean {
  const asks = [QUESTION_MARK, BEGINS, WISHES].some((sign) => sign.test(text));
  return !asks && new Set(contentWords(text)).size >= ENOUGH;
}
