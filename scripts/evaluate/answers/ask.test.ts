import { describe, expect, it } from 'vitest';
import type { Passage } from '../../../src/pipeline/document.ts';
import type { Model } from '../../../src/pipeline/pipeline.ts';
import { modelReading } from '../../../tests/support/model.ts';
import type { Searched } from '../searching.ts';
import { ask, foundBeyondDoubt, searchedTask } from './ask.ts';

const passages = ['a', 'b'].map((path): Passage => {
  const text = `The plague of ${path} came in 1349.`;
  return { id: path, path, start: 0, end: text.length, context: '', text, tokens: 9 };
});

/** Reads the first passage only, and always writes the same. */
const writing = (text: string): Model =>
  modelReading(1, () => Promise.resolve({ text, ids: [7, 8, 9], ended: 'end-token', readBefore: 0 }));

const searched = (question: Partial<Searched['question']>, evidence = 1): Searched => {
  const found = { ...foundBeyondDoubt(passages), evidence, threshold: 0.5, strong: 0.6 };
  const wanted = { by: 'documents', gains: new Map([['a', 1]]) } as const;
  return {
    question: { id: 'q', question: 'When was the plague?', wanted, answers: ['1349'], ...question },
    asked: { text: 'When was the plague?', corrections: [] },
    ...{ found, read: found.candidates, milliseconds: 1 },
  };
};

describe('ask', () => {
  it('answers as the page does, citations to what was not read taken out', async () => {
    const row = await ask(searchedTask(searched({})), writing('It was 1349 [1][2].'), 'adapter');
    expect(row).toMatchObject({
      ...{ answer: 'It was 1349 [1].', made: 'adapter', kind: 'span', tokens: 3, ended: 'end-token', checked: [null] },
      ...{ passages: ['a 0-29'], gold: [1], citations: [1], removed: [2] },
      scores: { contains: 1, citation_precision: 1, citation_recall: 1 },
    });
  });

  it('marks what the passage does not say', async () => {
    const row = await ask(searchedTask(searched({})), writing('It was 1350 [1].'), 'base');
    expect(row).toMatchObject({ made: 'base', checked: ['The number 1350 does not stand in source 1.'] });
  });

  it('does not ask the model where the evidence is too little', async () => {
    const row = await ask(searchedTask(searched({}, 0.4)), writing('It was 1349 [1].'), 'adapter');
    expect(row).toMatchObject({
      made: 'evidence',
      refused: true,
      passages: [],
      tokens: 0,
      ended: null,
      scores: { contains: 0 },
    });
  });

  it('needs to know what is right', async () => {
    const unknown = searched({});
    const { answers: _, ...question } = unknown.question;
    expect(() => searchedTask({ ...unknown, question })).toThrow('Question q has no answers');
    const nothing = searchedTask({ ...unknown, question: { ...question, wanted: { by: 'nothing' } } });
    expect((await ask(nothing, writing('Not in the documents.'), 'adapter')).kind).toBe('none');
  });
});
