import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainsEnd, rootNames } from './compound.ts';
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

  it('say what they are by their root, whatever is embedded in them', async () => {
    expect(rootNames(bytesOf('prose/mill.doc'))).toContain('WordDocument');
    expect(rootNames(bytesOf('prose/holds-mail.doc'))).not.toContain('__properties_version1.0');
    const letter = await readDocument({ path: 'a.doc', bytes: bytesOf('prose/holds-mail.doc') });
    expect(letter).toMatchObject({ kind: 'doc', title: 'The mill at Överby' });
    expect(letter.text).toMatch(/^Works\n\nThe wheel turns at nine rounds/);
    expect(letter.notes).toContain('One embedded file was left out.');
    const message = await readDocument({ path: 'a.msg', bytes: bytesOf('mail/holds-doc.msg') });
    expect(message).toMatchObject({ kind: 'msg', title: 'Flour' });
    const inner = await Promise.allSettled(message.inner.map((file) => readDocument(file)));
    expect(inner).toMatchObject([{ value: { kind: 'doc' } }, { reason: { code: 'encrypted' } }]);
  });

  it('are known by names in capital letters', async () => {
    const bytes = bytesOf('prose/holds-mail.doc');
    const wide = (text: string) => [...text].flatMap((letter) => [letter.charCodeAt(0), 0]);
    const name = wide('WordDocument');
    const at = bytes.findIndex((_, i) => name.every((byte, k) => bytes[i + k] === byte));
    bytes.set(wide('WORDDOCUMENT'), at);
    expect(rootNames(bytes)).toContain('WORDDOCUMENT');
    expect((await readDocument({ path: 'a.doc', bytes })).text).toMatch(/^Works/);
  });

  it('are known by any name in them where the root is broken', async () => {
    const bytes = bytesOf('mail/plain.msg');
    new DataView(bytes.buffer).setInt32(0x30, 0x7fffffff, true);
    expect(rootNames(bytes)).toBeNull();
    await expect(readDocument({ path: 'a.msg', bytes })).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining('an Outlook message'),
    });
  });

  it('says nothing of what is too short to be one', () => {
    expect(chainsEnd(new Uint8Array(100))).toBe(true);
    expect(rootNames(new Uint8Array(100))).toBeNull();
  });
});
