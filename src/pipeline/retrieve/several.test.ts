import { describe, expect, it } from 'vitest';
import { asksSeveralThings } from './several.ts';

describe('asksSeveralThings', () => {
  it.each([
    'Which took longer, taking out the appendix on the island or mending a hernia at the hospital?',
    'What is a year’s full fee at the library, and how many people were members by the end of 2024?',
    'In which quiet village street is the bakery whose fridge supplied the yeast for the oat stout?',
    'My stitches are three weeks old. Am I fit to carry the heavy compactor myself?',
  ])('%s', (question) => {
    expect(asksSeveralThings(question)).toBe(true);
  });

  it.each([
    'How much is the deposit?',
    'What does the tenant pay for repairs and cleaning?',
    'When may dogs and cats be kept in the flat?',
    'T309',
    '',
  ])('%s: one thing', (question) => {
    expect(asksSeveralThings(question)).toBe(false);
  });
});
