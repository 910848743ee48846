import { describe, expect, it } from 'vitest';
import { polarityOf, turnedRound } from './polarity.ts';

const turned = (a: string, b: string) => turnedRound(polarityOf(a), polarityOf(b));

describe('turnedRound', () => {
  it.each([
    ['The rooms are available.', 'The rooms are not available.', 'avail'],
    ['Dogs aren’t allowed.', 'Dogs are allowed.', 'allow'],
    ['The house has no garden.', 'The house has a garden.', 'garden'],
  ])('sees that %j and %j say the contrary', (a, b, word) => {
    expect(turned(a, b)).toBe(word);
    expect(turned(b, a)).toBe(word);
  });

  it.each([
    ['The rooms are available.', 'The rooms are available. Breakfast is not included.'],
    ['No, the rooms are cold.', 'The rooms are cold.'],
    ['It is not only cheap.', 'It is cheap.'],
    ['- No fire may be lit.', 'No fire may be lit.'],
    ['The rooms are not available.', 'No rooms: they are not available.'],
  ])('leaves %j and %j alone', (a, b) => {
    expect(turned(a, b)).toBeNull();
  });
});
