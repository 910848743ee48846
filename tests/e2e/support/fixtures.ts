/**
 * The tests' own `test`: a browser context of its own kind for each spec file, and servers that end with the test.
 * `import { expect, test } from './support/fixtures.ts'`
 */
import { test as base, type BrowserContext, type Page } from '@playwright/test';
import type { SentHeaders } from '../../../scripts/serve.ts';
import { buildWithHollowGenerator, type AlteredBuild } from './altered.ts';
import { startProxy, type Proxied } from './proxy.ts';
import { startSite, type SiteProcess } from './site-process.ts';

/** Where the tests serve the page: never at the root, so that an address from the root shows as a fault. */
export const PREFIX = '/some/where/';

/** A page on a site of its own, with every request written down twice: by the server and by a proxy before it. */
export interface Visit {
  readonly site: SiteProcess;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Everything that left the browser, whatever its origin. */
  readonly sent: readonly Proxied[];
  /** Errors that the page or its console told. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

export interface VisitOptions {
  /** Another folder than the build. */
  readonly root?: string;
  /** Runs in every page before the page's own scripts. */
  readonly before?: () => void;
}

interface Fixtures {
  /** Opens the built page; closed at the end of the test. */
  visit(headers?: SentHeaders, path?: string, options?: VisitOptions): Promise<Visit>;
}

interface WorkerFixtures {
  /** A build without the generator's weights, for what needs none. Not to be altered: all files share it. */
  hollow: AlteredBuild;
  /** Like `visit`, but closed when another file opens one, or at the end: for one loaded page in `beforeAll`. */
  openVisit(headers?: SentHeaders, path?: string, options?: VisitOptions): Promise<Visit>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  hollow: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its first parameter
    async ({}, use) => {
      const build = await buildWithHollowGenerator();
      await use(build);
      await build.dispose();
    },
    { scope: 'worker' },
  ],

  openVisit: [
    async ({ browser }, use) => {
      let open: readonly { readonly file: string; readonly visit: Visit }[] = [];
      const close = (some: typeof open) => Promise.all(some.map(({ visit }) => visit.close()));
      await use(async (headers = 'full', path = '', { root, before } = {}) => {
        // The worker goes on with the next file: what an earlier one has loaded would stay in memory beside it.
        const { file } = test.info();
        await close(open.filter((one) => one.file !== file));
        open = open.filter((one) => one.file === file);
        const where = { prefix: PREFIX, headers, ...(root ? { root } : {}) };
        const [site, proxy] = await Promise.all([startSite(where), startProxy()]);
        // <-loopback>: Chromium goes past its proxy for localhost unless told otherwise.
        const context = await browser.newContext({ proxy: { server: proxy.server, bypass: '<-loopback>' } });
        if (before) await context.addInitScript(before);
        const page = await context.newPage();
        const errors: string[] = [];
        page.on('pageerror', (error) => errors.push(error.message));
        page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
        const visit: Visit = {
          site,
          context,
          page,
          sent: proxy.requests,
          errors,
          async close() {
            await context.close();
            await Promise.all([site.end(), proxy.close()]);
          },
        };
        open = [...open, { file, visit }];
        await page.goto(site.address + path);
        return visit;
      });
      await close(open);
    },
    { scope: 'worker' },
  ],

  visit: async ({ openVisit }, use) => {
    const open: Visit[] = [];
    await use(async (headers, path, options) => {
      const visit = await openVisit(headers, path, options);
      open.push(visit);
      return visit;
    });
    await Promise.all(open.map((visit) => visit.close()));
  },
});

export { expect } from '@playwright/test';
