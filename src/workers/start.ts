/** Workers that have been started and not ended, with their names. */
export const running = new Map<Worker, string>();

const watchers = new Set<(worker: Worker, name: string) => void>();

/** Hears of every worker from now on, before anyone has said a word to it. */
export function watchWorkers(watcher: (worker: Worker, name: string) => void): void {
  watchers.add(watcher);
}

/**
 * Starts a module worker under the page's policy.
 *
 * A worker started from a URL is ruled by the headers of its own response, and a host may send none;
 * one started from a blob: module inherits the policy of the page, `<meta>` included.
 * @param url the worker's script, as `import url from './search.ts?worker&url'` gives it
 * @param name shown in the developer tools
 */
export function startWorker(url: string, name: string): Worker {
  const script = new URL(url, document.baseURI).href;
  const module = new Blob([`import ${JSON.stringify(script)};`], { type: 'text/javascript' });
  const address = URL.createObjectURL(module);
  const worker = new Worker(address, { type: 'module', name });
  running.set(worker, name);
  const end = worker.terminate.bind(worker);
  worker.terminate = () => {
    running.delete(worker);
    end();
  };
  for (const watch of watchers) watch(worker, name);
  // The browser reads the blob when the worker starts, after this call returns; the first word from it proves that it did.
  const revoke = (): void => URL.revokeObjectURL(address);
  worker.addEventListener('message', revoke, { once: true });
  worker.addEventListener('error', revoke, { once: true });
  return worker;
}
