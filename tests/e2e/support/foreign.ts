/** Another origin: a host that lets anyone in and counts who came. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Worker } from '@playwright/test';

export interface ForeignHost {
  readonly address: string;
  /** Paths of the requests that reached it. */
  readonly visits: readonly string[];
  /** What comes of fetching it from inside a page or worker: `reached` or `refused`. */
  ask(from: Page | Worker): Promise<string>;
  close(): Promise<void>;
}

export async function startForeignHost(): Promise<ForeignHost> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.writeHead(200, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Type': 'text/html',
    });
    response.end('reached');
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const address = `http://localhost:${(server.address() as AddressInfo).port}/`;
  const fetchIt = (url: string): Promise<string> =>
    fetch(url).then(
      (response) => response.text(),
      () => 'refused',
    );
  return {
    address,
    visits,
    ask: (from) => ('workers' in from ? from.evaluate(fetchIt, address) : from.evaluate(fetchIt, address)),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
