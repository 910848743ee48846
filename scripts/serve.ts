/** A static file server: for `npm start`, and for the tests, which also use it without headers and under a sub-path. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize, resolve, sep } from 'node:path';
import { contentTypeOf } from '../src/content-type.ts';
import { headersOf } from '../src/policy.ts';

export type SentHeaders = 'full' | 'none' | 'plain';

const PLAIN_TYPES: ReadonlySet<string> = new Set(['html', 'css', 'js', 'png', 'svg', 'txt']);

/** A request as it came in. */
export interface Logged {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** Bytes of the body. */
  readonly body: number;
}

export interface ServeOptions {
  /** The folder of the built page. */
  readonly root: string;
  /** The path it is served under, with a slash at both ends. */
  readonly prefix?: string;
  /**
   * `none`: like a host that sends content types and nothing else; `plain`: like a small file server, which knows the
   * types of web pages alone and calls all else bytes.
   */
  readonly headers?: SentHeaders;
  /** The first port to try; 0 for any. */
  readonly port?: number;
  /** Sees every request, those that are refused included. */
  readonly onRequest?: (request: Logged) => void;
}

export interface Site {
  /** Ends in a slash. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** @throws Error if no port from the given one to the hundredth after it is free. */
export async function serve({
  root,
  prefix = '/',
  headers = 'full',
  port = 0,
  onRequest,
}: ServeOptions): Promise<Site> {
  const server = createServer((request, response) => {
    let body = 0;
    request.on('data', (chunk: Buffer) => (body += chunk.length));
    // On `close` and not on `end`: a request counts even if it breaks off.
    request.on('close', () => onRequest?.({ method: request.method ?? '', url: request.url ?? '', body }));
    void answer(request, response, resolve(root), prefix, headers).catch(() =>
      end(response, 500, 'The server failed.'),
    );
  });
  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${taken}${prefix}`,
    port: taken,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  prefix: string,
  headers: SentHeaders,
): Promise<void> {
  const path = pathOf(request.url ?? '/', prefix);
  if (headers === 'full') {
    for (const [name, value] of Object.entries(headersOf(path ?? ''))) response.setHeader(name, value);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, 'Only GET is answered here.');
  const file = path === null ? null : await find(root, path);
  if (path === null || !file) return end(response, 404, 'There is no such file here.');

  if (headers === 'plain') {
    const type = PLAIN_TYPES.has(path.split('.').at(-1) ?? '') ? contentTypeOf(path) : 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': file.size });
    return send(request, response, file.path);
  }
  const tag = `"${file.size.toString(36)}-${file.changed.toString(36)}"`;
  response.setHeader('ETag', tag);
  // Names in assets/ hold a hash of the content; all else is asked for again.
  response.setHeader('Cache-Control', path.startsWith('assets/') ? 'max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match'] === tag) return void response.writeHead(304).end();
  response.writeHead(200, { 'Content-Type': contentTypeOf(path), 'Content-Length': file.size });
  send(request, response, file.path);
}

function send(request: IncomingMessage, response: ServerResponse, file: string): void {
  if (request.method === 'HEAD') return void response.end();
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** The path inside the folder; null if the address lies outside of the prefix or is malformed. */
function pathOf(url: string, prefix: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    if (!path.startsWith(prefix)) return null;
    return path.slice(prefix.length) || 'index.html';
  } catch {
    return null;
  }
}

async function find(root: string, path: string): Promise<{ path: string; size: number; changed: number } | null> {
  const file = normalize(join(root, path));
  if (!file.startsWith(root + sep) || path.includes('\0')) return null;
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? { path: file, size: found.size, changed: Math.round(found.mtimeMs) } : null;
}

function end(response: ServerResponse, status: number, sentence: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(sentence);
}

async function listen(server: Server, first: number): Promise<void> {
  const last = first === 0 ? 0 : first + 100;
  for (let port = first; port <= last; port++) {
    const taken = await new Promise<boolean>((done, fail) => {
      const onError = (error: NodeJS.ErrnoException): void => {
        if (error.code === 'EADDRINUSE') done(true);
        else fail(error);
      };
      server.once('error', onError);
      server.listen(port, 'localhost', () => {
        server.off('error', onError);
        done(false);
      });
    });
    if (!taken) return;
  }
  throw new Error(`No port from ${first} to ${last} is free. End another server and try again.`);
}
