import { describe, expect, it } from 'vitest';
import type { AnswerCase, CutCase, RankingCase } from '../../../lab/gallery/case.ts';
import type { ArmRun } from '../../../lab/gallery/run.ts';
import type { Answer, Candidate, Found } from '../../../pipeline/answer.ts';
import type { Passage } from '../../../pipeline/document.ts';
import { ordinal, seen, stepText, verdictText } from './told.ts';

const passage = (path: string, text: string, start = 0): Passage => ({
  ...{ id: `${path} ${start}`, path, start, end: start + text.length, context: '', text, tokens: 9 },
});

const candidate = (of: Passage, number: number | null, cosine: number): Candidate => ({
  ...{ passage: of, keywordRank: 1, keywordScore: cosine * 10, terms: [], vectorRank: 1, cosine, fused: cosine * 2 },
  fate: number === null ? { kept: false, why: 'Only the best passage is used.' } : { kept: true, number },
});

const found = (candidates: readonly Candidate[], evidence = 0.5): Found => ({
  ...{ candidates, evidence, threshold: 0.15, strong: 0.45, calibrated: true },
  features: { cosine: null, coverage: 0, standing: 0, length: 0, size: 0 },
  searched: { passages: candidates.length, embedded: 0 },
});

const run = (one: Found, more: Partial<ArmRun> = {}): ArmRun => ({
  passages: one.candidates.map((each) => each.passage),
  unread: [],
  askings: [{ question: 'Q?', of: null, found: one, answer: null }],
  ...more,
});

const told = { id: 'x', title: '', why: '', remedy: '', files: [], question: '', limit: '' } as const;
const arms = [{ name: 'By meaning alone' }, { name: 'Both' }] as const;
const [a, b] = [passage('a.txt', 'Six.'), passage('b.txt', 'Ten.')];

describe('what is seen of a ranking', () => {
  const one: RankingCase = {
    ...{ ...told, arms, compares: 'ranking', wants: 'first' },
    right: [{ file: 'b.txt', words: 'Ten' }],
  };
  const meaning = { name: '', search: 'meaning' } as const;

  it('is the place and the score of the right passage, and what stands before it or behind it', () => {
    const second = found([candidate(a, 1, 0.71), candidate(b, 2, 0.69)]);
    expect(seen(one, meaning, run(second))).toBe(
      'a.txt is 1st with a cosine of .710; the right passage is 2nd with .690.',
    );
    const first = found([candidate(b, 1, 0.71), candidate(a, 2, 0.69)]);
    expect(seen(one, { name: '', search: 'words' }, run(first))).toBe(
      'The right passage is 1st with a keyword score of 7.10; a.txt is 2nd with 6.90.',
    );
    expect(seen(one, { name: '' }, run(found([candidate(b, 1, 0.71)])))).toBe(
      'The right passage is 1st with a fused score of 1.420.',
    );
  });

  it('says what is not read, not found, refused and past the limit', () => {
    const unread = found([candidate(a, 1, 0.71), candidate(b, null, 0.69)]);
    expect(seen({ ...one, wants: 'read' }, meaning, run(unread))).toMatch(/, and is not among the 1 that are read\.$/);
    expect(seen(one, meaning, run(found([candidate(a, 1, 0.7)], 0.08)))).toBe(
      'The right passage is not found at all. The evidence is .080, below .150: the page refuses.',
    );
    const long = run(found([candidate(b, 1, 0.7)]), { unread: [{ file: 'b.txt', tokens: 52 }] });
    expect(seen(one, meaning, long)).toMatch(/^The last 52 tokens of b\.txt were not read\. The right passage is 1st/);
  });
});

describe('what is seen of a cut', () => {
  const text = 'The dough rests for eleven hours.';
  const one: CutCase = {
    ...{ ...told, arms, compares: 'cut', file: 'a.txt', together: ['rests for eleven'] },
    files: [{ name: 'a.txt', text }],
  };
  const [head, tail] = [passage('a.txt', text.slice(0, 19)), passage('a.txt', text.slice(20), 20)];

  it('is where it is torn, and which passage holds all of it', () => {
    const torn = found([candidate(tail, 1, 0.5), candidate(head, 2, 0.4)]);
    expect(seen(one, arms[0], run(torn, { passages: [head, tail] }))).toBe(
      'No passage holds all of it: “rests for eleven” is torn between passages 1 and 2 (of 2).',
    );
    const whole = passage('a.txt', text);
    expect(seen(one, arms[0], run(found([candidate(whole, 1, 0.5)])))).toBe(
      'One passage holds all of it. It is 1st and is read.',
    );
    expect(seen(one, arms[0], run(found([candidate(whole, null, 0.5)])))).toBe(
      'Passage 1 of 1 holds all of it and is not read.',
    );
  });
});

describe('what is seen of an answer', () => {
  const one: AnswerCase = { ...told, arms, compares: 'answer', wants: { by: 'words', said: ['six', 'ten'], not: [] } };
  const answer = (text: string, refused = false): Answer => ({ text, refused }) as unknown as Answer;
  const none = found([]);

  it('is what was written, of which document, and what was not said', () => {
    const all = run(none, { askings: [{ question: '', of: null, found: none, answer: answer('Six [1].') }] });
    expect(seen(one, arms[0], all)).toBe('The answer is “Six [1].” Nothing is said of “ten”.');
    const each = run(none, {
      askings: [
        { question: '', of: 'a.txt', found: none, answer: answer('Six [1].') },
        { question: '', of: 'b.txt', found: none, answer: answer('Ten [1].') },
      ],
    });
    expect(seen(one, arms[1], each)).toBe('a.txt: “Six [1].”; b.txt: “Ten [1].”');
  });

  it('is who refused, and why', () => {
    const no = answer('Not in the documents.', true);
    const asked = (by: Found) => run(by, { askings: [{ question: '', of: null, found: by, answer: no }] });
    const refusal: AnswerCase = { ...one, wants: { by: 'refusal' } };
    expect(seen(refusal, arms[1], asked(found([], 0.04)))).toBe('The evidence is .040, below .150: the page refuses.');
    expect(seen(refusal, arms[1], asked(found([], 0.4)))).toBe('The model refuses.');
  });
});

describe('what is told of a run', () => {
  it('is honest where a case does not fail, or its remedy does not help', () => {
    expect(verdictText({ fails: true, helps: true })).toBe('It fails as described, and the remedy helps.');
    expect(verdictText({ fails: false, helps: true })).toMatch(/does not fail as described/);
    expect(verdictText({ fails: true, helps: false })).toMatch(/remedy does not help/);
  });

  it('names the arm that is being run', () => {
    const one = { ...told, arms, compares: 'answer', wants: { by: 'refusal' } } as const;
    expect(stepText(one, { arm: 0, doing: 'searching' })).toBe('By meaning alone: searching');
    expect(stepText(one, { arm: 1, doing: 'writing' })).toBe('Both: the model is writing');
    expect([1, 2, 3, 4, 11, 22].map(ordinal)).toEqual(['1st', '2nd', '3rd', '4th', '11th', '22nd']);
  });
});
