/**
 * Makes the page work with its server gone: registers the service worker, waits until it is in control and has
 * stored every file of the page, and until the models are stored too.
 */
import type { FromServiceWorker, Kept, ToServiceWorker } from '../service-worker/messages.ts';
import { askToPersist } from './kept/browser.ts';
import { sentenceOf } from './sentence.ts';
import type { OfflineState } from './state.ts';

export interface Offline {
  /** Bytes of model files stored so far, added to what `preparing` reports. */
  modelProgress(done: number, total: number): void;
  /** More model files are needed from now on; `ready` waits for them, too. */
  alsoNeeds(models: OfflineOptions['models']): void;
}

export interface OfflineOptions {
  /**
   * Settles when the model files are verified: `stored` where they outlive the page, `memory` where they do not.
   * A rejection's message is a sentence for the person.
   */
  readonly models: Promise<'stored' | 'memory'>;
  onState(state: OfflineState): void;
  /** The service worker is registered; a newer version of the page may come through it. */
  onRegistered(serviceWorker: ServiceWorkerContainer, registration: ServiceWorkerRegistration): void;
}

const CONTROL_WITHIN = 10_000;

export function prepareOffline({ models, onState, onRegistered }: OfflineOptions): Offline {
  const shell = { done: 0, total: 0 };
  const model = { done: 0, total: 0 };
  const reasons: string[] = [];
  let ready = false;
  const report = (): void => {
    if (ready) onState({ state: 'ready' });
    else if (reasons.length > 0) onState({ state: 'unavailable', reason: reasons.join(' ') });
    else onState({ state: 'preparing', done: shell.done + model.done, total: shell.total + model.total });
  };

  report();
  const onProgress = (done: number, total: number): void => {
    shell.done = done;
    shell.total = total;
    report();
  };
  const files = keepFiles(onProgress, onRegistered);
  let waiting = 0;
  const wait = (part: Promise<void>): void => {
    waiting += 1;
    ready = false;
    const settled = (): void => {
      waiting -= 1;
      ready = waiting === 0 && reasons.length === 0;
      report();
    };
    // Each reason is told as soon as it is known.
    part.then(settled, (error: unknown) => {
      reasons.push(sentenceOf(error));
      settled();
    });
  };
  wait(models.then(mustBeStored));
  wait(files);

  return {
    modelProgress(done, total) {
      model.done = done;
      model.total = total;
      report();
    },
    alsoNeeds(more) {
      wait(more.then(mustBeStored));
      report();
    },
  };
}

function mustBeStored(kept: 'stored' | 'memory'): void {
  if (kept === 'stored') return;
  throw new Error(
    'This browser did not store the models: its storage is full or refused, as in a private window. ' +
      'They are loaded anew when the page is reloaded. All else works.',
  );
}

/** Resolves when the service worker is in control and every file of the page is stored. */
async function keepFiles(
  onProgress: (done: number, total: number) => void,
  onRegistered: OfflineOptions['onRegistered'],
): Promise<void> {
  if (import.meta.env.DEV) {
    throw new Error('The development server does not keep the page; build it and use npm start to work offline.');
  }
  if (!window.isSecureContext) {
    throw new Error('Working offline needs an address that begins with https:// (or localhost). All else works.');
  }
  if (!('serviceWorker' in navigator)) {
    throw new Error('This browser window cannot keep the page (a private window, perhaps). All else works.');
  }
  const { serviceWorker } = navigator;
  let told: (reason: string) => void;
  const failure = new Promise<string>((resolve) => (told = resolve));
  const listen = ({ data }: MessageEvent<FromServiceWorker>): void => {
    if (data.type === 'keeping') onProgress(data.done, data.total);
    if (data.type === 'not-kept') told(data.reason);
  };
  serviceWorker.addEventListener('message', listen);
  serviceWorker.startMessages();
  try {
    const registration = await register(serviceWorker);
    onRegistered(serviceWorker, registration);
    const active = await activeWorker(registration, failure);
    await control(serviceWorker, active);
    await keepAll(serviceWorker.controller ?? active, onProgress);
    // Not waited for: Firefox asks the person, who may let the question stand.
    void askToPersist();
  } finally {
    serviceWorker.removeEventListener('message', listen);
  }
}

async function register(serviceWorker: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
  const script = new URL('service-worker.js', document.baseURI);
  try {
    return await serviceWorker.register(script, { scope: './', updateViaCache: 'none' });
  } catch (error) {
    // With the server gone the one registered before still stands.
    const before = await serviceWorker.getRegistration();
    if (before?.active) return before;
    throw new Error(`The browser refused to keep the page for working offline (${sentenceOf(error)}). All else works.`);
  }
}

/**
 * The worker in use; on a first visit, once it has stored everything.
 * @param failure what the worker says when it gives up, which may come after the browser has dropped it
 */
async function activeWorker(registration: ServiceWorkerRegistration, failure: Promise<string>): Promise<ServiceWorker> {
  if (registration.active) return registration.active;
  const installing = registration.installing ?? registration.waiting;
  if (!installing) throw new Error('The browser did not start the service worker. Reload the page to try again.');
  const activated = await new Promise<boolean>((resolve) => {
    const check = (): void => {
      if (installing.state === 'activated') resolve(true);
      if (installing.state === 'redundant') resolve(false);
    };
    installing.addEventListener('statechange', check);
    check();
  });
  if (!activated) {
    const reason = (await Promise.race([failure, after(1000)])) || 'The page could not be stored for working offline.';
    throw new Error(`${reason} What was stored is kept; reload the page to go on.`);
  }
  return installing;
}

async function control(serviceWorker: ServiceWorkerContainer, active: ServiceWorker): Promise<void> {
  if (serviceWorker.controller) return;
  const controlled = new Promise<true>((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(true), { once: true });
  });
  send(active, { type: 'claim' });
  if (!serviceWorker.controller && !(await Promise.race([controlled, after(CONTROL_WITHIN)]))) {
    throw new Error('The service worker did not take control of this page. Reload it to try again.');
  }
}

function keepAll(worker: ServiceWorker, onProgress: (done: number, total: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Kept>) => {
      if (data.type === 'keeping') return onProgress(data.done, data.total);
      port1.close();
      if (data.type === 'kept') resolve();
      else reject(new Error(`${data.reason} What was stored is kept; reload the page to go on.`));
    };
    const message: ToServiceWorker = { type: 'keep' };
    worker.postMessage(message, [port2]);
  });
}

function send(worker: ServiceWorker, message: ToServiceWorker): void {
  worker.postMessage(message);
}

function after(milliseconds: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), milliseconds));
}
