import { describe, expect, it } from 'vitest';
import type { Model } from '../../pipeline/pipeline.ts';
import { generalReport } from './general-report.ts';
import { byLot, scoreItem, scoreWeighed, tuningChanges, turned } from './general-score.ts';
import { generalItems, itemKinds } from './item.ts';
import { choicesOf, continuationsOf } from './weigh-item.ts';
import { answerItem, type GeneralModel } from './write-item.ts';

const item = generalItems.find(({ id }) => id === 'sums-2')!;
const weighed = (...logs: number[]) =>
  logs.map((logProbability) => ({ tokens: [{ id: 1, text: 'x', logProbability }] }));
const { signal } = new AbortController();

describe('the items', () => {
  it('are twenty of each kind, each once, with three wrong continuations of about the same length', () => {
    for (const kind of itemKinds) expect(generalItems.filter((one) => one.kind === kind)).toHaveLength(20);
    for (const key of ['id', 'begin'] as const)
      expect(new Set(generalItems.map((one) => one[key])).size).toBe(generalItems.length);
    for (const { id, right, wrong, begin, question, kind } of generalItems) {
      expect(new Set([right, ...wrong]).size, id).toBe(4);
      expect(
        [begin, right, ...wrong].every((text) => text.trim() === text),
        id,
      ).toBe(true);
      const words = (text: string) => text.split(' ').length;
      expect(
        wrong.every((text) => words(text) === words(right)),
        id,
      ).toBe(true);
      expect(question === null, id).toBe(kind === 'language');
    }
    expect(byLot(generalItems)).toBe(0.25);
  });
});

describe('an item by likelihood', () => {
  it('is chosen rightly where the right continuation is the likeliest', () => {
    expect(continuationsOf(item)).toEqual([' 5', ' 4', ' 6', ' 9']);
    const score = (...logs: number[]) => scoreWeighed(choicesOf(item, weighed(...logs)));
    expect(score(-1, -2, -3, -4)).toEqual({ chosen: 1, margin: 1, likely: -1 });
    expect(score(-3, -2, -3, -4)).toEqual({ chosen: 0, margin: -1, likely: -3 });
    // As likely as a wrong one is not chosen.
    expect(score(-2, -2, -3, -4).chosen).toBe(0);
  });
});

/** Says so in each wording, and holds the right continuation for so likely. */
function saying(texts: Readonly<Record<string, string>>, right: number) {
  const asked: string[] = [];
  const model: GeneralModel = {
    weigh: (text, continuations) => {
      asked.push(`${text}|${continuations.join('|')}`);
      return Promise.resolve(weighed(right, -2, -3, -4));
    },
    model: ({ wording, maxTokens }) => {
      const written: Model = {
        prompt: (passages, question) => {
          asked.push(`${wording} ${maxTokens} ${passages.length}: ${question}`);
          const pieces = { system: [], passages: [], question: [1] };
          return Promise.resolve({ text: '', pieces, passages: 0, passageLeftOut: 0, questionLeftOut: 0 });
        },
        readAhead: () => Promise.resolve(),
        generate: () => Promise.resolve({ text: texts[wording]!, ids: [1], ended: 'end-token', readBefore: 0 }),
      };
      return Promise.resolve(written);
    },
  };
  return { asked, model };
}

const base = saying({ continuation: ' 5.\n\n3 + 3 = 6', plain: 'It is five.', training: '5' }, -1);
const tuned = saying({ continuation: ' 6', plain: 'Not 3.', training: 'Not in the documents.' }, -2.5);

describe('an item, weighed and written', () => {
  it('is put to the model in three ways, without passages', async () => {
    const answer = await answerItem(base.model, item, signal);
    expect(base.asked).toEqual([
      ...['2 + 3 =| 5| 4| 6| 9', 'continuation 8 0: 2 + 3 =', 'plain 32 0: What is 2 plus 3?'],
      'training 32 0: What is 2 plus 3?',
    ]);
    expect(answer.continuation).toEqual({ text: '5.\n\n3 + 3 = 6', refused: false });
    const { plain, training } = await answerItem(base.model, { ...item, question: null }, signal);
    expect([plain, training]).toEqual([null, null]);
  });

  it('is scored, compared by question, and the report has all of it', async () => {
    const answers = {
      base: await answerItem(base.model, item, signal),
      tuned: await answerItem(tuned.model, item, signal),
    };
    const scored = { item, base: scoreItem(item, answers.base), tuned: scoreItem(item, answers.tuned) };
    expect(scored.base).toEqual({
      ...{ chosen: 1, margin: 1, likely: -1, goesOn: 1, plainRight: 1, plainRefused: 0 },
      ...{ trainingRight: 1, trainingRefused: 0 },
    });
    expect(scored.tuned).toMatchObject({ chosen: 0, goesOn: 0, plainRight: 0, trainingRight: 0, trainingRefused: 1 });
    expect(tuningChanges('trainingRefused', [scored])).toMatchObject({ a: 0, b: 1, difference: 1, n: 1 });
    expect(tuningChanges('likely', [scored], 'facts')).toBeNull();
    expect(turned([scored])).toEqual({ lost: [item], gained: [] });
    const report = generalReport({}, [{ ...scored, answers }]);
    expect(generalReport({}, [{ ...scored, answers }])).toBe(report);
    expect(JSON.parse(report)).toMatchObject({ items: [{ id: 'sums-2', tuned: { score: { trainingRefused: 1 } } }] });
  });
});
