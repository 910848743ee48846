import { describe, expect, it } from 'vitest';
import type { Token } from '../../pipeline/embed/embedder.ts';
import { sharedTokens } from './shared-tokens.ts';

const frame = (...pieces: string[]): Token[] => [
  { text: '[CLS]', kind: 'added' },
  ...pieces.map((text): Token => ({ text, kind: 'piece' })),
  { text: '[SEP]', kind: 'added' },
];

describe('tokens with their shares', () => {
  it('are told apart by where they come from, and give the passage back as it is written', () => {
    const tokens = frame('passage', ':', 'house', 'rules', 'no', 'pet', '##s', '.');
    const input = 'passage: House rules\nNo  Pets.';
    const shares = tokens.map((_, i) => i / 100);
    const shared = sharedTokens(input, tokens, shares, { lead: 'House rules', text: 'No  Pets.' });
    expect(shared.placed).toBe(true);
    expect(shared.tokens.map(({ where, shown }) => `${where} ${shown}`)).toEqual([
      ...['added [CLS]', 'prefix passage', 'prefix :', 'lead House', 'lead rules'],
      ...['text No', 'text Pet', 'text s', 'text .', 'added [SEP]'],
    ]);
    const written = (wanted: string) =>
      shared.tokens.map(({ where, gap, shown }) => (where === wanted ? gap + shown : '')).join('');
    expect([written('lead'), written('text')]).toEqual(['House rules', 'No  Pets.']);
    expect(shared.tokens.map(({ share }) => share)).toEqual(shares);
  });

  it('stand as the vocabulary writes them where they cannot be found in the text', () => {
    const { placed, tokens } = sharedTokens('Rent', frame('de', '##posit'), [0, 1, 2, 3], { text: 'Rent' });
    expect(placed).toBe(false);
    expect(tokens.map(({ shown }) => shown)).toEqual(['[CLS]', 'de', '##posit', '[SEP]']);
    expect(tokens.map(({ share }) => share)).toEqual([0, 1, 2, 3]);
  });
});
