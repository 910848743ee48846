import { describe, expect, it } from 'vitest';
import type { Passage } from '../document.ts';
import { expand } from './expand.ts';

const text = 'One here. Two here.\n\nThree here. Four here.';
const passages = ['One here.', 'Two here.', 'Three here.', 'Four here.'].map((words, i): Passage => {
  const start = text.indexOf(words);
  return { id: `${i}`, path: 'a.txt', start, end: start + words.length, context: 'A', text: words, tokens: 10 };
});

describe('expand', () => {
  it('takes the passage after it, then the one before, while they fit', () => {
    expect(expand(passages[1]!, passages, text, 10)).toEqual(passages[1]);
    expect(expand(passages[1]!, passages, text, 20)).toMatchObject({
      id: '1',
      text: 'Two here.\n\nThree here.',
      tokens: 20,
    });
    expect(expand(passages[1]!, passages, text, 30)).toMatchObject({
      start: 0,
      text: 'One here. Two here.\n\nThree here.',
    });
    expect(expand(passages[1]!, passages, text, 100)).toMatchObject({ start: 0, end: text.length, text, tokens: 40 });
  });

  it('goes one way where the document ends', () => {
    expect(expand(passages[3]!, passages, text, 25)).toMatchObject({ text: 'Three here. Four here.' });
    expect(expand(passages[0]!, passages, text, 25)).toMatchObject({ text: 'One here. Two here.' });
  });

  it('takes a slice of the text also where passages overlap', () => {
    const overlapping = [passages[0]!, { ...passages[1]!, start: 4, text: text.slice(4, passages[1]!.end) }];
    expect(expand(overlapping[0]!, overlapping, text, 50)).toMatchObject({ start: 0, text: 'One here. Two here.' });
  });

  it('leaves a passage alone that is no longer in its document', () => {
    expect(expand({ ...passages[0]!, end: 5 }, passages, text, 50)).toMatchObject({ end: 5 });
  });
});
