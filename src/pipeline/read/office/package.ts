/** The files inside an Office file, unpacked one by one within limits. */
import { strFromU8, unzipSync } from 'fflate';
import { ReadError } from '../../document.ts';
import { parseXml } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** Unpacked bytes, of all files read together, beyond which an archive is taken for a trap. */
const MAX_UNPACKED = 500 * 1024 * 1024;
const MAX_FILES = 100_000;

export class Package {
  /** What the archive claims of each file, by its path with slashes. */
  readonly #sizes = new Map<string, number>();
  #unpacked = 0;

  /** @throws ReadError damaged, too-large */
  constructor(
    private readonly name: string,
    private readonly zip: Uint8Array,
  ) {
    this.#unzip((path, size) => {
      this.#sizes.set(path, size);
      return false;
    });
    if (this.#sizes.size > MAX_FILES) throw this.#tooLarge();
  }

  get paths(): readonly string[] {
    return [...this.#sizes.keys()];
  }

  has(path: string): boolean {
    return this.#sizes.has(path);
  }

  /** Null where there is no such file. @throws ReadError damaged, too-large */
  bytes(path: string): Uint8Array<ArrayBuffer> | null {
    return this.all((other) => other === path).get(path) ?? null;
  }

  /** The files whose path is wanted. @throws ReadError damaged, too-large */
  all(wanted: (path: string) => boolean): Map<string, Uint8Array<ArrayBuffer>> {
    for (const [path, size] of this.#sizes) if (wanted(path)) this.#unpacked += size;
    if (this.#unpacked > MAX_UNPACKED) throw this.#tooLarge();
    // A file that unpacks to more than it claims is cut at its claim.
    return this.#unzip(wanted);
  }

  /** Null where there is no such file. @throws Error where it is damaged */
  xml(path: string): XmlElement | null {
    const bytes = this.bytes(path);
    return bytes === null ? null : parseXml(decodeXml(bytes));
  }

  #unzip(wanted: (path: string, size: number) => boolean): Map<string, Uint8Array<ArrayBuffer>> {
    try {
      const files = unzipSync(this.zip, {
        filter: ({ name, originalSize }) => wanted(slashed(name), originalSize),
      });
      return new Map(Object.entries(files).map(([name, bytes]) => [slashed(name), bytes as Uint8Array<ArrayBuffer>]));
    } catch {
      throw new ReadError(
        'damaged',
        `“${this.name}” is damaged: its archive cannot be unpacked. Fetch it again from where it came and add it again.`,
      );
    }
  }

  #tooLarge(): ReadError {
    return new ReadError(
      'too-large',
      `“${this.name}” would unpack to more than 500 MB or ${MAX_FILES} files and was not read. Save it in smaller parts and add those.`,
    );
  }
}

/** Some programs write backslashes. */
function slashed(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\//, '');
}

function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return strFromU8(bytes);
}
