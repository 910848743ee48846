import { expect, it } from 'vitest';
import type { Passage } from '../../../src/pipeline/document.ts';
import { modelReading } from '../../../tests/support/model.ts';
import { foundBeyondDoubt, searchedTask } from './ask.ts';
import { promptLine } from './prompts.ts';

const passages = ['a', 'b', 'c'].map((path): Passage => {
  const text = `The plague of ${path} came in 1349.`;
  return { id: path, path, start: 0, end: text.length, context: 'Annals', text, tokens: 9 };
});

const readingTwo = modelReading(2, () => Promise.reject(new Error('Nothing is to be written.')));

const task = (evidence: number) => {
  const found = { ...foundBeyondDoubt(passages), evidence, threshold: 0.5, strong: 0.6 };
  return searchedTask({
    question: {
      id: 'q',
      question: 'When was the plague?',
      wanted: { by: 'documents', gains: new Map([['b', 1]]) },
      answers: ['1349'],
    },
    asked: { text: 'When was the plague?', corrections: [] },
    ...{ found, read: found.candidates, milliseconds: 1 },
  });
};

it('tells the passages that fit the prompt, as the model reads them, and which of them are evidence', async () => {
  expect(JSON.parse((await promptLine(task(1), readingTwo))!)).toEqual({
    ...{ id: 'q', source: '', kind: 'span', question: 'When was the plague?', golds: ['1349'] },
    passages: ['Annals: The plague of a came in 1349.', 'Annals: The plague of b came in 1349.'],
    goldNumbers: [2],
  });
});

it('has nothing to tell where the page refuses without asking', async () => {
  expect(await promptLine(task(0.4), readingTwo)).toBeNull();
});
