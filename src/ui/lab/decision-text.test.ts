import { expect, it } from 'vitest';
import { lean, nothingMatters, priorities } from '../../lab/decision.ts';
import { course } from '../../lessons/course.ts';
import { leanText, priorityText } from './decision-text.ts';

it('says what it leans to, and admits it where it is not clear', () => {
  expect(leanText(lean({ ...nothingMatters, style: 2 }))).toContain('fine-tuning');
  expect(leanText(lean({ ...nothingMatters, changing: 2 }))).toContain('retrieval');
  expect(leanText(lean({ ...nothingMatters, style: 2, traceable: 2 }))).toContain('both');
  expect(leanText(lean({ ...nothingMatters, changing: 2, stable: 2 }))).toMatch(/^It is not clear/);
  expect(leanText(lean({ ...nothingMatters, soon: 1 }))).toMatch(/^It is not clear/);
});

it('has whole sentences for every priority, and a place that shows it', () => {
  for (const one of priorities) {
    expect(priorityText[one].because).toMatch(/\.$/);
    expect(priorityText[one].shown).not.toMatch(/\.$/);
    expect(priorityText[one].measured).toMatch(/^(?:.*\.)?$/);
    expect(course.lessons.map(({ id }) => id)).toContain(priorityText[one].lesson);
  }
});
