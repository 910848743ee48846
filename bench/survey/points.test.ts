import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ratio } from '../../src/lab/bootstrap.ts';
import { surveyRequest } from '../../src/pipeline/survey/request.ts';
import { judged, questionsOf, sets, unknown, type Line, type Question } from './points.ts';

describe.each(Object.entries(sets))('%s', (_, { documents, questions: file }) => {
  it('asks what the page knows as a summary, a list or a comparison', () => {
    const named = documents.map((path) => ({ path, name: basename(path), title: '' }));
    for (const { id, question } of questionsOf(readFileSync(file, 'utf8'))) {
      const kind = id.split('-')[0]!.replace('summary', 'summarise');
      expect(surveyRequest(question, named, null)?.kind, question).toBe(kind);
    }
  });
});

it('knows only points that stand in the documents', () => {
  const { documents, questions } = sets.fitted;
  const texts = new Map(documents.map((path) => [basename(path), readFileSync(path, 'utf8')]));
  expect(unknown(questionsOf(readFileSync(questions, 'utf8')), texts)).toEqual([]);
  const other: Question = { id: 'list-x', question: 'List all the whales', points: [{ says: ['whale'] }] };
  expect(unknown([other], texts)).toEqual(['list-x: whale']);
});

it('counts a point once, under its own heading, and lines that say none', () => {
  const points = [
    { says: ['£48|48 pounds'], side: 0 },
    { says: ['£26'], side: 1 },
  ] as const;
  const line = (text: string, side: 0 | 1, supported = true): Line => ({ text, side, supported });
  const found = judged([line('It is 48 pounds.', 0), line('It is £48 [1].', 0), line('It is £26.', 0, false)], points);
  expect(ratio([found.covered])).toBe(1 / 2);
  expect(ratio([found.toThePoint])).toBe(2 / 3);
  expect(ratio([found.supported])).toBe(2 / 3);
  expect(found.missed).toEqual(['£26']);
});
