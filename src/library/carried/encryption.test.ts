import { describe, expect, it } from 'vitest';
import { bytesOf } from './container.ts';
import { decrypt, encrypt, readLocked, unlock } from './encryption.ts';
import { CarriedError } from './errors.ts';
import { flipped } from './fake-collection.ts';
import { isCollectionFile, isEncrypted } from './recognise.ts';

const PHRASE = 'Nine blue lamps by the “jetty”';
const MIB = 1024 * 1024;
/** Two pieces and a bit. */
const plain = new Uint8Array(2 * MIB + 77).map((_, i) => (i * 31) & 255);
const sealed = await encrypt(new Blob([plain]), PHRASE);
const locked = await readLocked(sealed);
const key = await unlock(locked, PHRASE);
const header = locked.lines.length;

async function refusal(work: () => Promise<unknown>): Promise<CarriedError> {
  const error: unknown = await work().then(
    () => new Error('It was opened.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CarriedError);
  return error as CarriedError;
}

const opened = async (file: Blob) => decrypt(await readLocked(file), key);
const text = await sealed.slice(0, header).text();

/** The lines with another second one, under a sum that fits. */
async function relined(change: (header: Record<string, unknown>) => void): Promise<Blob> {
  const [first, second] = text.split('\n');
  const values = JSON.parse(second!) as Record<string, unknown>;
  change(values);
  const lines = `${first}\n${JSON.stringify(values)}\n`;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines)));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return new Blob([`${lines}${hex}\n`, sealed.slice(header)]);
}

describe('an encrypted collection file', () => {
  it('opens under its passphrase, however its letters were typed, and is another file each time', async () => {
    // Told equal by their bytes at once: a comparison one by one takes minutes.
    expect(Buffer.from(await bytesOf(await decrypt(locked, key))).equals(plain)).toBe(true);
    expect(await isEncrypted(sealed)).toBe(true);
    expect(await isCollectionFile(new File([sealed], 'renamed.txt'))).toBe(true);
    const [composed, apart] = ['caf\u00e9', 'cafe\u0301'];
    const again = await encrypt(new Blob(['']), composed);
    const empty = await readLocked(again);
    expect((await decrypt(empty, await unlock(empty, apart))).size).toBe(0);
    expect(empty.header.salt).not.toBe(locked.header.salt);
    expect(empty.header.iterations).toBeGreaterThanOrEqual(600_000);
  });

  it('tells a wrong passphrase from damage', async () => {
    const { code, message } = await refusal(() => unlock(locked, PHRASE.toLowerCase()));
    expect(code).toBe('passphrase');
    expect(message).toContain('does not open the file');
  });

  it('is refused when any byte of its lines is another, before a key is made', async () => {
    const small = sealed.slice(0, header + 16);
    for (let at = 'carrel encrypted collection '.length; at < header; at++) {
      const { code } = await refusal(async () => readLocked(await flipped(small, at, 1)));
      expect(code).toBe('damaged');
    }
  });

  it('is refused when a byte of any piece is another', async () => {
    for (const at of [header, header + 5000, header + MIB + 15, header + MIB + 16, sealed.size - 1]) {
      const { code, message } = await refusal(async () => opened(await flipped(sealed, at, 128)));
      expect(code).toBe('damaged');
      expect(message).toContain('the passphrase is right, but piece');
    }
  });

  it('is refused when pieces are dropped, moved, doubled or cut', async () => {
    const each = MIB + 16;
    const [a, b, c] = [0, 1, 2].map((i) => locked.pieces.slice(i * each, (i + 1) * each)) as [Blob, Blob, Blob];
    for (const pieces of [[a, b], [b, a, c], [a, a, b, c], [a, c], [c], [], [a, b, c.slice(0, 20)], [a, b, c, c]]) {
      const { code } = await refusal(() => opened(new Blob([locked.lines, ...pieces])));
      expect(code).toBe('damaged');
    }
  });

  it('cannot ask for fewer rounds than hold, nor for more than anyone would wait for', async () => {
    for (const iterations of [1, 599_999, 10_000_001, 1e15]) {
      const { code } = await refusal(async () =>
        readLocked(await relined((values) => (values['iterations'] = iterations))),
      );
      expect(code).toBe('damaged');
    }
    // What is within bounds reaches the cipher, which holds the lines against what was sealed.
    expect((await refusal(async () => opened(await relined((values) => (values['iterations'] = 700_000))))).code).toBe(
      'damaged',
    );
  });

  it('of a newer version is left alone, and it is said', async () => {
    const lines = text.split('\n').slice(0, 2).join('\n').replace('collection 1', 'collection 2') + '\n';
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(lines)));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    expect((await refusal(() => readLocked(new Blob([lines, hex, '\n'])))).code).toBe('newer');
  });
});
