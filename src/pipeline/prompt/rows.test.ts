import { expect, it } from 'vitest';
import { contextOfRows, labelledRows } from './rows.ts';

const header = 'Work | Firm | Cost';

it('names the columns of each row that has as many cells', () => {
  const text = 'Roof | Brackley | £31,250\nA note below the table\nLift | Pendennis | £14,870';
  expect(labelledRows({ text, header })).toBe(
    'Work: Roof; Firm: Brackley; Cost: £31,250\nA note below the table\nWork: Lift; Firm: Pendennis; Cost: £14,870',
  );
  expect(labelledRows({ text: 'a | b' })).toBe('a | b');
});

it('says the columns once', () => {
  expect(contextOfRows({ context: `Minutes › Works › ${header}`, header })).toBe('Minutes › Works');
  expect(contextOfRows({ context: header, header })).toBe('');
  expect(contextOfRows({ context: 'Minutes › Works' })).toBe('Minutes › Works');
});
