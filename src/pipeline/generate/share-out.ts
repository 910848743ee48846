/** Passages that are to be read, shared out between two who read. */

export interface TwoReaders {
  /** Reads a passage where it will be used. */
  own(passage: number): Promise<void>;
  /** Fulfilled when the other is there; what is left is then its to take from the end. It is not waited for. */
  readonly otherReady: Promise<unknown>;
  /**
   * Reads a passage elsewhere. Fulfilled when it has been read; `brought` when it is where it will be used, which may be
   * only when the passage that is read there is done. After either has failed the other is asked for no more.
   */
  other(passage: number): Promise<{ readonly brought: Promise<void> }>;
}

/**
 * Each takes the next passage when it has read one, the other from the end: neither waits while any is left. A passage
 * that the other could not read goes back.
 * @throws what `own` throws; then no further passage is begun
 */
export async function shareOut(passages: readonly number[], { own, otherReady, other }: TwoReaders): Promise<void> {
  const waiting = [...passages];
  const onTheWay = new Set<Promise<void>>();
  let inOtherHands: Promise<void> | null = null;
  let failed = false;
  const help = async (): Promise<void> => {
    await otherReady;
    while (!failed) {
      const passage = waiting.pop();
      if (passage === undefined) return;
      const giveBack = () => {
        failed = true;
        waiting.unshift(passage);
      };
      inOtherHands = other(passage).then(({ brought }) => {
        const way = brought.catch(giveBack).finally(() => onTheWay.delete(way));
        onTheWay.add(way);
      }, giveBack);
      await inOtherHands;
      inOtherHands = null;
    }
  };
  // One that never comes costs nothing.
  help().catch(() => undefined);
  try {
    for (;;) {
      const passage = waiting.shift();
      if (passage !== undefined) await own(passage);
      else if (inOtherHands) await inOtherHands;
      else if (onTheWay.size > 0) await Promise.all(onTheWay);
      else return;
    }
  } finally {
    waiting.length = 0;
  }
}
