/** An answer after the person took the source that was offered for one of its sentences. */
import type { Answer, Source } from '../answer.ts';
import { cited } from '../generate/extractive.ts';
import { withoutCitations } from './citations.ts';

/**
 * The sentence cites the source offered instead of what it cited; a passage that was no source becomes one, with the
 * next number. The answer itself where nothing was offered for that sentence.
 */
export function citeInstead(answer: Answer, at: number): Answer {
  const old = answer.sentences[at];
  if (!old || old.support.supported || !old.support.instead) return answer;
  const { source, sources } = taken(answer.sources, old.support.instead);
  const text = cited({ text: withoutCitations(old.text).trim(), source: source.number });
  const longer = text.length - old.text.length;
  const sentences = answer.sentences.map((sentence, i) => {
    if (i < at) return sentence;
    const { start, end } = sentence;
    if (i > at) return { ...sentence, start: start + longer, end: end + longer };
    const support = { supported: true, insteadOf: sentence.citations } as const;
    return { start, end: end + longer, text, citations: [source.number], support };
  });
  return {
    ...answer,
    text: answer.text.slice(0, old.start) + text + answer.text.slice(old.end),
    sources,
    sentences,
  };
}

/** The source under the number it has or gets. */
function taken(sources: readonly Source[], offered: Source): { source: Source; sources: readonly Source[] } {
  const known = sources.find(
    ({ passage }) => passage.id === offered.passage.id && passage.path === offered.passage.path,
  );
  if (known) return { source: known, sources };
  const source = { ...offered, number: Math.max(0, ...sources.map(({ number }) => number)) + 1 };
  return { source, sources: [...sources, source] };
}
