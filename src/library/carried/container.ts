/** Writes and reads the ZIP that a collection travels in, entry by entry: the whole of it is never in memory. */
import { sha256 } from '../../models/sha256.ts';
import { crc32 } from '../../pipeline/read/crc32.ts';
import { CarriedError, damaged } from './errors.ts';
import {
  directory,
  directoryLength,
  endLength,
  endOf,
  entriesOf,
  localHeader,
  localHeaderLength,
  mostEntries,
  mostFileBytes,
  type ZipEntry,
} from './zip-layout.ts';

/** An entry as the manifest lists it. */
export interface Listed {
  readonly path: string;
  /** Unpacked. */
  readonly bytes: number;
  /** Of the bytes as they lie in the file: damage is found before anything is unpacked. */
  readonly sha256: string;
}

const step = 4 * 1024 * 1024;

export class ContainerWriter {
  private readonly parts: Blob[] = [];
  private readonly entries: ZipEntry[] = [];
  private at = 0;

  /** @throws CarriedError when the file would outgrow the format */
  async add(name: string, content: Blob, compress: boolean): Promise<Listed> {
    const packed = compress ? await through(content, new CompressionStream('deflate-raw')) : content;
    const entry: ZipEntry = {
      ...{ name, method: compress ? 8 : 0, crc: await sum(content), bytes: content.size },
      ...{ packed: packed.size, offset: this.at },
    };
    this.entries.push(entry);
    this.at = endOf(entry);
    if (this.at > mostFileBytes || this.entries.length > mostEntries)
      throw new CarriedError(
        'too-large',
        'The collection is too large for one file: 4 GB and some 20,000 documents are the most. Leave the original files out, or save a part of it.',
      );
    // A Blob of its own: the browser may put it on the disk.
    this.parts.push(new Blob([localHeader(entry), packed]));
    return { path: name, bytes: content.size, sha256: await sha256(packed) };
  }

  finish(type: string): Blob {
    return new Blob([...this.parts, directory(this.entries)], { type });
  }
}

export class ContainerReader {
  private constructor(
    private readonly file: Blob,
    /** By name, in the order of the file. */
    readonly entries: ReadonlyMap<string, ZipEntry>,
  ) {}

  /** @throws CarriedError damaged */
  static async open(file: Blob): Promise<ContainerReader> {
    const end = file.size - endLength;
    const length = end < 0 ? null : directoryLength(new DataView(await file.slice(end).arrayBuffer()));
    if (length === null) throw damaged('its end is missing, as when a copy was broken off');
    const start = end - length;
    const found = start < 0 ? null : await bytesOf(file.slice(start));
    const entries = found && entriesOf(found.subarray(0, length));
    if (!found || !entries) throw damaged('the list of its entries is not what was saved');
    let at = 0;
    for (const entry of entries) {
      if (entry.offset !== at) throw damaged('the list of its entries is not what was saved');
      at = endOf(entry);
    }
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    if (at !== start || byName.size !== entries.length || !same(found, directory(entries)))
      throw damaged('the list of its entries is not what was saved');
    return new ContainerReader(file, byName);
  }

  /** The bytes of an entry as they lie in the file. @throws CarriedError where its header is not what was saved */
  async packed(entry: ZipEntry): Promise<Blob> {
    const start = entry.offset + localHeaderLength(entry);
    const header = await bytesOf(this.file.slice(entry.offset, start));
    if (!same(header, localHeader(entry))) throw damaged(`the entry ${entry.name} is not what was saved`);
    return this.file.slice(start, start + entry.packed);
  }
}

/** @throws CarriedError where it is not as long as it says: never more is unpacked than that */
export async function unpacked(packed: Blob, { name, method, bytes }: ZipEntry): Promise<Uint8Array<ArrayBuffer>> {
  const wrong = `the entry ${name} does not unpack to what was saved`;
  if (method === 0) {
    if (packed.size !== bytes) throw damaged(wrong);
    return bytesOf(packed);
  }
  const out = new Uint8Array(bytes);
  let at = 0;
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      if (at + value!.length > bytes) throw damaged(wrong);
      out.set(value!, at);
      at += value!.length;
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw damaged(wrong, error);
  }
  if (at !== bytes) throw damaged(wrong);
  return out;
}

/** CRC-32, a few megabytes at a time. */
export async function sum(content: Blob): Promise<number> {
  let crc = 0;
  for (let at = 0; at < content.size; at += step) crc = crc32(await bytesOf(content.slice(at, at + step)), crc);
  return crc;
}

const through = (content: Blob, transform: CompressionStream): Promise<Blob> =>
  new Response(content.stream().pipeThrough(transform)).blob();

export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
