import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passage } from '../document.ts';
import { groupsOf, spread } from './groups.ts';
import { folded, type Found } from './points.ts';
import { surveyRequest } from './request.ts';
import { answerSurvey, type SurveyStages } from './survey.ts';

const passage = (n: number, text: string, path = 'a.txt', tokens = 200): Passage => ({
  ...{ id: `${path}-${n}`, path, start: n * 1000, end: n * 1000 + text.length, context: '', text, tokens },
});
const documents = [
  { path: 'x/lease.pdf', name: 'lease.pdf', title: 'Tenancy agreement' },
  { path: 'minutes-2025.pdf', name: 'minutes-2025.pdf', title: 'Minutes of the meeting' },
];
const request = (question: string, opened: string | null = null) => surveyRequest(question, documents, opened);

describe('surveyRequest', () => {
  it('knows a summary by name, by title, and of what is open', () => {
    const lease = { kind: 'summarise', path: 'x/lease.pdf', name: 'lease.pdf' };
    expect(request('Summarise lease.pdf')).toEqual(lease);
    expect(request('Please summarize the tenancy agreement.')).toEqual(lease);
    expect(request('summarise this document', 'x/lease.pdf')).toEqual(lease);
    expect(request('Summarise this document')).toBeNull();
    expect(request('Sum up the minutes')).toMatchObject({ path: 'minutes-2025.pdf' });
    expect(request('Summarise the rules about dogs')).toEqual({ kind: 'list', about: 'rules about dogs' });
  });

  it('knows lists and comparisons, and leaves ordinary questions', () => {
    expect(request('List all the deadlines')).toEqual({ kind: 'list', about: 'deadlines' });
    expect(request('Name every fee that is due.')).toEqual({ kind: 'list', about: 'fee that is due' });
    expect(request('Compare the cost of the lute and the viola')).toEqual({
      ...{ kind: 'compare', sides: ['the lute', 'the viola'], aspect: 'the cost' },
    });
    expect(request('Compare the deposit for the flat and the security for the plot')).toMatchObject({
      ...{ sides: ['the deposit for the flat', 'the security for the plot'], aspect: '' },
    });
    expect(request('What is the difference between a full plot and a half plot?')).toMatchObject({
      sides: ['a full plot', 'a half plot'],
    });
    for (const plain of [
      'What is the rent?',
      'Who is on the waiting list?',
      'Is a summary sent to the tenant?',
      'rent',
    ])
      expect(request(plain)).toBeNull();
  });
});

describe('what is read', () => {
  it('is spread evenly, in order, with both ends, and grouped without loss', () => {
    const numbers = fc.integer({ min: 2, max: 60 });
    fc.assert(
      fc.property(numbers, numbers, (n, most) => {
        const all = Array.from({ length: n }, (_, i) => passage(i, `Text ${i}.`, i % 7 < 5 ? 'a.txt' : 'b.txt'));
        const chosen = spread(all, most);
        expect(new Set(chosen).size).toBe(Math.min(n, most));
        expect([chosen[0], chosen.at(-1)]).toEqual([all[0], all.at(-1)]);
        const groups = groupsOf(chosen);
        expect(groups.flat()).toEqual(chosen);
        for (const group of groups) expect(new Set(group.map(({ path }) => path)).size).toBe(1);
      }),
    );
  });
});

describe('folded', () => {
  const found = (text: string, n: number): Found => ({ text, passage: passage(n, text), heading: '' });
  it('adds the source of a repetition, and keeps apart what differs in a number', () => {
    const rent = 'The rent of the flat is paid in advance by the third day of each month';
    const points = folded(
      [],
      [found(rent, 1), found(`${rent}.`, 2), found('The rent is £58 a year.', 3), found('The rent is £31 a year.', 4)],
    );
    expect(points.map(({ passages }) => passages.length)).toEqual([2, 1, 1]);
  });
});

describe('answerSurvey', () => {
  const texts = ['Mills', 'Drains', 'Engines', 'Sluices'].map(
    (what) => `${what} were built by the owners of the wet land in great number.`,
  );
  const all = texts.map((text, i) => passage(i, text, 'a.txt', 500));
  const stages: SurveyStages = {
    passagesOf: () => all,
    speakingOf: () => Promise.resolve({ passages: all.slice(0, 2), searched: 9, vector: null }),
    embedText: () => Promise.resolve(null),
    place: () => ({ documentName: 'a.txt', part: '' }),
  };
  const summary = { kind: 'summarise', path: 'a.txt', name: 'a.txt' } as const;

  it('gives a cited point for each group, in order, and says how much was read', async () => {
    const seen: number[] = [];
    const answer = await answerSurvey(summary, stages, new AbortController().signal, {
      onRead: (done) => seen.push(done),
    });
    expect(answer.text.split('\n').map((line) => line.slice(2, 7))).toEqual(['Mills', 'Drain', 'Engin', 'Sluic']);
    expect(answer.sources.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(answer.sentences.map(({ citations, support }) => [citations, support.supported])).toEqual(
      [1, 2, 3, 4].map((n) => [[n], true]),
    );
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(answer.survey).toEqual({ kind: 'summarise', of: 'a.txt', fitting: 4, read: 4, searched: 4 });
  });

  it('keeps what came when it is stopped, and throws when nothing has', async () => {
    const controller = new AbortController();
    const answer = await answerSurvey(summary, stages, controller.signal, {
      onText: (text) => text.includes('[2]') && controller.abort(new Error('Stopped.')),
    });
    expect(answer).toMatchObject({ stopped: true, refused: false, survey: { read: 2, fitting: 4 } });
    await expect(answerSurvey(summary, stages, controller.signal)).rejects.toThrow('Stopped.');
  });

  it('refuses where nothing speaks of it, and puts a comparison under two headings', async () => {
    const none = { ...stages, speakingOf: () => Promise.resolve({ passages: [], searched: 9, vector: null }) };
    const about = { kind: 'list', about: 'whales' } as const;
    const empty = await answerSurvey(about, none, new AbortController().signal);
    expect(empty).toMatchObject({ refused: true, made: 'evidence', survey: { fitting: 0, searched: 9 } });
    const two = { kind: 'compare', sides: ['mills', 'drains'], aspect: '' } as const;
    const both = await answerSurvey(two, stages, new AbortController().signal);
    expect(both.text).toMatch(/^mills:\n- Mills[^]*\ndrains:\n- /);
  });
});
