import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stemEnglish } from './stem.ts';
import { fold, isContent, words } from './words.ts';

describe('words', () => {
  it.each([
    ['The tenant shall renew the lease.', ['the', 'tenant', 'shall', 'renew', 'the', 'leas']],
    ['AB-1234/7', ['ab', '1234', '7', 'ab1234/7']],
    ['1,250.00', ['1', '250', '00', '1250']],
    ['version 3.10, not 3.1', ['version', '3', '10', '3.10', 'not', '3', '1', '3.1']],
    ['12-3 and 1-23', ['12', '3', '12-3', 'and', '1', '23', '1-23']],
    ["the tenant's, don’t", ['the', 'tenant', 'dont']],
    ['e-mail', ['e', 'mail', 'email']],
    ['U.S.', ['u', 's', 'us']],
    ['Café Ångström STRASSE Straße Łódź İstanbul', ['cafe', 'angstrom', 'strass', 'strass', 'lodz', 'istanbul']],
    ['Ǽon ǣ ø̂', ['aeon', 'ae', 'o']],
    ['ﬁnance ＡＢＣ１２３', ['financ', 'abc123']],
    ['東京都に住む', ['東京', '都', 'に', '住む']],
    ['コーヒーの価格はAB-1234/7です。', ['コーヒー', 'の', '価格', 'は', 'ab', '1234', '7', 'ab1234/7', 'です']],
    ['ภาษาไทยง่าย', ['ภาษา', 'ไทย', 'ง่าย']],
    ['हिन्दी में', ['हिन्दी', 'में']],
    ['Ёлка и й', ['ёлка', 'и', 'й']],
    ['… — !', []],
  ])('%s', (text, terms) => {
    expect(words(text)).toEqual(terms);
  });

  it('gives a passage and a question the same terms in whatever case, width or normal form they are written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const terms = words(text);
        expect(words(text.normalize('NFD'))).toEqual(terms);
        expect(fold(fold(text))).toBe(fold(text));
        for (const term of terms) expect(term).not.toBe('');
      }),
    );
  });

  it('tells words that ask from words that say what about', () => {
    expect(words('What does the lease say about animals?').filter(isContent)).toEqual(['leas', 'say', 'anim']);
  });
});

describe('stemEnglish', () => {
  // The first of these are the examples of the algorithm's own description.
  it.each([
    ['consistency', 'consist'],
    ['consolations', 'consol'],
    ['knightly', 'knight'],
    ['knocked', 'knock'],
    ['kneeling', 'kneel'],
    ['generously', 'generous'],
    ['communication', 'communic'],
    ['ties', 'tie'],
    ['cries', 'cri'],
    ['gas', 'gas'],
    ['gaps', 'gap'],
    ['hopping', 'hop'],
    ['hoping', 'hope'],
    ['luxuriating', 'luxuri'],
    ['agreed', 'agre'],
    ['saying', 'say'],
    ['yearly', 'year'],
    ['enjoyed', 'enjoy'],
    ['biologists', 'biolog'],
    ['rational', 'ration'],
    ['adjustable', 'adjust'],
    ['adoption', 'adopt'],
    ['controlling', 'control'],
    ['evening', 'evening'],
    ['organization', 'organiz'],
    ['news', 'news'],
    ['as', 'as'],
  ])('%s → %s', (word, stem) => {
    expect(stemEnglish(word)).toBe(stem);
  });

  it('never makes a word longer than one letter more, nor empties it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,14}$/), (word) => {
        const stem = stemEnglish(word);
        expect(stem.length).toBeGreaterThan(0);
        expect(stem.length).toBeLessThanOrEqual(word.length + 1);
        expect(stem).toMatch(/^[a-z]+$/);
      }),
    );
  });
});
