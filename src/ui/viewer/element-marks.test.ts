import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { Anchors } from './anchors.ts';
import { ElementMarks } from './element-marks.ts';
import type { Highlight } from './marks.ts';

// document.text is `Animals\n\nOne dog &amp; no cat.`; the entity is shown as one character.
const MARKUP =
  '<h2><span data-start="0">Animals</span></h2>' +
  '<p><span data-start="9">One <em>dog</em> </span><span data-start="17" data-end="22">&amp;</span>' +
  '<span data-start="22"> no cat.</span></p>';

function shown(): { root: HTMLElement; marks: ElementMarks; marked: () => string[] } {
  const page = parseHTML(`<html><body><main>${MARKUP}</main></body></html>`);
  const root = page.document.querySelector('main');
  if (!root) throw new Error('The test page has no main element.');
  return {
    root,
    marks: new ElementMarks(new Anchors(root)),
    marked: () => [...root.querySelectorAll('mark')].map((mark) => `${mark.className}: ${mark.textContent}`),
  };
}

const cited = (start: number, end: number): Highlight => ({ start, end, as: 'cited' });

describe('ElementMarks', () => {
  it('marks a passage over several elements, splitting their texts', () => {
    const { root, marks, marked } = shown();
    marks.paint([cited(3, 25)]);
    expect(marked()).toEqual(['cited: mals', 'cited: One ', 'cited: dog', 'cited:  ', 'cited: &', 'cited:  no']);
    expect(root.textContent).toBe('AnimalsOne dog & no cat.');
  });

  it('marks a text that differs from the document as a whole', () => {
    const { marks, marked } = shown();
    marks.paint([cited(19, 20)]);
    expect(marked()).toEqual(['cited: &']);
  });

  it('tells a match inside the cited passage from the passage', () => {
    const { marks, marked } = shown();
    marks.paint([cited(9, 16), { start: 13, end: 14, as: 'current' }]);
    expect(marked()).toEqual(['cited: One ', 'cited current: d', 'cited: og']);
  });

  it('restores the elements before it paints again', () => {
    const { root, marks, marked } = shown();
    const before = root.innerHTML;
    marks.paint([cited(3, 25)]);
    marks.paint([]);
    expect(marked()).toEqual([]);
    expect(root.innerHTML).toBe(before);
    expect(root.querySelector('em')?.childNodes.length).toBe(1);
  });

  it('marks nothing for a span behind the text', () => {
    const { marks, marked } = shown();
    marks.paint([cited(400, 500)]);
    expect(marked()).toEqual([]);
  });
});

describe('Anchors', () => {
  it('finds the element that holds an offset', () => {
    const anchors = new Anchors(shown().root);
    expect([0, 8, 9, 21, 22, 99].map((offset) => anchors.indexAt(offset))).toEqual([0, 0, 1, 2, 3, 3]);
    expect(anchors.start(3)).toBe(22);
    expect(anchors.start(4)).toBe(Infinity);
  });
});
