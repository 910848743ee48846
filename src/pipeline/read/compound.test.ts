import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainsEnd } from './compound.ts';
import { readDocument } from './read.ts';

const FIXTURES = join(import.meta.dirname, '../../../tests/fixtures/documents/formats');
const bytesOf = (path: string) => new Uint8Array(readFileSync(join(FIXTURES, path)));

/** The file with the chain of its first table sector made a circle: every entry leads to itself. */
function circular(path: string): Uint8Array {
  const bytes = bytesOf(path);
  const view = new DataView(bytes.buffer);
  const table = (view.getInt32(0x4c, true) + 1) * 512;
  for (let i = 0; i < 128; i++) view.setInt32(table + i * 4, i, true);
  return bytes;
}

describe('compound files', () => {
  it.each(['mail/plain.msg', 'mail/html.msg', 'office/accounts.xls', 'prose/mill.doc'])(
    '%s has chains that end',
    (path) => {
      expect(chainsEnd(bytesOf(path))).toBe(true);
    },
  );

  it.each(['mail/plain.msg', 'office/accounts.xls', 'prose/mill.doc'])(
    '%s in circles is refused at once',
    async (path) => {
      const bytes = circular(path);
      expect(chainsEnd(bytes)).toBe(false);
      const name = path.slice(path.indexOf('/') + 1);
      await expect(readDocument({ path: name, bytes })).rejects.toMatchObject({
        code: 'damaged',
        message: expect.stringContaining(`“${name}” does not hold`),
      });
    },
  );

  it('says nothing of what is too short to be one', () => {
    expect(chainsEnd(new Uint8Array(100))).toBe(true);
  });
});
