/** What the page knows of its own network: collected from the start, and asked for when the person wants to see it. */
import { measureRequests } from '../../network/measure.ts';
import type { Measured, Passed } from '../../network/seen.ts';
import type { Asked, FromServiceWorker, ToServiceWorker } from '../../service-worker/messages.ts';
import type { PolicyFound, PrivacyApi, ProofState } from '../privacy-state.ts';
import { sentenceOf } from '../sentence.ts';
import type { CollectionInfo } from '../state.ts';
import { AccountableWorkers } from './accountable.ts';
import { askServiceWorker } from './ask-service-worker.ts';
import { mergeRequests } from './log.ts';
import type { Stored } from './stored.ts';

export interface PrivacyOptions {
  /** Asks a question of the desk. @returns its answer as the page shows it */
  ask(question: string): Promise<string>;
  /** The collections that are kept. */
  collections(): readonly CollectionInfo[];
}

export class Privacy implements PrivacyApi {
  policies = $state.raw<readonly PolicyFound[] | null>(null);
  stored = $state.raw<readonly Stored[] | null>(null);
  proof = $state.raw<ProofState>({ state: 'none' });
  readonly since = Math.floor(performance.timeOrigin);
  readonly origin = location.origin;
  private measured = $state.raw<readonly Measured[]>([]);
  private passed = $state.raw<readonly Passed[]>([]);
  /** The page's id among those of the service worker. */
  private you = $state.raw('');
  readonly requests = $derived(mergeRequests(this.measured, this.passed, { you: this.you, since: this.since }));
  private readonly workers: AccountableWorkers;

  constructor(private readonly options: PrivacyOptions) {
    const add = (more: readonly Measured[]): void => {
      this.measured = [...this.measured, ...more];
    };
    for (const entry of performance.getEntriesByType('navigation')) {
      const { name, transferSize } = entry as PerformanceNavigationTiming;
      add([{ url: name, at: this.since, by: 'page', bytes: transferSize, outcome: 'answered' }]);
    }
    measureRequests(window, 'page', add);
    this.workers = new AccountableWorkers(add);
    navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<FromServiceWorker>) => {
      if (data.type === 'asked') this.heard(data);
    });
  }

  async askPolicies(): Promise<void> {
    const { policyInForce } = await import('../../network/in-force.ts');
    const controller = this.controller();
    const nothing = () => null;
    this.policies = await Promise.all([
      policyInForce(window, true).then((found) => ({ by: 'page', found })),
      ...this.workers.all.map(async ([worker, by]) => ({ by, found: await this.workers.policy(worker) })),
      ...(controller
        ? [
            askServiceWorker(controller, 'tell-policy')
              .catch(nothing)
              .then((found) => ({ by: 'service worker', found })),
          ]
        : []),
    ]);
    await this.catchUp();
  }

  async countStored(): Promise<void> {
    const { listStored } = await import('./stored.ts');
    this.stored = await listStored(this.options.collections());
  }

  async prove(question: string): Promise<void> {
    if (this.proof.state === 'cutting' || this.proof.state === 'answering') return;
    this.proof = { state: 'cutting' };
    try {
      const [{ proveOffline }, { sever }] = await Promise.all([
        import('./proof.ts'),
        import('../../network/severed.ts'),
      ]);
      const controller = this.controller();
      // Only the network answers it: the browser keeps it by itself, and the service worker does not.
      const probe = new URL('service-worker.js', document.baseURI).href;
      const began = Date.now();
      const restores: (() => void)[] = [];
      const proof = await proveOffline(question, {
        cutServiceWorker: controller && (async () => (await askServiceWorker(controller, 'cut')).since),
        cutScopes: async () => {
          const { attempt, restore } = await sever(window, probe, (url) => this.refused(url));
          restores.push(restore);
          return [{ by: 'page', attempt }, ...(await this.workers.cut(probe))];
        },
        ask: async (asked) => {
          const answer = await this.options.ask(asked);
          await this.catchUp();
          return answer;
        },
        restore: async () => {
          restores.forEach((restore) => restore());
          controller?.postMessage({ type: 'restore' } satisfies ToServiceWorker);
          await this.workers.restore();
        },
        seen: () => {
          const during = this.requests.filter(({ at }) => at >= began);
          const refused = during.filter(({ how, url }) => how.startsWith('refused') && url !== probe);
          return {
            refused: refused.map(({ url }) => url),
            fromHere: during.filter(({ how }) => how === 'kept' || how === 'browser').length,
          };
        },
        onCut: (attempts) => (this.proof = { state: 'answering', attempts }),
      });
      this.proof = { state: 'done', proof };
    } catch (error) {
      this.proof = { state: 'failed', reason: sentenceOf(error) };
    }
  }

  /** The service worker's list as far as it remembers; what it tells by itself may have come before anyone listened. */
  async catchUp(): Promise<void> {
    const controller = this.controller();
    if (controller)
      await askServiceWorker(controller, 'tell-log').then(
        (told) => this.heard(told),
        () => undefined,
      );
  }

  private heard({ you, passed }: Asked): void {
    this.you = you;
    const known = new Set(this.passed.map(({ run, number }) => `${run} ${number}`));
    this.passed = [...this.passed, ...passed.filter(({ run, number }) => !known.has(`${run} ${number}`))];
  }

  private refused(url: string): void {
    this.measured = [...this.measured, { url, at: Date.now(), by: 'page', bytes: 0, outcome: 'refused-by-cut' }];
  }

  private controller(): ServiceWorker | null {
    return navigator.serviceWorker?.controller ?? null;
  }
}
