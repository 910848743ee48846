/** Passages that are to be read, shared out between two who read. */

export interface TwoReaders {
  /** Reads a passage where it will be used. */
  own(passage: number): Promise<void>;
  /** Fulfilled when the other is there; what is left is then its to take from the end. It is not waited for. */
  readonly otherReady: Promise<unknown>;
  /** Reads a passage elsewhere and brings it. After it has failed once the other is asked for no more. */
  other(passage: number): Promise<void>;
}

/**
 * Each takes the next passage when it has read one, the other from the end: neither waits while any is left. A passage
 * that the other could not read goes back.
 * @throws what `own` throws; then no further passage is begun
 */
export async function shareOut(passages: readonly number[], { own, otherReady, other }: TwoReaders): Promise<void> {
  const waiting = [...passages];
  let inOtherHands: Promise<void> | null = null;
  const help = async (): Promise<void> => {
    await otherReady;
    for (let passage = waiting.pop(); passage !== undefined; passage = waiting.pop()) {
      const taken = passage;
      let failed = false;
      inOtherHands = other(taken).catch(() => {
        failed = true;
        waiting.unshift(taken);
      });
      await inOtherHands;
      inOtherHands = null;
      if (failed) return;
    }
  };
  // One that never comes costs nothing.
  help().catch(() => undefined);
  try {
    for (;;) {
      const passage = waiting.shift();
      if (passage !== undefined) await own(passage);
      else if (inOtherHands) await inOtherHands;
      else return;
    }
  } finally {
    waiting.length = 0;
  }
}
