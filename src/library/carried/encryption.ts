/**
 * A collection file under a passphrase: three lines of text, then the file in encrypted pieces.
 *
 *     carrel encrypted collection 1
 *     {"kdf":"PBKDF2-HMAC-SHA-256","iterations":600000,"salt":…,"cipher":"AES-256-GCM","nonce":…,"piece":1048576,"check":…}
 *     SHA-256 of these two lines
 *
 * The key comes from the passphrase by PBKDF2 (RFC 8018) with as many rounds as OWASP asked for in 2023, then by HKDF
 * (RFC 5869), once for the cipher and once for a check: a wrong passphrase is told from a damaged file by it, and it says
 * no more than the first piece says. Pieces follow STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, "Online
 * Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015): each has its number and whether it is the last
 * in its nonce, and the three lines as associated data, so that none can be changed, moved, dropped or added.
 */
import * as v from 'valibot';
import { sha256 } from '../../models/sha256.ts';
import { bytesOf } from './container.ts';
import { CarriedError, damaged } from './errors.ts';
import { encryptedMagic } from './recognise.ts';

const version = 1;
/** A file may ask for more, within what a person would wait for. */
const rounds = { least: 600_000, most: 10_000_000 };
const pieceLength = 1024 * 1024;
const tagLength = 16;
const prefixLength = 7;
const longestHeader = 1024;

const base64 = (bytes: number) =>
  v.pipe(
    v.string(),
    v.check((text) => fromBase64(text)?.length === bytes),
  );

const headerSchema = v.strictObject({
  kdf: v.literal('PBKDF2-HMAC-SHA-256'),
  iterations: v.pipe(v.number(), v.integer(), v.minValue(rounds.least), v.maxValue(rounds.most)),
  salt: base64(16),
  cipher: v.literal('AES-256-GCM'),
  nonce: base64(prefixLength),
  piece: v.literal(pieceLength),
  check: base64(16),
});

type Header = v.InferOutput<typeof headerSchema>;

/** An encrypted file whose header is whole. */
export interface Locked {
  readonly header: Header;
  /** The three lines. */
  readonly lines: Uint8Array<ArrayBuffer>;
  readonly pieces: Blob;
}

interface Keys {
  readonly cipher: CryptoKey;
  readonly check: string;
}

/** @throws CarriedError where the browser has no Web Crypto, which it gives to secure addresses alone */
export async function encrypt(plain: Blob, passphrase: string): Promise<Blob> {
  const { subtle } = theCrypto();
  const salt = toBase64(crypto.getRandomValues(new Uint8Array(16)));
  const nonce = toBase64(crypto.getRandomValues(new Uint8Array(prefixLength)));
  const { cipher, check } = await keysOf(passphrase, { salt, iterations: rounds.least });
  const header: Header = {
    ...{ kdf: 'PBKDF2-HMAC-SHA-256', iterations: rounds.least, salt },
    ...{ cipher: 'AES-256-GCM', nonce, piece: pieceLength, check },
  };
  const lines = await linesOf(header);
  const parts: Blob[] = [new Blob([lines])];
  for (const { from, last, number } of piecesOf(plain.size, pieceLength)) {
    const piece = await bytesOf(plain.slice(from, from + pieceLength));
    parts.push(new Blob([await subtle.encrypt(sealing(header, lines, number, last), cipher, piece)]));
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

/** @throws CarriedError damaged, newer */
export async function readLocked(file: Blob): Promise<Locked> {
  const head = await file.slice(0, longestHeader).text();
  const [first = '', second = '', third = ''] = head.split('\n');
  const lines = new TextEncoder().encode(`${first}\n${second}\n${third}\n`);
  if ((await sha256(new TextEncoder().encode(`${first}\n${second}\n`))) !== third)
    throw damaged('the lines at its beginning, which say how it is encrypted, are not what was saved');
  const written = Number(first.slice(encryptedMagic.length));
  if (written > version) throw newer();
  const parsed = v.safeParse(headerSchema, parsedJson(second));
  if (written !== version || !parsed.success) throw damaged('how it is encrypted is not what Carrel writes');
  return { header: parsed.output, lines, pieces: file.slice(lines.length) };
}

/** Takes a second or so, by design. @throws CarriedError passphrase where it is another one */
export async function unlock({ header }: Locked, passphrase: string): Promise<CryptoKey> {
  const { cipher, check } = await keysOf(passphrase, header);
  if (check === header.check) return cipher;
  throw new CarriedError('passphrase', 'This passphrase does not open the file. Capitals, spaces and signs count.');
}

/** Every piece is whole, or nothing is given. @throws CarriedError damaged */
export async function decrypt({ header, lines, pieces }: Locked, cipher: CryptoKey): Promise<Blob> {
  const { subtle } = theCrypto();
  const sealed = pieceLength + tagLength;
  const plain: Blob[] = [];
  for (const { from, last, number } of piecesOf(pieces.size, sealed)) {
    const piece = await bytesOf(pieces.slice(from, from + sealed));
    try {
      plain.push(new Blob([await subtle.decrypt(sealing(header, lines, number, last), cipher, piece)]));
    } catch (error) {
      throw damaged(`the passphrase is right, but piece ${number + 1} is not what was saved`, error);
    }
  }
  return new Blob(plain);
}

function newer(): CarriedError {
  return new CarriedError(
    'newer',
    'The collection file was encrypted by a newer version of Carrel, and this one cannot open it. Reload the page to get that version.',
  );
}

/** An empty file is one empty piece. */
function* piecesOf(length: number, each: number): Generator<{ from: number; last: boolean; number: number }> {
  for (let number = 0; number === 0 || number * each < length; number++)
    yield { from: number * each, last: (number + 1) * each >= length, number };
}

function sealing({ nonce }: Header, lines: Uint8Array<ArrayBuffer>, number: number, last: boolean): AesGcmParams {
  const iv = new Uint8Array(12);
  iv.set(fromBase64(nonce)!);
  new DataView(iv.buffer).setUint32(prefixLength, number);
  iv[11] = last ? 1 : 0;
  return { name: 'AES-GCM', iv, additionalData: lines, tagLength: tagLength * 8 };
}

async function keysOf(passphrase: string, { salt, iterations }: Pick<Header, 'salt' | 'iterations'>): Promise<Keys> {
  const { subtle } = theCrypto();
  // The same letters may be typed as one sign or as two.
  const typed = new TextEncoder().encode(passphrase.normalize('NFC'));
  const slow = await subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt)!, iterations },
    await subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']),
    256,
  );
  const root = await subtle.importKey('raw', slow, 'HKDF', false, ['deriveKey', 'deriveBits']);
  const use = (info: string) => ({
    ...{ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: new TextEncoder().encode(info) },
  });
  const cipher = { name: 'AES-GCM', length: 256 };
  return {
    cipher: await subtle.deriveKey(use('carrel collection cipher'), root, cipher, false, ['encrypt', 'decrypt']),
    check: toBase64(new Uint8Array(await subtle.deriveBits(use('carrel collection check'), root, 128))),
  };
}

async function linesOf(header: Header): Promise<Uint8Array<ArrayBuffer>> {
  const lines = `${encryptedMagic}${version}\n${JSON.stringify(header)}\n`;
  return new TextEncoder().encode(`${lines}${await sha256(new TextEncoder().encode(lines))}\n`);
}

function theCrypto(): Crypto {
  // Without https there is none, whatever the type says.
  if (globalThis.crypto?.subtle as SubtleCrypto | undefined) return crypto;
  throw new CarriedError(
    'impossible',
    'Encrypted collections need an address that begins with https:// (or localhost): the browser gives its cipher to such alone.',
  );
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Null where it is none, or not written the one way in which these bytes are. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
