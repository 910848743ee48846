import { expect, it } from 'vitest';
import { TokenStream } from './stream.ts';

/** Tokens are single bytes, as byte-level tokens may be. */
const decode = (ids: number[]) => new TextDecoder().decode(Uint8Array.from(ids));

it('gives whole characters only, and all of them', () => {
  const text = 'aé漢👍z';
  const stream = new TokenStream(decode);
  const pieces = [...new TextEncoder().encode(text)].map((byte) => stream.push(byte));
  expect(pieces.filter(Boolean)).toEqual(['a', 'é', '漢', '👍', 'z']);
  expect(stream.end()).toBe('');
});

it('does not hold back what will never be whole', () => {
  const stream = new TokenStream(decode);
  const pieces = [0xff, 0xfe, 0xfd, 0xfc, 0x61].map((byte) => stream.push(byte));
  expect(pieces.join('').endsWith('a')).toBe(true);
  stream.push(0xc3);
  expect(stream.end()).toBe('\uFFFD');
});

it('keeps the spaces that SentencePiece tokens bring along, though a text begins without one', () => {
  const pieces = ['▁The', '▁ke', 'y', '', '▁hangs', '.'];
  const stream = new TokenStream((ids) =>
    ids
      .map((id) => pieces[id]!.replace('▁', ' '))
      .join('')
      .replace(/^ /, ''),
  );
  expect(pieces.map((_, id) => stream.push(id))).toEqual(['The', ' ke', 'y', '', ' hangs', '.']);
});
