import { describe, expect, it } from 'vitest';
import { address } from './sanitise.ts';

describe('address', () => {
  it('lets web and mail addresses through, written as the browser would open them', () => {
    expect(address('https://example.org/a b')).toBe('https://example.org/a%20b');
    expect(address('mailto:a@example.org')).toBe('mailto:a@example.org');
    expect(address('https://ex\u0430mple.org/')).toBe('https://xn--exmple-4nf.org/');
  });

  it('refuses what would run, and what has no meaning outside the document', () => {
    for (const href of [
      'javascript:alert(1)',
      ' java\nscript:alert(1)',
      'data:text/html,x',
      'file:///etc',
      'a.html',
      '#top',
      '',
    ]) {
      expect(address(href)).toBeNull();
    }
  });
});
