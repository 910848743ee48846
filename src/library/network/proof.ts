/** The proof that an answer needs no network: everything is cut, and tried; then the desk is asked. */
import type { Attempt } from '../../network/severed.ts';
import type { Proof, ProofAttempt } from '../privacy-state.ts';

export interface ProofParts {
  /** Null where no service worker is in control. Called again and again: it says since when its cut has held. */
  readonly cutServiceWorker: (() => Promise<number>) | null;
  /** Cuts the page and each worker, and has each try to reach the network. One that has ended tries nothing. */
  cutScopes(): Promise<readonly { readonly by: string; readonly attempt: Attempt | null }[]>;
  /** Asks the desk. @returns the answer as the page shows it */
  ask(question: string): Promise<string>;
  /** Gives the network back, everywhere. */
  restore(): Promise<void>;
  /** What has been seen of requests since the cut. */
  seen(): { readonly refused: readonly string[]; readonly fromHere: number };
  onCut(attempts: readonly ProofAttempt[]): void;
}

/** The service worker forgets its cut when the browser ends it: it is told again so often. */
const AGAIN = 5000;

/** @throws Error with a sentence when the cut did not hold; the network is back in every case */
export async function proveOffline(question: string, parts: ProofParts): Promise<Proof> {
  const { cutServiceWorker } = parts;
  const began = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  try {
    const since = await cutServiceWorker?.();
    const broken = new Promise<never>((_, reject) => {
      if (!cutServiceWorker) return;
      timer = setInterval(() => {
        cutServiceWorker().then(
          (now) => now !== since && reject(new Error(lostCut)),
          () => reject(new Error(lostCut)),
        );
      }, AGAIN);
    });
    const work = async (): Promise<Proof> => {
      const attempts = (await parts.cutScopes()).flatMap(({ by, attempt }) =>
        attempt === null ? [] : [{ by, came: attempt }],
      );
      const reached = attempts.filter(({ came }) => came === 'reached').map(({ by }) => by);
      if (reached.length > 0)
        throw new Error(`The cut did not hold: ${reached.join(', ')} still reached the network. Nothing was asked.`);
      parts.onCut(attempts);
      const answer = await parts.ask(question);
      if (cutServiceWorker && (await cutServiceWorker()) !== since) throw new Error(lostCut);
      const { refused, fromHere } = parts.seen();
      const milliseconds = performance.now() - began;
      return {
        question,
        answer,
        milliseconds,
        attempts,
        refused,
        fromHere,
        byServiceWorker: cutServiceWorker !== null,
      };
    };
    return await Promise.race([work(), broken]);
  } finally {
    clearInterval(timer);
    await parts.restore();
  }
}

const lostCut =
  'The browser ended the service worker meanwhile, and with it the cut: this proves nothing. The answer stands in the conversation. Try again.';
