/** The sentences of passages that speak of something: for a list, and for either side of a comparison. */
import { sentences } from '../chunk/sentences.ts';
import type { Passage } from '../document.ts';
import { contentWords } from '../index/content-words.ts';
import { rankSentences, type ClosestSentence, type EmbedText } from '../retrieve/closest.ts';
import { leans } from './leaning.ts';

/** What is asked about, as text and as the vector of that text: L2-normalised, null without an embedder. */
export interface About {
  readonly text: string;
  readonly vector: Float32Array | null;
}

/** One sentence, or in a comparison with those that go on about it, word for word. */
export interface Close {
  readonly text: string;
  readonly passage: Passage;
}

/**
 * A sentence further from what is asked than this share of the closest is no point. Fitted with bench/survey.ts: a list
 * is to be complete, and a comparison loses nothing by a closer reach.
 */
const REACH = { list: 0.4, comparison: 0.6 };
/** Sentences of one group at most: about every third. */
const MOST = 12;
const IS_SENTENCE = /[.!?;)”"]$/;
/** Or a row whose cells are named. */
const IS_POINT = /[.!?;)”"]$|[:|] /;
/** A word alone, `Mooring.`, is a label. */
const ENOUGH_WORDS = 2;
/** Sentences that are taken along because they lean on the one before. */
const FOLLOWING = 2;

export class CloseSentences {
  private closest = 0;
  private readonly own: ReadonlySet<string>;
  /** Content words of what this is compared with; null for a list. */
  private readonly others: ReadonlySet<string> | null;

  /** @param other what this is compared with; null for a list */
  constructor(
    private readonly about: About,
    other: string | null,
    private readonly embed: EmbedText,
  ) {
    this.own = new Set(contentWords(about.text));
    this.others = other === null ? null : new Set(contentWords(other));
  }

  /** Of the next group, in the order in which they stand; measured against the closest so far: the best groups come first. */
  async of(group: readonly Passage[]): Promise<readonly Close[]> {
    const { text, vector } = this.about;
    const numbered = group.map((passage, i) => ({ number: i, text: passage.text, context: passage.context }));
    const ranked = await rankSentences(numbered, text, vector, this.embed, Infinity);
    this.closest = Math.max(this.closest, ranked[0]?.score ?? 0);
    return ranked
      .filter((one) => isPoint(one, group[one.source]!) && this.isNear(one))
      .slice(0, MOST)
      .sort((a, b) => a.source - b.source || a.start - b.start)
      .map((one) => {
        const passage = group[one.source]!;
        return { text: this.others === null ? one.text : withFollowing(one, passage), passage };
      });
  }

  private isNear({ score, text }: ClosestSentence): boolean {
    if (this.others === null) return score >= REACH.list * this.closest;
    return score >= REACH.comparison * this.closest && !leans(text) && !this.isOfOther(text, this.others);
  }

  /** It has words of the other and none of its own. */
  private isOfOther(sentence: string, others: ReadonlySet<string>): boolean {
    const words = contentWords(sentence);
    const has = (some: ReadonlySet<string>, butNot: ReadonlySet<string>) =>
      words.some((word) => some.has(word) && !butNot.has(word));
    return has(others, this.own) && !has(this.own, others);
  }
}

function isPoint({ text, start }: ClosestSentence, passage: Passage): boolean {
  if (!IS_POINT.test(text) || contentWords(text).length < ENOUGH_WORDS) return false;
  const isTitle = start === 0 && passage.start === 0 && !IS_SENTENCE.test(text);
  return !isTitle && !passage.context.includes(text);
}

/** `The Guillemot carries 42. She has a ramp.` */
function withFollowing({ end, text }: ClosestSentence, { text: whole }: Passage): string {
  const following = sentences(whole, end).map((span) => whole.slice(span.start, span.end).replace(/\s+/g, ' '));
  const until = following.slice(0, FOLLOWING).findIndex((sentence) => !leans(sentence));
  return [text, ...following.slice(0, until < 0 ? FOLLOWING : until)].join(' ');
}
