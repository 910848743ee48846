/**
 * Keeps the page's own files and answers from them, so that the page opens with its server gone.
 *
 * - A build is stored whole and verified before it is used; an update is stored in the background and taken
 *   into use at the next load, never under an open page.
 * - Every response carries the policy and the isolation headers, worker scripts included.
 * - Models are not kept here, and nothing is ever asked of another origin.
 */
import { headersOf } from '../policy.ts';
import { isLeftToTheNetwork } from './files.ts';
import type { Kept, ToServiceWorker } from './messages.ts';
import { openShell } from './shell.ts';

declare const self: ServiceWorkerGlobalScope;

const base = self.registration.scope;
const shell = openShell(base, __BUILD__);

self.addEventListener('install', (event) => {
  const kept = shell.keep((done, total) => tellPages({ type: 'keeping', done, total }));
  event.waitUntil(kept.catch((error: unknown) => tellPages(notKept(error)).then(() => Promise.reject(error))));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(shell.deleteOthers().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  const message = event.data as ToServiceWorker;
  if (message.type === 'claim') event.waitUntil(self.clients.claim());
  if (message.type === 'use-now') event.waitUntil(useNow());
  const [port] = event.ports;
  if (message.type === 'keep' && port) event.waitUntil(keep((kept) => port.postMessage(kept)));
});

self.addEventListener('fetch', (event) => {
  const { method, url, mode } = event.request;
  if (method !== 'GET' || !url.startsWith(base)) return;
  const { pathname } = new URL(url);
  const path = decodeURIComponent(pathname.slice(new URL(base).pathname.length)) || 'index.html';
  if (isLeftToTheNetwork(path)) return;
  event.respondWith(respond(event.request, path, mode === 'navigate'));
});

async function respond(request: Request, path: string, navigates: boolean): Promise<Response> {
  const kept = await shell.find(path);
  if (kept) return kept;
  try {
    return withHeaders(await fetch(request), path);
  } catch {
    if (!navigates) return Response.error();
    return withHeaders(new Response('There is no such page here.', { status: 404 }), path);
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

async function tellPages(kept: Kept): Promise<void> {
  for (const page of await openPages()) page.postMessage(kept);
}

async function useNow(): Promise<void> {
  if ((await openPages()).length <= 1) await self.skipWaiting();
}

async function openPages(): Promise<readonly WindowClient[]> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages.filter((page) => page.url.startsWith(base));
}
