import { describe, expect, it } from 'vitest';
import type { Answer } from '../pipeline/answer.ts';
import type { AskSettings, Turn } from './state.ts';
import { askedAnew, attemptOf, newTurn, numbersIn, understanding, withChangedSources, withStale } from './turns.ts';

const answer = (text: string, refused = false): Answer => ({
  ...{ text, refused, made: 'adapter', madeBecause: '', sources: [], sentences: [] },
  ...{ removedCitations: [], stopped: false, offered: null },
  trace: {
    ...{ corrections: [], candidates: [], evidence: 1, calibrated: true, threshold: 0, prompt: null, writtenIds: [] },
    ...{ features: { cosine: 1, coverage: 1, standing: 1, length: 1, size: 1 }, times: [] },
    ...{ question: '', searched: { passages: 0, embedded: 0 } },
  },
});
const answered = (id: number, question: string, text: string, over: Partial<Turn> = {}): Turn => ({
  ...newTurn(id, question),
  ...{ phase: 'done', answer: answer(text) },
  ...over,
});

describe('understanding', () => {
  it('takes the last answered turn before it, as that was understood', () => {
    const turns = [
      answered(1, 'What did the roof cost in 2019?', '£3 [1].'),
      answered(2, 'And in 2020?', '£4 [1].', { understood: 'What did the roof cost in 2020?', from: 1 }),
      { ...newTurn(3, 'Failed?'), phase: 'failed' as const },
      newTurn(4, 'And in 2021?'),
    ];
    expect(understanding(turns, 4)).toEqual({
      kind: 'understood',
      question: 'What did the roof cost in 2021?',
      from: 2,
    });
    expect(understanding(turns, 1).kind).toBe('alone');
    expect(understanding([...turns.slice(0, 3), { ...turns[3]!, asWritten: true }], 4).kind).toBe('alone');
  });

  it('takes no name from a refusal', () => {
    const before = answered(1, 'Who built it?', '', { answer: answer('Not in the documents.', true) });
    expect(understanding([before, newTurn(2, 'Where did she live?')], 2).kind).toBe('open');
  });
});

describe('a turn asked anew', () => {
  it('loses its answer, and tells those that were understood from it', () => {
    const turns = [answered(1, 'How tall is the mill?', '9 m'), answered(2, 'How old is it?', '9', { from: 1 })];
    const [first, second] = askedAnew(turns, 1, { question: 'How tall is the tower?' });
    expect(first).toMatchObject({ question: 'How tall is the tower?', phase: 'waiting', answer: null, stale: false });
    expect(second).toMatchObject({ stale: true, answer: turns[1]!.answer });
    expect(withStale(turns, 2)).toEqual(turns);
  });

  it('keeps its answer beside only with what it was made with', () => {
    const askedWith: AskSettings = {
      generator: 'base',
      promptPassages: 2,
      promptText: 'passages',
      reading: 'once',
      search: 'words',
      within: null,
    };
    expect(attemptOf(answered(1, 'Q?', 'A', { askedWith }))).toEqual([
      { answer: answer('A'), askedWith, question: 'Q?' },
    ]);
    expect(attemptOf(newTurn(1, 'Q?'))).toEqual([]);
  });
});

describe('a turn whose source changes', () => {
  const passage = { id: 'a', path: 'a.txt', start: 0, end: 5, context: '', text: 'Rent.', tokens: 2 };
  const source = { number: 1, passage, documentName: 'a.txt', part: '' };
  const turn = answered(1, 'Rent?', 'Rent [1].', { answer: { ...answer('Rent [1].'), sources: [source] } });

  it('says so, and no more when the source stands there again', () => {
    const gone = withChangedSources(turn, 'a.txt', '');
    expect(gone.changedSources).toEqual(['a.txt']);
    expect(withChangedSources(gone, 'a.txt', 'Other.')).toBe(gone);
    expect(withChangedSources(gone, 'a.txt', 'Rent. Dogs.').changedSources).toEqual([]);
    expect(withChangedSources(turn, 'a.txt', 'Rent.')).toBe(turn);
    expect(withChangedSources(turn, 'b.txt', '')).toBe(turn);
  });
});

describe('numbersIn', () => {
  const prompt = { text: '', ids: [], readBefore: 0 };
  const citing = (sources: Record<string, number>, over: Partial<Answer> = {}): Answer => {
    const { trace, ...rest } = answer('A');
    const of = ([id, number]: [string, number]) => ({
      ...{ number, documentName: 'a.txt', part: '' },
      passage: { id, path: 'a.txt', start: 0, end: 1, context: '', text: id, tokens: 3 },
    });
    return { ...rest, sources: Object.entries(sources).map(of), trace: { ...trace, prompt }, ...over };
  };
  const turn = (id: number, made: Answer): Turn => answered(id, 'Q?', 'A', { answer: made });

  it('gives the passages that were read their numbers, the last used first', () => {
    const turns = [turn(1, citing({ a: 1, b: 2 })), turn(2, citing({ c: 3, a: 1 })), newTurn(3, 'Q?')];
    expect([...numbersIn(turns)]).toEqual([
      ['c', 3],
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('gives a number that came into other hands to the later passage alone', () => {
    const turns = [turn(1, citing({ a: 1, b: 2 })), turn(2, citing({ c: 1 }))];
    expect(Object.fromEntries(numbersIn(turns))).toEqual({ c: 1, b: 2 });
  });

  it('leaves out what no model read and what numbers itself', () => {
    const survey = { kind: 'list', of: 'x', fitting: 1, read: 1, searched: 1 } as const;
    const unread = { ...answer('A').trace, prompt: null };
    const turns = [turn(1, citing({ a: 1 }, { survey })), turn(2, citing({ b: 1 }, { trace: unread }))];
    expect(numbersIn(turns).size).toBe(0);
  });
});
