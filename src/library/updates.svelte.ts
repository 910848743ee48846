/** A newer version of the page: stored in the background by its service worker, offered, and used when it is wanted. */
import type { FromServiceWorker } from '../service-worker/messages.ts';
import { askServiceWorker } from './network/ask-service-worker.ts';
import type { UpdateApi, UpdateState } from './privacy-state.ts';
import { sentenceOf } from './sentence.ts';
import { lostByReload, underWay, type OnTheDesk } from './update-loss.ts';

export interface UpdatesOptions {
  desk(): OnTheDesk;
  /** Resolves when everything that can be kept is. */
  kept(): Promise<void>;
}

export class Updates implements UpdateApi {
  state = $state.raw<UpdateState>({ state: 'none' });
  private registration: ServiceWorkerRegistration | null = null;
  private wanted = false;

  constructor(private readonly options: UpdatesOptions) {}

  get underWay(): readonly string[] {
    return underWay(this.options.desk());
  }

  get lost(): readonly string[] {
    return lostByReload(this.options.desk());
  }

  /** From now on a version that is stored beside the one in use is told. */
  watch(serviceWorker: ServiceWorkerContainer, registration: ServiceWorkerRegistration): void {
    this.registration = registration;
    let before = serviceWorker.controller;
    serviceWorker.addEventListener('controllerchange', () => {
      // The first one takes control of a page that had none: that is no update.
      if (this.wanted) location.reload();
      else if (before) this.state = { state: 'replaced' };
      before = serviceWorker.controller;
    });
    if (registration.waiting && before) this.state = { state: 'ready' };
    if (registration.installing && before) this.follow(serviceWorker, registration.installing);
    registration.addEventListener('updatefound', () => {
      if (registration.installing && serviceWorker.controller) this.follow(serviceWorker, registration.installing);
    });
  }

  async use(): Promise<void> {
    const waiting = this.registration?.waiting;
    if (!waiting) return location.reload();
    await this.options.kept();
    this.wanted = true;
    this.state = { state: 'using' };
    try {
      const answer = await askServiceWorker(waiting, 'use-now');
      if (answer.type === 'using') return;
      this.state = { state: 'in-use', others: answer.others };
    } catch (error) {
      this.state = { state: 'failed', reason: sentenceOf(error) };
    }
    this.wanted = false;
  }

  later(): void {
    this.state = { state: 'none' };
  }

  /** An update on its way into the store. */
  private follow(serviceWorker: ServiceWorkerContainer, installing: ServiceWorker): void {
    let reason = '';
    let stored = false;
    const listen = ({ data, source }: MessageEvent<FromServiceWorker>): void => {
      if (source === installing && data.type === 'not-kept') reason = data.reason;
    };
    serviceWorker.addEventListener('message', listen);
    installing.addEventListener('statechange', () => {
      if (installing.state === 'installed') {
        stored = true;
        this.state = { state: 'ready' };
      }
      // One that had been stored has given way to a newer one, which is told by itself.
      if (installing.state === 'redundant' && !stored) {
        // What it says of itself may come after the browser has dropped it.
        setTimeout(() => (this.state = { state: 'failed', reason }), 500);
      }
      if (['activated', 'redundant'].includes(installing.state))
        setTimeout(() => serviceWorker.removeEventListener('message', listen), 1000);
    });
  }
}
