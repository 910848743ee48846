/** Promises that are waited for only so long. */

export function after<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(() => resolve(value), milliseconds));
}

/** Rejects when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Whether the promise has been fulfilled already. */
export function isHere(promise: Promise<unknown>): Promise<boolean> {
  const yes = promise.then(
    () => true,
    () => false,
  );
  return Promise.race([yes, after(0, false)]);
}
