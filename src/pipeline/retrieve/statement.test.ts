import { describe, expect, it } from 'vitest';
import { isStatement } from './statement.ts';

describe('isStatement', () => {
  it.each([
    'A tenant who leaves before the end of the year loses the deposit.',
    'the crossing of heat through the walls of old stone houses',
    'Frost after the second week of May damages early potatoes',
  ])('%s', (text) => {
    expect(isStatement(text)).toBe(true);
  });

  it.each([
    'How much is the deposit for the flat at the old mill house',
    'The deposit for the flat at the old mill house is how much?',
    'Tell me about the deposit for the flat at the old mill house.',
    '旧い水車小屋のアパートの敷金はいくらですか？',
    'I moved out of the old mill house last Friday. Who gives me back the deposit?',
    'To what extent does frost damage the potatoes of early plots',
    'We have left the mill house, and I should like to know who gives us back the deposit.',
    'is the deposit for the mill house paid back with interest',
  ])('%s: asks', (text) => {
    expect(isStatement(text)).toBe(false);
  });

  it.each(['T309', 'subletting', 'Marram Sluice 1787', ''])('“%s”: too little to be one', (text) => {
    expect(isStatement(text)).toBe(false);
  });
});
