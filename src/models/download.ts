/** Fetches one file or part of a model and checks it. */
import { sha256 } from './sha256.ts';

/** A model could not be had. `message` is a whole sentence for the person: what happened, what was kept, what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  constructor(
    readonly code: 'missing' | 'damaged' | 'network' | 'manifest' | 'unknown' | 'storage',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** What must arrive: `bytes` and `sha256` are checked where they are known in advance, null where not. */
export interface Expected {
  /** How the piece is named to the person. */
  readonly path: string;
  readonly bytes: number | null;
  readonly sha256: string | null;
}

const KEPT = 'What had arrived before it is kept: trying again goes on from there.';

/** Bytes gathered in the page before they are handed to the browser as a Blob, which may lie on disk. */
const GATHER = 8 << 20;

/**
 * The bytes at `url` with their SHA-256, which is right if one was expected.
 * `onBytes` hears how many of them have arrived. Nothing goes to the browser's HTTP cache: the store keeps the copy.
 * @throws ModelError for an answer that is not the file; the signal's reason when it is aborted.
 */
export async function download(
  url: URL,
  expected: Expected,
  { fetch, signal, onBytes }: { fetch: Fetch; signal?: AbortSignal; onBytes?: (arrived: number) => void },
): Promise<{ blob: Blob; sha256: string }> {
  let response: Response;
  try {
    response = await fetch(url, { cache: 'no-store', credentials: 'omit', ...(signal ? { signal } : {}) });
  } catch (cause) {
    throw broken(expected, cause, signal);
  }
  if (response.status === 404 || response.status === 410) {
    throw new ModelError('missing', `The model file ${expected.path} is missing on the server. ${KEPT}`);
  }
  if (!response.ok) {
    const why = `the server answered ${response.status}`;
    throw new ModelError('network', `The model file ${expected.path} could not be loaded: ${why}. ${KEPT}`);
  }
  // Hosts of single-page apps answer 200 with their start page for a file that they do not have.
  if (response.headers.get('content-type')?.includes('text/html')) {
    void response.body?.cancel();
    const what = `the server sent a web page instead`;
    throw new ModelError('missing', `The model file ${expected.path} is missing: ${what}. ${KEPT}`);
  }
  const blob = await read(response, expected, onBytes, signal);
  const hash = await sha256(blob, signal ? { signal } : {});
  if (expected.sha256 !== null && hash !== expected.sha256) {
    throw new ModelError('damaged', `The model file ${expected.path} is damaged: its SHA-256 is wrong. ${KEPT}`);
  }
  return { blob, sha256: hash };
}

async function read(
  response: Response,
  expected: Expected,
  onBytes: ((arrived: number) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  const gathered: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  let arrived = 0;
  const reader = response.body?.getReader();
  while (reader) {
    let next: ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
    try {
      next = await reader.read();
    } catch (cause) {
      throw broken(expected, cause, signal);
    }
    if (next.done) break;
    arrived += next.value.length;
    if (expected.bytes !== null && arrived > expected.bytes) {
      void reader.cancel();
      throw wrongSize(expected, `more than ${expected.bytes} bytes came`);
    }
    onBytes?.(arrived);
    chunks.push(next.value);
    waiting += next.value.length;
    if (waiting >= GATHER) {
      gathered.push(new Blob(chunks));
      chunks = [];
      waiting = 0;
    }
  }
  if (expected.bytes !== null && arrived < expected.bytes) {
    throw wrongSize(expected, `${arrived} of ${expected.bytes} bytes came`);
  }
  return new Blob([...gathered, ...chunks]);
}

function wrongSize({ path }: Expected, what: string): ModelError {
  return new ModelError('damaged', `The model file ${path} is damaged: ${what}. ${KEPT}`);
}

/** A request that broke: the person's own abort, or the network. */
function broken({ path }: Expected, cause: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  const what = `The connection broke while the model file ${path} was loading.`;
  return new ModelError('network', `${what} ${KEPT}`, { cause });
}
