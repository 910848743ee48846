import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { proveOffline, type ProofParts } from './proof.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function parts(given: Partial<ProofParts> = {}): ProofParts & { readonly steps: string[] } {
  const steps: string[] = [];
  const step = <T>(name: string, value: T): Promise<T> => {
    steps.push(name);
    return Promise.resolve(value);
  };
  return {
    steps,
    cutServiceWorker: () => step('cut service worker', 7),
    cutScopes: () =>
      step('cut scopes', [
        { by: 'page', attempt: 'refused' as const },
        { by: 'embedder', attempt: null },
        { by: 'search', attempt: 'refused' as const },
      ]),
    ask: (question) => step(`ask ${question}`, 'Forty metres [1].'),
    restore: () => step('restore', undefined),
    seen: () => ({ refused: [], fromHere: 2 }),
    onCut: () => void steps.push('told'),
    ...given,
  };
}

describe('proveOffline', () => {
  it('asks only when all is cut and has been tried, and gives the network back', async () => {
    const given = parts();
    const proof = await proveOffline('How tall?', given);
    const asked = ['cut service worker', 'cut scopes', 'told', 'ask How tall?', 'cut service worker', 'restore'];
    expect(given.steps).toEqual(asked);
    expect(proof).toMatchObject({ answer: 'Forty metres [1].', fromHere: 2, byServiceWorker: true });
    // A worker that has ended has tried nothing.
    expect(proof.attempts.map(({ by }) => by)).toEqual(['page', 'search']);
  });

  it('asks nothing when somebody still reached the network, and names who', async () => {
    const given = parts({ cutScopes: () => Promise.resolve([{ by: 'reader', attempt: 'reached' as const }]) });
    await expect(proveOffline('How tall?', given)).rejects.toThrow(/reader still reached the network/);
    expect(given.steps).toEqual(['cut service worker', 'restore']);
  });

  it('proves nothing when the browser ended the service worker meanwhile, at the end or in the middle', async () => {
    let since = 7;
    const atEnd = parts({
      cutServiceWorker: () => Promise.resolve(since),
      ask: () => {
        since = 8;
        return Promise.resolve('');
      },
    });
    await expect(proveOffline('How tall?', atEnd)).rejects.toThrow(/proves nothing/);
    expect(atEnd.steps).toContain('restore');

    since = 7;
    const inMiddle = parts({ cutServiceWorker: () => Promise.resolve(since), ask: () => new Promise(() => undefined) });
    const waiting = expect(proveOffline('How tall?', inMiddle)).rejects.toThrow(/proves nothing/);
    await vi.advanceTimersByTimeAsync(6000);
    since = 9;
    await vi.advanceTimersByTimeAsync(6000);
    await waiting;
    expect(inMiddle.steps).toContain('restore');
  });

  it('goes without a service worker, and says so', async () => {
    const proof = await proveOffline('How tall?', parts({ cutServiceWorker: null }));
    expect(proof.byServiceWorker).toBe(false);
  });

  it('gives the network back when the desk fails to answer', async () => {
    const given = parts({ ask: () => Promise.reject(new Error('No answer.')) });
    await expect(proveOffline('How tall?', given)).rejects.toThrow('No answer.');
    expect(given.steps.at(-1)).toBe('restore');
    // And nothing goes on asking the service worker.
    const before = given.steps.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(given.steps).toHaveLength(before);
  });
});
