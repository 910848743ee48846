/**
 * `winmail.dat`, the package in which Outlook sends what other mail has no place for ([MS-OXTNEF]): brought into the
 * form of an Outlook message, so that both are read by one piece.
 */
import type { Storage } from './storage.ts';

const SIGNATURE = 0x223e9f78;
/** Attributes: of the message, and of the attachment under way. */
const ATTRIBUTE = {
  subject: 0x8004,
  body: 0x800c,
  attachmentData: 0x800f,
  attachmentTitle: 0x8010,
  attachmentBegins: 0x9002,
  properties: 0x9003,
  attachmentProperties: 0x9005,
  codePage: 0x9007,
} as const;
const TYPE = { object: 0x000d, narrow: 0x001e, wide: 0x001f, binary: 0x0102, multiple: 0x1000 } as const;
const ATTACHED_OBJECT = 0x3701;
/** Bytes of a value by its type; all others are four. */
const EIGHT: ReadonlySet<number> = new Set([0x0005, 0x0006, 0x0007, 0x0014, 0x0040]);
/** Bytes that stand before a message inside. */
const INTERFACE = 16;
/** Messages inside messages deeper than this are left to be told as missing. */
const MAX_DEPTH = 6;

class OpenStorage {
  readonly streams = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly storages = new Map<string, Storage>();
  /** Properties of up to eight bytes, as an Outlook message lists them. */
  readonly #fixed: Uint8Array[] = [];

  stream(id: number, type: number, bytes: Uint8Array): void {
    this.streams.set(streamName(id, type), Uint8Array.from(bytes));
  }

  fixed(id: number, type: number, value: Uint8Array): void {
    const entry = new Uint8Array(16);
    const view = new DataView(entry.buffer);
    view.setUint16(0, type, true);
    view.setUint16(2, id, true);
    entry.set(value.subarray(0, 8), 8);
    this.#fixed.push(entry);
  }

  /** @param header bytes before the list, as many as its reader passes by */
  close(header: number): Storage {
    const list = new Uint8Array(header + this.#fixed.length * 16);
    this.#fixed.forEach((entry, i) => list.set(entry, header + i * 16));
    this.streams.set('__properties_version1.0', list);
    return this;
  }
}

/** Null where it is no such package. What is broken behind its beginning is left out. */
export function tnefStorage(bytes: Uint8Array, header = 32, depth = 0): Storage | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 6 || view.getUint32(0, true) !== SIGNATURE || depth > MAX_DEPTH) return null;
  const message = new OpenStorage();
  const attachments: OpenStorage[] = [];
  const current = (): OpenStorage => attachments.at(-1) ?? message;
  // A level, a number, a length, the value, a sum over it.
  for (let at = 6; at + 9 <= bytes.length;) {
    const id = view.getUint16(at + 1, true);
    const length = view.getUint32(at + 5, true);
    const value = bytes.subarray(at + 9, at + 9 + length);
    if (value.length < length) break;
    at += 9 + length + 2;
    if (id === ATTRIBUTE.subject) message.stream(0x0037, TYPE.narrow, value);
    else if (id === ATTRIBUTE.body) message.stream(0x1000, TYPE.narrow, value);
    else if (id === ATTRIBUTE.codePage) message.fixed(0x3ffd, 0x0003, value);
    else if (id === ATTRIBUTE.properties) readProperties(value, message, depth);
    else if (id === ATTRIBUTE.attachmentBegins) attachments.push(new OpenStorage());
    else if (id === ATTRIBUTE.attachmentTitle) current().stream(0x3704, TYPE.narrow, value);
    else if (id === ATTRIBUTE.attachmentData) current().stream(ATTACHED_OBJECT, TYPE.binary, value);
    else if (id === ATTRIBUTE.attachmentProperties) readProperties(value, current(), depth);
  }
  attachments.forEach((attachment, i) =>
    message.storages.set(`__attach_version1.0_#${String(i).padStart(8, '0')}`, attachment.close(8)),
  );
  return message.close(header);
}

/** A list of properties, up to the first that is broken. */
function readProperties(list: Uint8Array, into: OpenStorage, depth: number): void {
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  let at = 4;
  const padded = (length: number): number => length + (-length & 3);
  const counted = (): Uint8Array => {
    const length = view.getUint32(at, true);
    const value = list.subarray(at + 4, at + 4 + length);
    if (value.length < length) throw new RangeError('a value longer than its list');
    at += 4 + padded(length);
    return value;
  };
  try {
    for (let left = view.getUint32(0, true); left > 0 && at < list.length; left--) {
      const type = view.getUint16(at, true);
      const id = view.getUint16(at + 2, true);
      at += 4;
      if (id >= 0x8000) {
        // A property with a name: none that is read here, but it must be passed by.
        const isNumbered = view.getUint32(at + 16, true) === 0;
        at += 20;
        if (isNumbered) at += 4;
        else counted();
      }
      const single = type & ~TYPE.multiple;
      const isCounted = [TYPE.object, TYPE.narrow, TYPE.wide, TYPE.binary].some((other) => other === single);
      const isMultiple = type !== single;
      const times = isCounted || isMultiple ? view.getUint32(at, true) : 1;
      if (isCounted || isMultiple) at += 4;
      if (times > list.length) throw new RangeError('more values than bytes');
      for (let i = 0; i < times; i++) {
        if (isCounted) {
          const value = counted();
          if (i === 0 && !isMultiple && id < 0x8000) keep(into, id, single, value, depth);
        } else {
          const length = single === 0x0048 ? 16 : EIGHT.has(single) ? 8 : 4;
          if (!isMultiple && id < 0x8000) into.fixed(id, single, list.subarray(at, at + length));
          at += length;
        }
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function keep(into: OpenStorage, id: number, type: number, value: Uint8Array, depth: number): void {
  if (type !== TYPE.object) {
    into.stream(id, type, value);
    return;
  }
  const inner = value.subarray(INTERFACE);
  const storage = id === ATTACHED_OBJECT ? tnefStorage(inner, 24, depth + 1) : null;
  if (storage !== null) into.storages.set(streamName(id, type), storage);
  else if (id === ATTACHED_OBJECT) into.stream(id, TYPE.binary, inner);
}

function streamName(id: number, type: number): string {
  const digits = (number: number): string => number.toString(16).toUpperCase().padStart(4, '0');
  return `__substg1.0_${digits(id)}${digits(type)}`;
}
