/** One page or worker that is cut from the network for the proof, and that tries to reach it all the same. */
import { cutNetwork, CUT_HEADER, type Cuttable } from './cut.ts';

/** What came of trying to reach the network, each time. */
export type Attempt = 'refused' | 'reached';

export interface Severed {
  readonly attempt: Attempt;
  restore(): void;
}

/**
 * A request that the service worker refuses proves that it stands before this scope: then what it keeps on this
 * machine can still be had through it. Where it does not stand there, nothing can be had.
 * @param probe an address of our own that only the network answers
 */
export async function sever(scope: Cuttable, probe: string, onRefused: (url: string) => void): Promise<Severed> {
  const guarded = await isGuarded(scope, probe);
  const { origin } = new URL(probe);
  const restore = cutNetwork(scope, {
    passes: (url, method) => guarded && method === 'GET' && new URL(url, probe).origin === origin,
    onRefused,
  });
  return { attempt: guarded ? 'refused' : await attempt(scope, probe), restore };
}

async function isGuarded(scope: Cuttable, probe: string): Promise<boolean> {
  const response = await scope.fetch(probe, { cache: 'no-store' }).catch(() => null);
  return response?.headers.has(CUT_HEADER) ?? false;
}

async function attempt(scope: Cuttable, probe: string): Promise<Attempt> {
  try {
    await scope.fetch(probe, { cache: 'no-store' });
    return 'reached';
  } catch {
    return 'refused';
  }
}
