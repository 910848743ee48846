import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuestions, questionLines } from './question-file.ts';
import type { Question } from './question.ts';

const parse = (text: string, known: ReadonlySet<string> | null = null) => parseQuestions(text, 'set.jsonl', known);

describe('a question set as JSON lines', () => {
  it('comes back as it was saved', () => {
    const text = fc.string({ minLength: 1 });
    const place = fc.record({ start: fc.nat(), end: fc.nat() });
    const quote = fc.record({ document: text, quote: text.map((words) => `w${words}`) });
    const wanted = fc.oneof(
      fc.constant({ by: 'nothing' as const }),
      fc.array(quote, { minLength: 1, maxLength: 3 }).map((quotes) => ({ by: 'quotes' as const, quotes })),
      fc.tuple(text, fc.array(place, { minLength: 1, maxLength: 3 })).map(([document, places]) => ({
        by: 'spans' as const,
        places: places.map((one) => ({ document, ...one })),
      })),
      fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).map((names) => ({
        by: 'documents' as const,
        gains: new Map(names.map((name) => [name, 1])),
      })),
    );
    const questions = fc.uniqueArray(fc.record({ id: text, question: fc.string(), wanted }), {
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(questions, (set: Question[]) => {
        const saved = parse(questionLines(set)).map(({ answers, ...rest }) => ({ ...rest, answers: answers ?? [] }));
        expect(saved).toEqual(set.map((question) => ({ ...question, answers: [] })));
      }),
    );
  });

  it('names the line and what is wrong with it', () => {
    const good = '{"id":"1","question":"Where?"}\n';
    expect(() => parse(`${good}\nWhere?`)).toThrow('Line 3 of set.jsonl: it is not JSON.');
    expect(() => parse('[]')).toThrow('it is to be an object.');
    expect(() => parse('{"id":1,"question":"Where?"}')).toThrow('it needs an id and a question.');
    expect(() => parse(good + good)).toThrow('Line 2 of set.jsonl: the id "1" stands there twice.');
    const about = (rest: object) => parse(JSON.stringify({ id: '1', question: 'Where?', ...rest }), new Set(['a']));
    expect(() => about({ evidence: [{ document: 'b', quote: 'x' }] })).toThrow('there is no document "b".');
    expect(() => about({ evidence: [null] })).toThrow('evidence is to be quoted words.');
    expect(() => about({ document: 'a', spans: [[1]] })).toThrow('a span is to be [start, end].');
    expect(() => about({ answers: 'here' })).toThrow('its answers are to be a list of texts.');
    expect(about({ relevant: ['a'] })[0]!.wanted.by).toBe('documents');
  });
});
