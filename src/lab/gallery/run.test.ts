import { describe, expect, it } from 'vitest';
import type { Answer, Candidate, Found } from '../../pipeline/answer.ts';
import type { Passage } from '../../pipeline/document.ts';
import { candidate } from '../../../tests/support/candidate.ts';
import type { AnswerCase, CutCase, RankingCase } from './case.ts';
import { placeOf, refuses, saidIn, succeeds, unfolded, verdict, type ArmRun } from './run.ts';

const passage = (path: string, text: string, context = ''): Passage => ({
  ...{ id: `${path} ${text}`, path, start: 0, end: text.length, context, text, tokens: 9 },
});

const found = (candidates: readonly Candidate[], evidence = 0.5): Found => ({
  ...{ candidates, evidence, threshold: 0.15, strong: 0.45, calibrated: true },
  features: { cosine: null, coverage: 0, standing: 0, length: 0, size: 0 },
  searched: { passages: candidates.length, embedded: 0 },
});

const run = (one: Found, answer: Answer | null = null): ArmRun => ({
  passages: one.candidates.map((each) => each.passage),
  unread: [],
  askings: [{ question: 'Q?', of: null, found: one, answer }],
});

const told = { id: 'x', title: '', why: '', remedy: '', files: [], question: '', limit: '' } as const;
const arms = [{ name: 'a' }, { name: 'b' }] as const;
const right = { file: 'right.txt', words: 'ten books' };
const [best, other] = [passage('right.txt', 'Now ten books.'), passage('old.txt', 'Six books.')];

describe('a ranking', () => {
  const one: RankingCase = { ...told, arms, compares: 'ranking', right: [right], wants: 'first' };

  it('is as it should be where the right passage stands first, and fails where it stands lower or nowhere', () => {
    const first = found([candidate(best, 1), candidate(other, 2)]);
    const second = found([candidate(other, 1), candidate(best, 2)]);
    expect([placeOf(first, right), placeOf(second, right)]).toEqual([1, 2]);
    expect(succeeds(one, run(first))).toBe(true);
    expect(succeeds(one, run(second))).toBe(false);
    expect(succeeds(one, run(found([candidate(other, 1)])))).toBe(false);
    expect(verdict(one, [run(second), run(first)])).toEqual({ fails: true, helps: true });
    expect(verdict(one, [run(first), run(second)])).toEqual({ fails: false, helps: false });
  });

  it('is satisfied by a lower place where it only has to be read', () => {
    const read: RankingCase = { ...one, wants: 'read' };
    expect(succeeds(read, run(found([candidate(other, 1), candidate(best, 2)])))).toBe(true);
    expect(succeeds(read, run(found([candidate(other, 1), candidate(best, null)])))).toBe(false);
  });

  it('fails where the search refuses, whatever stands first', () => {
    const weak = found([candidate(best, 1)], 0.1);
    expect(refuses(weak)).toBe(true);
    expect(succeeds(one, run(weak))).toBe(false);
  });
});

describe('a cut', () => {
  const one: CutCase = { ...told, arms, compares: 'cut', file: 't.md', together: ['Turf cutter', 'Deposit'] };

  it('is as it should be where one passage that is read holds all of it, its header counted', () => {
    const whole = passage('t.md', 'Turf cutter | 120', 'Tools › Tool | Deposit');
    const bare = passage('t.md', 'Turf cutter | 120');
    const header = passage('t.md', 'Tool | Deposit');
    const cramped = { ...bare, header: 'Tool | Deposit' };
    expect(succeeds(one, run(found([candidate(whole, 1)])))).toBe(true);
    expect(succeeds(one, run(found([candidate(cramped, 1)])))).toBe(true);
    expect(succeeds(one, run(found([candidate(whole, null)])))).toBe(false);
    expect(succeeds(one, run(found([candidate(bare, 1), candidate(header, 2)])))).toBe(false);
  });
});

describe('an answer', () => {
  const answered = (text: string, refused = false): ArmRun => run(found([]), { text, refused } as unknown as Answer);
  const says: AnswerCase = { ...told, arms, compares: 'answer', wants: { by: 'words', said: ['ten'], not: ['six'] } };

  it('says the words that belong there as whole words, and none of the others', () => {
    expect(saidIn('It opens at TEN [1].', 'ten')).toBe(true);
    expect(saidIn('It often opens.', 'ten')).toBe(false);
    expect(succeeds(says, answered('Ten [1].'))).toBe(true);
    expect(succeeds(says, answered('Six or ten [1].'))).toBe(false);
    expect(succeeds(says, answered('Not in the documents: ten.', true))).toBe(false);
  });

  it('may be given in parts, each document asked by itself', () => {
    const both: AnswerCase = { ...says, wants: { by: 'words', said: ['nine', 'ten'], not: [] } };
    const [a, b] = [answered('Nine [1].'), answered('Ten [1].')];
    expect(succeeds(both, a)).toBe(false);
    expect(succeeds(both, { ...a, askings: [...a.askings, ...b.askings] })).toBe(true);
  });

  it('refuses where nothing is to be said', () => {
    const none: AnswerCase = { ...says, wants: { by: 'refusal' } };
    expect(succeeds(none, answered('Not in the documents.', true))).toBe(true);
    expect(succeeds(none, answered('The pond is shallow [1].'))).toBe(false);
    expect(succeeds(none, run(found([])))).toBe(false);
  });
});

describe('without folding', () => {
  it('the best are read, copies or not', () => {
    const copies = [candidate(best, 1), candidate(best, null), candidate(other, 2)];
    const fates = unfolded(copies, 2).map(({ fate }) => fate.kept && fate.number);
    expect(fates).toEqual([1, 2, false]);
  });
});
