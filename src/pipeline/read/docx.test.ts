import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { readDocument } from './read.ts';

const bytes = new Uint8Array(
  readFileSync(join(import.meta.dirname, '../../../tests/fixtures/documents/readers/lease.docx')),
);

describe('docx', () => {
  it('reads headings, lists and tables, and notes the footer it leaves out', async () => {
    const document = await readDocument({ path: 'papers/lease.docx', bytes });
    expect(document.text).toBe(
      'Rent\n\nThe rent is 310 euros a month.\n\nPay by the third.\n\nKeep the receipt.\n\nDeposit\n\nItem | Euros\nKeys | 40\nBoat | 500',
    );
    expect(document).toMatchObject({ kind: 'docx', title: 'Lease of the boathouse' });
    expect(document.blocks.map(({ kind }) => kind)).toEqual(
      'heading paragraph item item heading row row row'.split(' '),
    );
    expect(document.blocks.at(-1)).toMatchObject({ header: 'Item | Euros' });
    expect(document.parts.map(({ label }) => label)).toEqual(['Rent', 'Deposit']);
    expect(document.notes).toEqual(['Its running headers and footers were left out: “Boathouse, signed copy”.']);
    expect(document.shown.as === 'html' ? document.shown.html : '').toContain(
      '<strong><span data-start="17"> 310 euros</span></strong>',
    );
    expect(brokenPromises(document)).toEqual([]);
  });

  it('knows it by its content under another name', async () => {
    const document = await readDocument({ path: 'lease.txt', bytes });
    expect(document.kind).toBe('docx');
    expect(document.notes[0]).toBe('Its name ends in .txt, but its content is Word (.docx); it was read as that.');
  });

  it.each([0.02, 0.3, 0.6, 0.98])('refuses one cut off at a share of %f with a sentence', async (share) => {
    const cut = bytes.slice(0, Math.floor(bytes.length * share));
    await expect(readDocument({ path: 'lease.docx', bytes: cut })).rejects.toMatchObject({
      name: 'ReadError',
      code: 'damaged',
      message: expect.stringMatching(/^“lease\.docx” .*\.$/),
    });
  });
});
