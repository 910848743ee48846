import { expect, it } from 'vitest';
import { leftOut } from './left-out.ts';

const passages = [{ number: 4 }, { number: 1 }, { number: 2 }];
const whole = { passages: 3, passageLeftOut: 0, questionLeftOut: 0 };

it('names what was not read, and is silent where all was', () => {
  expect(leftOut(whole, passages)).toBe('');
  expect(leftOut({ ...whole, passages: 2 }, passages)).toBe('Passage 2 was not read: there was no room in the prompt.');
  expect(leftOut({ passages: 1, passageLeftOut: 70, questionLeftOut: 9 }, passages)).toBe(
    'Passages 1, 2 were not read: there was no room in the prompt. ' +
      'The last 70 characters of passage 4 did not fit into the prompt. ' +
      'The last 9 characters of the question did not fit into the prompt.',
  );
});
