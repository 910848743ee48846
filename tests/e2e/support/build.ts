/** What the built page consists of, and checks over logged requests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logged } from '../../../scripts/serve.ts';
import type { Manifest, ModelEntry } from '../../../src/models/manifest.ts';
import type { SiteFiles } from '../../../src/service-worker/files.ts';

/** Another folder than the project's own build may be given, so that builds beside each other can be tested. */
export const DIST = process.env['CARREL_DIST'] ?? join(import.meta.dirname, '../../../dist');

export function siteFiles(): SiteFiles {
  return JSON.parse(readFileSync(join(DIST, 'files.json'), 'utf8')) as SiteFiles;
}

export function shippedModels(): readonly ModelEntry[] {
  return (JSON.parse(readFileSync(join(DIST, 'models/manifest.json'), 'utf8')) as Manifest).models;
}

/** Paths inside the build that a page may ask for: the list, the list's own file, and the parts of the models. */
export function allowedPaths(): ReadonlySet<string> {
  const parts = shippedModels()
    .flatMap(({ files }) => files)
    .flatMap((file) => file.parts.map((part) => `models/${part.path}`));
  return new Set(['', 'files.json', ...siteFiles().files.map((file) => file.path), ...parts]);
}

/** A sentence for each request that the page must not make. @param prefix the path that the page is served under */
export function wrongRequests(requests: readonly Logged[], prefix: string): readonly string[] {
  const allowed = allowedPaths();
  return requests.flatMap(({ method, url, body }) => {
    const faults: string[] = [];
    if (method !== 'GET') faults.push(`${method} ${url}: only GET`);
    if (body > 0) faults.push(`${method} ${url}: a body of ${body} bytes`);
    if (url.includes('?')) faults.push(`${url}: a query`);
    const path = url.startsWith(prefix) ? decodeURIComponent(url.slice(prefix.length).split('?')[0] ?? '') : null;
    if (path === null || !allowed.has(path)) faults.push(`${url}: not among the build's files`);
    return faults;
  });
}
