import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.ts';

const folder = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/encodings');
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, string>;

describe('encodings of real sentences, made by Python', () => {
  it.each(Object.entries(expected))('%s', (name, text) => {
    const decoded = decodeText(new Uint8Array(readFileSync(join(folder, name))));
    expect(decoded?.text).toBe(text);
    const isCertain = /utf-8|utf-8-sig|\.utf-16\.|\.utf-32\./.test(name);
    expect(decoded?.notes).toEqual(
      isCertain ? [] : [expect.stringMatching(/^The text encoding was not stated; it was read as \S+\.$/)],
    );
  });
});

describe('what is no text', () => {
  it.each([
    ['random bytes', [0, 1, 2, 3, 0x9f, 4, 0, 0, 5, 6]],
    ['EBCDIC', Array.from({ length: 20 }, () => [0x40, 0xc8, 0x85, 0x93, 0x93, 0x96]).flat()],
    ['UTF-32 out of range', [0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, 1, 2, 3, 4]],
  ])('%s', (_, bytes) => {
    expect(decodeText(Uint8Array.from(bytes))).toBeNull();
  });

  it('keeps a stated encoding over a guess', () => {
    expect(decodeText(Uint8Array.from([0xcf, 0xf0, 0xe8]), 'windows-1251')?.text).toBe('При');
    expect(decodeText(Uint8Array.from([0x93, 0x41, 0x94]), 'windows-1252')?.text).toBe('“A”');
  });
});
