/**
 * Keeps the page's own files and answers from them, so that the page opens with its server gone.
 *
 * - A build is stored whole and verified before it is used; an update is stored in the background and taken
 *   into use when the person says so, or when the page is opened after all its tabs were closed.
 * - Every response carries the policy and the isolation headers, worker scripts included.
 * - Models are not kept here, and nothing is ever asked of another origin.
 */
import { CUT, CUT_HEADER } from '../network/cut.ts';
import { policyInForce } from '../network/in-force.ts';
import type { Passed } from '../network/seen.ts';
import { headersOf } from '../policy.ts';
import { Cut } from './cut.ts';
import { isLeftToTheNetwork } from './files.ts';
import { PassedLog } from './log.ts';
import type { Asked, FromServiceWorker, Kept, Replies, ToServiceWorker, Used } from './messages.ts';
import { openShell } from './shell.ts';

declare const self: ServiceWorkerGlobalScope;

const base = self.registration.scope;
const shell = openShell(base, __BUILD__, askNetwork);
const cut = new Cut();
const log = new PassedLog(async (passed) => {
  for (const page of await openPages()) page.postMessage({ type: 'asked', you: page.id, passed } satisfies Asked);
});

self.addEventListener('install', (event) => {
  answerNavigationsAlone(event);
  const kept = shell.keep((done, total) => tellPages({ type: 'keeping', done, total }));
  event.waitUntil(kept.catch((error: unknown) => tellPages(notKept(error)).then(() => Promise.reject(error))));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(shell.deleteOthers().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  const message = event.data as ToServiceWorker;
  const [port] = event.ports;
  if (message.type === 'claim') event.waitUntil(self.clients.claim());
  if (message.type === 'restore') cut.end();
  if (!port) return;
  if (message.type === 'keep') event.waitUntil(keep((kept) => port.postMessage(kept)));
  const asker = (event.source as Client | null)?.id ?? '';
  const reply = replies[message.type as keyof Replies];
  if (reply) event.waitUntil(reply(asker).then((answer) => port.postMessage(answer)));
});

const replies: { readonly [Type in keyof Replies]: (asker: string) => Promise<Replies[Type]> } = {
  'use-now': useNow,
  'tell-log': (you) => Promise.resolve({ type: 'asked', you, passed: log.passed }),
  // Where the host sends no headers it has none: then the request to elsewhere would leave.
  'tell-policy': () => policyInForce(self, false),
  cut: async (asker) => {
    const others = (await openPages()).map(({ id }) => id).filter((id) => id !== asker);
    return { since: cut.begin(others) };
  },
};

self.addEventListener('fetch', (event) => {
  const { method, url, mode } = event.request;
  const note = noteOf(event);
  const path = method === 'GET' ? pathOf(url) : null;
  const isCut = cut.holds(event.clientId);
  if (path !== null && !isLeftToTheNetwork(path)) {
    return event.respondWith(respond(event.request, { path, navigates: mode === 'navigate', isCut, note }));
  }
  if (isCut) event.respondWith(refusal());
  note(isCut ? 'refused-by-cut' : 'let-through');
});

/** Static routing, which TypeScript does not know yet. */
interface RoutingInstallEvent extends ExtendableEvent {
  addRoutes?(rule: { condition: { requestMode: 'navigate' }; source: 'fetch-event' }): Promise<void>;
}

/** Chromium else asks the server for the page as well, while a service worker that had ended starts (auto-preload). */
function answerNavigationsAlone(event: RoutingInstallEvent): void {
  const routed = event.addRoutes?.({ condition: { requestMode: 'navigate' }, source: 'fetch-event' });
  // A browser that refuses the rule works as one that does not know it.
  if (routed) event.waitUntil(routed.catch(() => undefined));
}

/** Relative to the page's folder; null outside of it. */
function pathOf(url: string): string | null {
  if (!url.startsWith(base)) return null;
  return decodeURIComponent(new URL(url).pathname.slice(new URL(base).pathname.length)) || 'index.html';
}

interface Asking {
  readonly path: string;
  readonly navigates: boolean;
  readonly isCut: boolean;
  note(answer: Passed['answer']): void;
}

async function respond(request: Request, { path, navigates, isCut, note }: Asking): Promise<Response> {
  const kept = await shell.find(path);
  if (kept) {
    note('kept');
    return kept;
  }
  if (isCut) {
    note('refused-by-cut');
    return refusal();
  }
  try {
    const response = await fetch(request);
    note('network');
    return withHeaders(response, path);
  } catch {
    note('failed');
    if (!navigates) return Response.error();
    return withHeaders(new Response('There is no such page here.', { status: 404 }), path);
  }
}

function refusal(): Response {
  return new Response(CUT, { status: 503, headers: { [CUT_HEADER]: 'yes', 'Content-Type': 'text/plain' } });
}

/** Writes a request of a page or worker down. */
function noteOf({ request: { method, url, mode }, clientId, resultingClientId }: FetchEvent): Asking['note'] {
  const at = Date.now();
  return (answer) => {
    const write = (kind: Passed['kind'], client: string): void => log.add({ url, method, at, kind, client, answer });
    if (mode === 'navigate') return write('window', resultingClientId);
    void self.clients.get(clientId).then((client) => {
      write(!client ? 'unknown' : client.type === 'window' ? 'window' : 'worker', clientId);
    });
  };
}

/** The service worker's own requests: files to keep. */
async function askNetwork(url: string): Promise<Response> {
  const note = (answer: Passed['answer']): void => {
    log.add({ url, method: 'GET', at: Date.now(), kind: 'self', client: '', answer });
  };
  if (cut.holds('')) {
    note('refused-by-cut');
    throw new TypeError(CUT);
  }
  try {
    const response = await fetch(url, { cache: 'no-cache' });
    note('network');
    return response;
  } catch (error) {
    note('failed');
    throw error;
  }
}

function withHeaders(response: Response, path: string): Response {
  // A redirect that the browser is to follow itself cannot be made anew.
  if (response.type === 'opaqueredirect' || response.type === 'error') return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(headersOf(path))) headers.set(name, value);
  const { status, statusText } = response;
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : response.body, { status, statusText, headers });
}

async function keep(tell: (kept: Kept) => void): Promise<void> {
  try {
    await shell.keep((done, total) => tell({ type: 'keeping', done, total }));
    tell({ type: 'kept' });
  } catch (error) {
    tell(notKept(error));
  }
}

function notKept(error: unknown): Kept {
  if (error instanceof Error && error.name === 'QuotaExceededError') {
    return { type: 'not-kept', reason: 'This browser has no room left to keep the page: free some space.' };
  }
  return { type: 'not-kept', reason: error instanceof Error ? error.message : String(error) };
}

async function tellPages(message: FromServiceWorker): Promise<void> {
  for (const page of await openPages()) page.postMessage(message);
}

/** A page must not find itself between two versions: its files would be those of the one, its worker of the other. */
async function useNow(asker: string): Promise<Used> {
  const others = (await openPages()).filter(({ id }) => id !== asker).length;
  if (others > 0) return { type: 'in-use', others };
  await self.skipWaiting();
  return { type: 'using' };
}

async function openPages(): Promise<readonly WindowClient[]> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages.filter((page) => page.url.startsWith(base));
}
