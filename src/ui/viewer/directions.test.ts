import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { runsRightToLeft, setDirections } from './directions.ts';

describe('setDirections', () => {
  it('lets each block run as its own text does, and what it holds with it; what the document says stays', () => {
    const { document } = parseHTML(
      '<html><body><div id="root"><h2>כותרת</h2><p>A line.</p><ul><li><p>סעיף</p></li></ul>' +
        '<table><tr><td><p>תא</p></td></tr></table><div dir="rtl"><p>Carrel היא ספרייה</p></div></div></body></html>',
    );
    const root = document.getElementById('root') as unknown as HTMLElement;
    setDirections(root);
    const said = [...root.querySelectorAll('*')].map((one) => `${one.tagName} ${one.getAttribute('dir') ?? '-'}`);
    expect(said).toEqual([
      ...['H2 auto', 'P auto', 'UL auto', 'LI -', 'P -', 'TABLE auto', 'TR -', 'TD -', 'P -', 'DIV rtl', 'P -'],
    ]);
  });
});

describe('runsRightToLeft', () => {
  it('tells by the first letter, past signs and digits', () => {
    expect(runsRightToLeft('12. הספרייה נפתחת')).toBe(true);
    expect(runsRightToLeft('«قرأت كتاب Carrel»')).toBe(true);
    expect(runsRightToLeft('Carrel: ספרייה')).toBe(false);
    expect(runsRightToLeft('1,349.00')).toBe(false);
    expect(runsRightToLeft('')).toBe(false);
  });
});
