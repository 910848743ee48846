import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import CFB from 'cfb';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../read.ts';
import { withSoundProperties } from './sound-properties.ts';

const bytes = new Uint8Array(
  readFileSync(join(import.meta.dirname, '../../../../tests/fixtures/documents/formats/office/levels.xls')),
);
const STREAM = '/\u0005SummaryInformation';

/** The workbook with another number at a place of its property set. */
function changed(offset: number, value: number): Uint8Array {
  const file = CFB.parse(bytes);
  const content = Uint8Array.from(CFB.find(file, STREAM)!.content);
  const view = new DataView(content.buffer);
  view.setUint32(view.getUint32(44, true) + offset, value, true);
  CFB.utils.cfb_add(file, STREAM, content);
  return new Uint8Array(CFB.write(file, { type: 'array' }) as ArrayLike<number>);
}

const has = (workbook: Uint8Array): boolean => CFB.find(CFB.parse(workbook), STREAM) !== null;

describe('property streams', () => {
  it('stay as they are when they are sound', () => {
    expect(withSoundProperties(bytes)).toBe(bytes);
    expect(has(bytes)).toBe(true);
  });

  it('are taken out when they claim more properties than they can hold, and the sheets are read', async () => {
    const broken = changed(4, 0xff_ff_ff_f0);
    expect(has(withSoundProperties(broken))).toBe(false);
    const [{ text }, whole] = await Promise.all([
      readDocument({ path: 'levels.xls', bytes: broken }),
      readDocument({ path: 'levels.xls', bytes }),
    ]);
    expect(text).toBe(whole.text);
  });

  it('leaves what is no compound file to SheetJS', () => {
    const text = new TextEncoder().encode('a,b');
    expect(withSoundProperties(text)).toBe(text);
  });
});
