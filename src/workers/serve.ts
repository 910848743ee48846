/** The worker's end of a bridge. */
import { accountForNetwork } from './network.ts';
import { errorToData, type FromWorker, type ToWorker } from './protocol.ts';

/** Answers one request; `stopped` is aborted when the page does not want the reply any more. */
export type Handler<Request, Reply, Progress> = (
  request: Request,
  progress: (value: Progress) => void,
  stopped: AbortSignal,
) => Promise<{ reply: Reply; transfer?: Transferable[] }>;

/** Serves requests to this worker for as long as it lives. */
export function serve<Request, Reply, Progress = never>(handle: Handler<Request, Reply, Progress>): void {
  const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
  const running = new Map<number, AbortController>();
  const send = (message: FromWorker<Reply, Progress>, transfer: Transferable[] = []) =>
    scope.postMessage(message, transfer);

  accountForNetwork();
  scope.addEventListener('message', (event: MessageEvent<ToWorker<Request>>) => {
    const message = event.data;
    if (message.type === 'stop') return running.get(message.id)?.abort();
    if (message.type !== 'request') return;
    const { id, request } = message;
    const controller = new AbortController();
    running.set(id, controller);
    handle(request, (progress) => send({ type: 'progress', id, progress }), controller.signal)
      .then(
        ({ reply, transfer }) => send({ type: 'reply', id, reply }, transfer),
        (error: unknown) => send({ type: 'error', id, error: errorToData(error) }),
      )
      .finally(() => running.delete(id));
  });
}
