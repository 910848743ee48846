/** The server of `npm start`: content types, headers, real 404s, nothing outside of its folder. */
import { request as ask } from 'node:http';
import { headersOf } from '../../src/policy.ts';
import { DIST } from './support/build.ts';
import { expect, PREFIX, test } from './support/fixtures.ts';
import { serve, type Site } from '../../scripts/serve.ts';

let site: Site;

test.beforeAll(async () => {
  site = await serve({ root: DIST, prefix: PREFIX });
});

test.afterAll(() => site.close());

const TYPES: readonly (readonly [string, string])[] = [
  ['', 'text/html; charset=utf-8'],
  ['service-worker.js', 'text/javascript; charset=utf-8'],
  ['ort/ort-wasm-simd.wasm', 'application/wasm'],
  ['app.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['models/manifest.json', 'application/json; charset=utf-8'],
];

for (const [path, type] of TYPES) {
  test(`${path || 'the page'} is sent as ${type} with every header`, async () => {
    const response = await fetch(site.address + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    for (const [name, value] of Object.entries(headersOf(path))) expect(response.headers.get(name)).toBe(value);
  });
}

/** Sends the path as it is; fetch would tidy it first. */
function statusOf(path: string, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    ask({ host: 'localhost', port: site.port, path, method }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('what is not there is not found, folders and other prefixes included', async () => {
  for (const path of ['missing.js', 'assets', 'assets/', 'models/none.onnx', '%00', '%E0%A4%A']) {
    expect(await statusOf(PREFIX + path), path).toBe(404);
  }
  expect(await statusOf('/')).toBe(404);
  expect(await statusOf('/index.html')).toBe(404);
});

test('nothing outside of the folder is served', async () => {
  for (const path of ['../package.json', '..%2Fpackage.json', 'assets/../../package.json', '%2e%2e/package.json']) {
    expect(await statusOf(PREFIX + path), path).toBe(404);
  }
});

test('only GET and HEAD are answered', async () => {
  expect(await statusOf(PREFIX, 'HEAD')).toBe(200);
  for (const method of ['POST', 'PUT', 'DELETE']) expect(await statusOf(PREFIX, method)).toBe(405);
});

test('a port in use is passed over', async () => {
  const next = await serve({ root: DIST, port: site.port });
  expect(next.port).toBeGreaterThan(site.port);
  await next.close();
});

test('an unchanged file is not sent again', async () => {
  const first = await fetch(`${site.address}app.webmanifest`);
  const again = await fetch(first.url, { headers: { 'If-None-Match': first.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
});
