import { describe, expect, it } from 'vitest';
import { candidate } from '../../../tests/support/candidate.ts';
import type { Passage } from '../document.ts';
import { expandKept, type Surroundings } from './expand.ts';

/** Six passages of 100 tokens. */
const text = 'One here. Two here.\n\nThree here. Four here. Five here. Six here.';
const passages = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'].map((word, i): Passage => {
  const start = text.indexOf(`${word} here.`);
  const end = start + word.length + 6;
  return { id: `${i}`, path: 'a.txt', start, end, context: 'A', text: text.slice(start, end), tokens: 100 };
});

const expanded = (
  kept: readonly Passage[],
  others: readonly Passage[] = [],
  around: Surroundings = { passages, text },
) =>
  expandKept(
    [...kept.map((passage, i) => candidate(passage, i + 1)), ...others.map((passage) => candidate(passage, null))],
    (path) => (path === 'a.txt' ? around : undefined),
  ).map(({ passage }) => passage);

describe('expandKept', () => {
  it('takes the passage after it, then the one before, while they fit', () => {
    const [whole] = expanded([passages[1]!]);
    expect(whole).toEqual({
      ...passages[1],
      start: 0,
      end: 43,
      tokens: 400,
      text: 'One here. Two here.\n\nThree here. Four here.',
    });
    expect(text.slice(whole!.start, whole!.end)).toBe(whole!.text);
  });

  it('shares the room among the kept, and none takes in what another holds', () => {
    const [one, two] = expanded([passages[1]!, passages[2]!]);
    expect(one!.text).toBe('One here. Two here.');
    expect(two!.text).toBe('Three here. Four here.');
  });

  it('goes one way where the document ends', () => {
    expect(expanded([passages[5]!])[0]!.text).toBe('Three here. Four here. Five here. Six here.');
  });

  it('takes a slice of the text also where passages overlap', () => {
    const overlapping = [passages[0]!, { ...passages[1]!, start: 4, text: text.slice(4, passages[1]!.end) }];
    const [whole] = expanded([overlapping[0]!], [], { passages: overlapping, text });
    expect(whole).toMatchObject({ start: 0, text: 'One here. Two here.' });
  });

  it('leaves alone what is not kept, of another document, or no longer in its document', () => {
    const gone = { ...passages[0]!, end: 5 };
    const other = { ...passages[0]!, path: 'b.txt' };
    expect(expanded([gone, other], [passages[3]!])).toEqual([gone, other, passages[3]]);
  });
});
