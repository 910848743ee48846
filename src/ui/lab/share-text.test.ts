import { describe, expect, it } from 'vitest';
import { percentText, scoreText, shareText, thenText } from './share-text.ts';

describe('shares in words', () => {
  it('bear their signs', () => {
    expect([0.04126, -0.0021, 0].map(shareText)).toEqual(['+0.0413', '−0.0021', '0.0000']);
    expect(scoreText(-0.5)).toBe('−0.500000');
    expect([percentText(0.04, 0.6), percentText(-0.01, 0.5), percentText(1, 0)]).toEqual(['6.7 %', '−2.0 %', '–']);
  });

  it('say how a score stands to the one of the answer', () => {
    expect(thenText('cosine', 0.612345, 0.6123451)).toBe('The cosine in the answer’s search was 0.612345, the same.');
    expect(thenText('cosine', 0.61, 0.5)).toContain('another one');
    expect(thenText('cosine', 0.61, null)).toContain('had no cosine');
    expect(thenText('keyword score', 0, null)).toBe('The search found none of the words either.');
  });
});
