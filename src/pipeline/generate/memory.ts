/** A machine that is too small for a model: what the engine says of it, as one kind of error. */

export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}

/** As Chromium, Firefox, Safari, Emscripten and C++ say it. */
const saidOf = /out of memory|no memory|bad_alloc|allocat\w* (?:memory|failed)|enlarge memory|allocation failed/i;

/** The error itself where it says nothing of memory. */
export function memoryError(error: unknown): unknown {
  if (!(error instanceof Error) || !saidOf.test(error.message)) return error;
  return new OutOfMemoryError(error.message, { cause: error });
}
