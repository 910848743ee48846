/** The worker's own account of the network: what it asked for, its policy, and its cut for the proof. */
import type { Cuttable } from '../network/cut.ts';
import { policyInForce, type InForce } from '../network/in-force.ts';
import { measureRequests } from '../network/measure.ts';
import type { Measured } from '../network/seen.ts';
import { sever, type Attempt, type Severed } from '../network/severed.ts';

/** From the page. `id` comes back with the answer. */
export type ToAccountable =
  | { readonly type: 'tell-policy'; readonly id: number }
  /** `probe`: an address of our own that only the network answers. */
  | { readonly type: 'cut'; readonly id: number; readonly probe: string }
  | { readonly type: 'restore'; readonly id: number };

/** To the page. The first `measured` says that the worker listens, and may be empty. */
export type FromAccountable =
  | { readonly type: 'measured'; readonly measured: readonly Measured[] }
  | { readonly type: 'policy'; readonly account: number; readonly policy: InForce }
  | { readonly type: 'cut'; readonly account: number; readonly attempt: Attempt }
  | { readonly type: 'restored'; readonly account: number };

/** Begins to account to the page that has started this worker. */
export function accountForNetwork(): void {
  const scope = globalThis as unknown as DedicatedWorkerGlobalScope & Cuttable;
  const tell = (message: FromAccountable): void => scope.postMessage(message);
  const tellMeasured = (measured: readonly Measured[]): void => tell({ type: 'measured', measured });
  let severed: Promise<Severed> | null = null;

  tellMeasured([]);
  measureRequests(scope, scope.name, tellMeasured);
  scope.addEventListener('message', ({ data }: MessageEvent<ToAccountable>) => {
    switch (data.type) {
      case 'tell-policy':
        void policyInForce(scope, true).then((policy) => tell({ type: 'policy', account: data.id, policy }));
        break;
      case 'cut':
        severed ??= sever(scope, data.probe, (url) => {
          tellMeasured([{ url, at: Date.now(), by: scope.name, bytes: 0, outcome: 'refused-by-cut' }]);
        });
        void severed.then(({ attempt }) => tell({ type: 'cut', account: data.id, attempt }));
        break;
      case 'restore': {
        const cut = severed;
        severed = null;
        void Promise.resolve(cut).then((one) => {
          one?.restore();
          tell({ type: 'restored', account: data.id });
        });
      }
    }
  });
}
