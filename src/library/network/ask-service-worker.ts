/** Questions to a service worker that it answers through a port. */
import type { Replies, ToServiceWorker } from '../../service-worker/messages.ts';

/** @throws Error with a sentence when it does not answer in time: the browser may have ended it, or it is another version */
export function askServiceWorker<Type extends keyof Replies>(
  worker: ServiceWorker,
  type: Type,
  milliseconds = 5000,
): Promise<Replies[Type]> {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const late = setTimeout(() => {
      port1.close();
      reject(new Error('The service worker does not answer. Reload the page and try again.'));
    }, milliseconds);
    port1.onmessage = ({ data }: MessageEvent<Replies[Type]>) => {
      clearTimeout(late);
      port1.close();
      resolve(data);
    };
    const message: ToServiceWorker = { type };
    worker.postMessage(message, [port2]);
  });
}
