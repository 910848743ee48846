/** SHA-256 (FIPS 180-4) of bytes: by Web Crypto where it is given, else (a page without https) by the code below. */

const CONSTANTS = new Int32Array(64);
const START = new Uint32Array(8);
for (let n = 2, found = 0; found < 64; n++) {
  if (Array.from({ length: n - 2 }, (_, i) => i + 2).some((d) => n % d === 0)) continue;
  // The standard's constants: the first 32 bits of the fractions of the cube and square roots of the primes.
  if (found < 8) START[found] = (Math.sqrt(n) % 1) * 2 ** 32;
  CONSTANTS[found++] = ((Math.cbrt(n) % 1) * 2 ** 32) | 0;
}

/** Bytes hashed between two macrotasks when there is no Web Crypto: a few milliseconds of work. */
const SLICE = 1 << 18;

/** Web Crypto wants all bytes at once: beyond this many, having them on the page's thread is felt. */
const LARGE = 16 << 20;

const HASHER = `onmessage = ({ data }) =>
  data.arrayBuffer().then((bytes) => crypto.subtle.digest('SHA-256', bytes)).then(
    (digest) => postMessage(new Uint8Array(digest)),
    () => postMessage(null));`;

/** Lower-case hexadecimal SHA-256. @throws the signal's reason when it is aborted between slices. */
export async function sha256(
  data: Blob | Uint8Array<ArrayBuffer>,
  { signal, subtle = globalThis.crypto?.subtle }: { signal?: AbortSignal; subtle?: SubtleCrypto | null } = {},
): Promise<string> {
  if (subtle && data instanceof Blob && data.size > LARGE && typeof Worker !== 'undefined') {
    const digest = await digestInWorker(data, signal);
    if (digest) return hex(digest);
  }
  if (subtle) {
    const bytes = data instanceof Uint8Array ? data : await data.arrayBuffer();
    return hex(new Uint8Array(await subtle.digest('SHA-256', bytes)));
  }
  const state = START.slice();
  const schedule = new Int32Array(64);
  const length = data instanceof Uint8Array ? data.length : data.size;
  let start = 0;
  for (; start + 64 <= length; start += SLICE) {
    signal?.throwIfAborted();
    const end = Math.min(start + SLICE, length - (length % 64));
    const slice = data instanceof Uint8Array ? data.subarray(start, end) : await bytesOf(data.slice(start, end));
    compress(state, slice, schedule);
    await new Promise((resolve) => setTimeout(resolve));
  }
  const tail = length - (length % 64);
  const rest = data instanceof Uint8Array ? data.subarray(tail) : await bytesOf(data.slice(tail));
  const padded = new Uint8Array(rest.length < 56 ? 64 : 128);
  padded.set(rest);
  padded[rest.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(length) * 8n);
  compress(state, padded, schedule);
  const out = new Uint8Array(32);
  state.forEach((word, i) => new DataView(out.buffer).setUint32(4 * i, word));
  return hex(out);
}

/** Null where the worker cannot start or cannot read the Blob. @throws the signal's reason when it is aborted. */
async function digestInWorker(blob: Blob, signal: AbortSignal | undefined): Promise<Uint8Array | null> {
  const url = URL.createObjectURL(new Blob([HASHER], { type: 'text/javascript' }));
  const worker = new Worker(url);
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Uint8Array | null>) => resolve(data);
      worker.onerror = () => resolve(null);
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      worker.postMessage(blob);
    });
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Takes whole blocks of 64 bytes into `state`. The words of the schedule are reused from block to block. */
function compress(state: Uint32Array, blocks: Uint8Array, w: Int32Array): void {
  const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.byteLength);
  for (let at = 0; at < blocks.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!;
      const y = w[i - 2]!;
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
    }
    let a = state[0]! | 0;
    let b = state[1]! | 0;
    let c = state[2]! | 0;
    let d = state[3]! | 0;
    let e = state[4]! | 0;
    let f = state[5]! | 0;
    let g = state[6]! | 0;
    let h = state[7]! | 0;
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + CONSTANTS[i]! + w[i]!) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    state[0]! += a;
    state[1]! += b;
    state[2]! += c;
    state[3]! += d;
    state[4]! += e;
    state[5]! += f;
    state[6]! += g;
    state[7]! += h;
  }
}
