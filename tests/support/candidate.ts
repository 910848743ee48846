import type { Candidate } from '../../src/pipeline/answer.ts';
import type { Passage } from '../../src/pipeline/document.ts';

/** A candidate that no stage says anything of. @param number that of a kept one; null for one that was cut */
export function candidate(passage: Passage, number: number | null): Candidate {
  return {
    passage,
    keywordRank: null,
    keywordScore: null,
    terms: [],
    vectorRank: null,
    cosine: null,
    fused: 0,
    fate: number === null ? { kept: false, why: 'It is a test.' } : { kept: true, number },
  };
}
