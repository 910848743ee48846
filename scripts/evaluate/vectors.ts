/** Vectors kept on disk, so that a second evaluation embeds only what is new. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const KEY = 32;

/** One file of records: SHA-256 of what was embedded, then the vector as little-endian 32-bit floats. */
export class VectorFile {
  readonly #known = new Map<string, Float32Array>();

  /** @param dimensions of every vector in the file. A record that was cut off is dropped. */
  constructor(
    private readonly path: string,
    private readonly dimensions: number,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) return;
    const bytes = readFileSync(path);
    const size = KEY + dimensions * 4;
    for (let at = 0; at + size <= bytes.length; at += size)
      this.#known.set(
        bytes.subarray(at, at + KEY).toString('hex'),
        new Float32Array(new Uint8Array(bytes.subarray(at + KEY, at + size)).buffer),
      );
  }

  /** `kind`: a question and a passage of the same words may have other vectors. */
  get(kind: 'passage' | 'question', text: string): Float32Array | undefined {
    return this.#known.get(keyOf(kind, text));
  }

  add(kind: 'passage' | 'question', text: string, vector: Float32Array): void {
    if (vector.length !== this.dimensions)
      throw new Error(`A vector of ${vector.length} numbers came where ${this.dimensions} were expected.`);
    const key = keyOf(kind, text);
    this.#known.set(key, vector);
    appendFileSync(this.path, Buffer.concat([Buffer.from(key, 'hex'), Buffer.from(vector.buffer.slice(0))]));
  }
}

function keyOf(kind: string, text: string): string {
  return createHash('sha256').update(`${kind}\n${text}`).digest('hex');
}
