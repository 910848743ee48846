/** A forward proxy that writes down everything the browser asks for: page, workers and service worker alike. */
import { createServer, request as forward } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Logged } from '../../../scripts/serve.ts';

export interface Proxied extends Logged {
  /** `localhost:4173` */
  readonly host: string;
}

export interface Proxy {
  /** For Playwright's `proxy.server`. */
  readonly server: string;
  readonly requests: readonly Proxied[];
  close(): Promise<void>;
}

export async function startProxy(): Promise<Proxy> {
  const requests: Proxied[] = [];
  const server = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', 'http://unknown.invalid');
    const entry = { method: incoming.method ?? '', url: target.pathname + target.search, host: target.host, body: 0 };
    // Written down at once: a request counts even if it breaks off.
    requests.push(entry);
    incoming.on('data', (chunk: Buffer) => (entry.body += chunk.length));
    const { method = 'GET', headers } = incoming;
    const onward = forward(target, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    // What a browser sees when the server is gone: a connection that breaks.
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.on('connect', (incoming, socket) => {
    const host = incoming.url ?? '';
    requests.push({ method: 'CONNECT', url: '', host, body: 0 });
    const [name = 'localhost', port = '443'] = host.split(':');
    const onward = connect(Number(port), name, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
