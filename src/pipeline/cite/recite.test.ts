import { describe, expect, it } from 'vitest';
import type { Answer, Sentence, Source } from '../answer.ts';
import { citeInstead } from './recite.ts';

const source = (number: number): Source => ({
  number,
  documentName: `doc${number}.txt`,
  part: '',
  passage: { id: `p${number}`, path: `doc${number}.txt`, start: 0, end: 4, context: '', text: 'text', tokens: 1 },
});

/** Sentences that one after the other make up the text, each with what is offered for it. */
function answer(...given: readonly (readonly [text: string, citations: number[], instead?: Source])[]): Answer {
  let start = 0;
  const sentences = given.map(([text, citations, instead]): Sentence => {
    const sentence = { start, end: start + text.length, text, citations };
    start += text.length + 1;
    return { ...sentence, support: { supported: false, why: 'No.', ...(instead ? { instead } : {}) } };
  });
  return {
    ...{ text: given.map(([text]) => text).join(' '), sentences, sources: [source(1), source(2)] },
    ...{ made: 'adapter', madeBecause: '', refused: false, removedCitations: [], stopped: false, offered: null },
    trace: {
      ...{ corrections: [], candidates: [], evidence: 1, calibrated: true, threshold: 0, prompt: null, writtenIds: [] },
      ...{ features: { cosine: 1, coverage: 1, standing: 1, length: 1, size: 1 }, times: [] },
      ...{ question: '', searched: { passages: 0, embedded: 0 } },
    },
  };
}

describe('citeInstead', () => {
  it('writes the other source into the sentence, moves those behind it, and keeps what was cited', () => {
    const before = answer(['It rains [1].', [1], source(2)], ['It snows. [1]', [1]]);
    const after = citeInstead(before, 0);
    expect(after.text).toBe('It rains [2]. It snows. [1]');
    expect(after.sentences[0]).toMatchObject({ citations: [2], support: { supported: true, insteadOf: [1] } });
    for (const { start, end, text } of after.sentences) expect(after.text.slice(start, end)).toBe(text);
    expect(after.sources).toBe(before.sources);
  });

  it('gives a sentence without a citation one, and takes several off', () => {
    expect(citeInstead(answer(['It rains', [], source(2)]), 0).text).toBe('It rains [2].');
    expect(citeInstead(answer(['It rains [1, 2][1].', [1, 2], source(2)]), 0).text).toBe('It rains [2].');
  });

  it('makes a passage that was not read a source, once, with the next number', () => {
    const before = answer(['It rains [1].', [1], source(7)], ['It pours [2].', [2], source(7)]);
    const after = citeInstead(citeInstead(before, 0), 1);
    expect(after.text).toBe('It rains [3]. It pours [3].');
    expect(after.sources.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('leaves an answer alone for which nothing is offered', () => {
    const before = answer(['It rains [1].', [1]]);
    expect(citeInstead(before, 0)).toBe(before);
    expect(citeInstead(before, 5)).toBe(before);
  });
});
