import { describe, expect, it } from 'vitest';
import type { GlassRun } from '../../../library/glass-box.ts';
import { answerText, difference, differenceText, timeText, toRunText } from './glass-text.ts';

function run(text: string, passages: readonly string[], ran: readonly string[] = []): GlassRun {
  const sources = passages.map((of, i) => ({
    ...{ number: i + 1, documentName: 'lease.pdf', part: 'page 1' },
    passage: { path: 'lease.pdf', text: of },
  }));
  const write = { outcome: null, milliseconds: text.length };
  return {
    ran: new Set(ran),
    stages: { choose: { outcome: { sources } }, check: { outcome: { text } }, write },
  } as unknown as GlassRun;
}

const first = run('It is 900 euros [1].', ['The deposit is 900 euros.', 'Dogs may be kept.']);

describe('what differs between two runs', () => {
  it('is told by passages that came and went, and by the text', () => {
    const now = run('It is 900 euros [2].', ['Dogs may be kept.', 'The rent is due.']);
    const told = difference(first, now);
    expect(told.came).toEqual(['lease.pdf, page 1: “The rent is due.…”']);
    expect(told.went).toEqual(['lease.pdf, page 1: “The deposit is 900 euros.…”']);
    expect(differenceText(told)).toMatch(/^Came in: .* Went out: .* The text of the answer is another\.$/);
    expect(answerText(first, now)).toBe('The answer now: “It is 900 euros [2].”');
  });

  it('is nothing where nothing differs', () => {
    expect(differenceText(difference(first, first))).toBe(
      'The same passages were kept. The text of the answer is the same.',
    );
    expect(answerText(first, first)).toBe('The answer is the same.');
  });
});

describe('the time of a stage', () => {
  it('stands beside that of the first run only where it ran again', () => {
    expect(timeText('write', first, first)).toBe('20 ms');
    expect(timeText('write', run('', [], []), first)).toBe('kept: under 1 ms');
    expect(timeText('write', run('Yes.', [], ['write']), first)).toBe('4 ms; before: 20 ms');
  });
});

it('names the stages that will run, in their order', () => {
  expect(toRunText(new Set())).toBe('Nothing has been changed.');
  expect(toRunText(new Set(['check', 'write']))).toBe('2 of 13 stages will run: writing, checking.');
});
