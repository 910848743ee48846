/** A machine that is too small for a model: what the engine says of it, as one kind of error. */

export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}

/** As Chromium, Firefox, Safari, Emscripten and C++ say it where they throw no error of a kind of its own. */
const saidOf = /out of memory|no memory|bad_alloc|allocat\w* (?:memory|failed)|enlarge memory|allocation failed/i;

/**
 * Of an error that loading or running a model ended with: the error itself where it is not of memory.
 *
 * By its kind first: memory that an engine does not give is a RangeError (ECMAScript, CreateByteDataBlock; WebAssembly
 * JavaScript Interface, Memory), whatever it says and in which language. A stack that ran over is one as well.
 */
export function memoryError(error: unknown): unknown {
  if (error instanceof OutOfMemoryError || !(error instanceof Error)) return error;
  const isOfKind = error instanceof RangeError && !/call stack/i.test(error.message);
  if (!isOfKind && !saidOf.test(error.message)) return error;
  return new OutOfMemoryError(error.message, { cause: error });
}
