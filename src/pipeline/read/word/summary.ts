/** Title, author and date in the summary of an old Office file ([MS-OLEPS]). */
import { decodePage } from '../prose/code-pages.ts';

export interface Summary {
  readonly title: string;
  readonly author: string;
  /** ISO 8601, the day; '' where there is none. */
  readonly date: string;
}

const NONE: Summary = { title: '', author: '', date: '' };
const ID = { page: 1, title: 2, author: 4, created: 12, saved: 13 } as const;
const TYPE = { short: 2, bytes: 30, wide: 31, time: 64 } as const;
/** Milliseconds from 1601 to 1970. */
const EPOCH = 11_644_473_600_000;

/** The text can be read without it: what is broken counts as missing. */
export function readSummary(bytes: Uint8Array | null): Summary {
  if (bytes === null) return NONE;
  try {
    return read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes);
  } catch {
    return NONE;
  }
}

function read(view: DataView, bytes: Uint8Array): Summary {
  const set = view.getUint32(44, true);
  const count = Math.min(view.getUint32(set + 4, true), 1000);
  const places = new Map<number, number>();
  for (let i = 0; i < count; i++)
    places.set(view.getUint32(set + 8 + i * 8, true), set + view.getUint32(set + 12 + i * 8, true));
  const typeAt = (id: number, type: number): number | null => {
    const at = places.get(id);
    return at !== undefined && view.getUint16(at, true) === type ? at + 4 : null;
  };
  const pageAt = typeAt(ID.page, TYPE.short);
  const page = pageAt === null ? 1252 : view.getUint16(pageAt, true);
  const text = (id: number): string => {
    const wide = typeAt(id, TYPE.wide);
    const narrow = typeAt(id, TYPE.bytes);
    const at = wide ?? narrow;
    if (at === null) return '';
    const length = view.getUint32(at, true) * (wide === null ? 1 : 2);
    const content = bytes.subarray(at + 4, at + 4 + length);
    const decoded =
      wide !== null || page === 1200 ? new TextDecoder('utf-16le').decode(content) : decodePage(content, page);
    return decoded.replace(/\0[^]*$/, '').trim();
  };
  const day = (id: number): string => {
    const at = typeAt(id, TYPE.time);
    if (at === null) return '';
    const time = Number(view.getBigUint64(at, true) / 10_000n) - EPOCH;
    // Durations and empty fields stand as times near 1601.
    return time > 0 && time < 4e12 ? new Date(time).toISOString().slice(0, 10) : '';
  };
  return { title: text(ID.title), author: text(ID.author), date: day(ID.saved) || day(ID.created) };
}
