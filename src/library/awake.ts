/** Time in which the page could work: a tab that the browser has frozen, or a machine that slept, has used up none. */

/** Milliseconds between two looks at the clock. */
const step = 1000;

export interface Timer {
  /** Counts from now on, to so many milliseconds. */
  allow(milliseconds: number): void;
  stop(): void;
}

/**
 * Calls `over` when so much time has passed awake. A look that comes late counts as one that came in time: between the
 * two nothing ran, neither here nor in a worker.
 * @param now milliseconds of a clock that never goes back; the wall clock may be set meanwhile
 */
export function awakeTimer(over: () => void, now: () => number = () => performance.now()): Timer {
  let left = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const began = now();
    timer = setTimeout(
      () => {
        left -= Math.min(now() - began, step);
        if (left > 0) look();
        else over();
      },
      Math.min(left, step),
    );
  };
  const stop = () => clearTimeout(timer);
  return {
    allow(milliseconds) {
      stop();
      left = milliseconds;
      look();
    },
    stop,
  };
}
