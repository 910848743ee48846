/** Compiled scan kernels, and the memory that they read. */

const PAGE = 65536;
const compiled = new Map<string, WebAssembly.Module | null>();

/** The module of a kernel in base64; null where the engine has no WASM SIMD. Compiled once. */
export function compileKernel(base64: string): WebAssembly.Module | null {
  let module = compiled.get(base64);
  if (module === undefined) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const runs = typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytes);
    module = runs ? new WebAssembly.Module(bytes) : null;
    compiled.set(base64, module);
  }
  return module;
}

/** A kernel's one function, over a memory of its own of at least `bytes`. @throws RangeError if it is refused. */
export function instantiateKernel<F>(
  module: WebAssembly.Module,
  name: string,
  bytes: number,
): { readonly run: F; readonly memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
  const instance = new WebAssembly.Instance(module, { carrel: { memory } });
  return { run: instance.exports[name] as F, memory };
}

/** @throws RangeError, with nothing changed, if there is not enough memory. */
export function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const pages = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (pages > 0) memory.grow(pages);
}

/**
 * Rows to make room for when `rows` are asked for. Engines grow a WASM memory in place, mostly without a copy,
 * so a little more than asked is enough.
 */
export function roomFor(rows: number): number {
  return Math.max(64, rows + (rows >> 7));
}
