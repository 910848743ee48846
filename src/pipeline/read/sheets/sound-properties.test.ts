import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import CFB from 'cfb';
import { describe, expect, it } from 'vitest';
import { openCompound } from '../open-compound.ts';
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

/** The workbook with the stream's entry in the directory ([MS-CFB] 2.6.1) saying that it has no bytes and no place. */
function emptied(): Uint8Array {
  const empty = Uint8Array.from(bytes);
  const name = [...STREAM.slice(1)].flatMap((letter) => [letter.charCodeAt(0), 0]);
  const at = empty.findIndex((_, i) => name.every((byte, k) => empty[i + k] === byte));
  const entry = new DataView(empty.buffer, at, 128);
  entry.setInt32(116, -2, true);
  entry.setUint32(120, 0, true);
  return empty;
}

const sound = (workbook: Uint8Array): Uint8Array => withSoundProperties(workbook, openCompound(workbook));
const has = (workbook: Uint8Array): boolean => CFB.find(CFB.parse(workbook), STREAM) !== null;

describe('property streams', () => {
  it('stay as they are when they are sound', () => {
    expect(sound(bytes)).toBe(bytes);
    expect(has(bytes)).toBe(true);
  });

  it('are taken out when they claim more properties than they can hold, and the sheets are read', async () => {
    const broken = changed(4, 0xff_ff_ff_f0);
    expect(has(sound(broken))).toBe(false);
    const [{ text }, whole] = await Promise.all([
      readDocument({ path: 'levels.xls', bytes: broken }),
      readDocument({ path: 'levels.xls', bytes }),
    ]);
    expect(text).toBe(whole.text);
  });

  it('stay as they are when they are empty, and the sheets are read', async () => {
    const empty = emptied();
    const [read, whole] = await Promise.all([
      readDocument({ path: 'levels.xls', bytes: empty }),
      readDocument({ path: 'levels.xls', bytes }),
    ]);
    expect(sound(empty)).toBe(empty);
    expect(read.text).toBe(whole.text);
  });

  it('leaves what is no compound file to SheetJS', () => {
    const text = new TextEncoder().encode('a,b');
    expect(sound(text)).toBe(text);
  });
});
