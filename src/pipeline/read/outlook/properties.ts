/** The properties of a message, a recipient or an attachment (MS-OXMSG): each has a number and a type. */
import { decodeText } from '../decode.ts';
import { decodePage } from '../prose/code-pages.ts';
import type { Storage } from './storage.ts';

/** Bytes before the first property, by where the list stands. */
export const HEADER_LENGTH = { message: 32, inner: 24, part: 8 } as const;

const ENTRY_LENGTH = 16;
/** Ticks of 100 ns from 1601 to 1970. */
const EPOCH_TICKS = 116_444_736_000_000_000n;
const TYPES = { text: '001F', narrow: '001E', binary: '0102', storage: '000D' } as const;
const MESSAGE_CODE_PAGE = 0x3ffd;
const INTERNET_CODE_PAGE = 0x3fde;

export class Properties {
  /** Small values by number: eight bytes each. */
  readonly #fixed = new Map<number, DataView>();
  readonly #codePage: number;

  /** `outer` gives the code page where the properties do not. */
  constructor(
    private readonly storage: Storage,
    headerLength: number,
    outer?: Properties,
  ) {
    const list = storage.streams.get('__properties_version1.0') ?? new Uint8Array();
    const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
    for (let at = headerLength; at + ENTRY_LENGTH <= list.length; at += ENTRY_LENGTH)
      this.#fixed.set(view.getUint16(at + 2, true), new DataView(list.buffer, list.byteOffset + at + 8, 8));
    this.#codePage = this.number(MESSAGE_CODE_PAGE) || outer?.codePage || 0;
  }

  get codePage(): number {
    return this.#codePage;
  }

  /** The code page of the mail as it was sent; 0 if unknown. */
  get internetCodePage(): number {
    return this.number(INTERNET_CODE_PAGE);
  }

  /** '' if there is none. */
  text(id: number): string {
    const wide = this.#stream(id, TYPES.text);
    if (wide !== undefined) return untilNul(new TextDecoder('utf-16le').decode(wide));
    const narrow = this.#stream(id, TYPES.narrow);
    return narrow === undefined ? '' : untilNul(decodeCodePage(narrow, this.#codePage));
  }

  binary(id: number): Uint8Array<ArrayBuffer> | undefined {
    return this.#stream(id, TYPES.binary);
  }

  inner(id: number): Storage | undefined {
    return this.storage.storages.get(streamName(id, TYPES.storage));
  }

  /** 0 if there is none. */
  number(id: number): number {
    return this.#fixed.get(id)?.getInt32(0, true) ?? 0;
  }

  /** ISO 8601 in UTC; '' if there is none. */
  date(id: number): string {
    const ticks = this.#fixed.get(id)?.getBigUint64(0, true) ?? 0n;
    const date = new Date(Number((ticks - EPOCH_TICKS) / 10_000n));
    return ticks === 0n || Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999
      ? ''
      : `${date.toISOString().slice(0, 19)}Z`;
  }

  #stream(id: number, type: string): Uint8Array<ArrayBuffer> | undefined {
    return this.storage.streams.get(streamName(id, type));
  }
}

function streamName(id: number, type: string): string {
  return `__substg1.0_${id.toString(16).toUpperCase().padStart(4, '0')}${type}`;
}

function untilNul(text: string): string {
  const end = text.indexOf('\0');
  return end === -1 ? text : text.slice(0, end);
}

/** Text in a Windows code page; where that is 0, unknown, in the encoding it looks like. */
export function decodeCodePage(bytes: Uint8Array, codePage: number): string {
  const guessed = codePage === 0 ? decodeText(bytes) : null;
  return guessed?.text ?? decodePage(bytes, codePage);
}
