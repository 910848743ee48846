/** The built page, served and open to a headless Chromium for as long as something is measured on it. */
import { availableParallelism, loadavg } from 'node:os';
import { chromium, type Browser } from '@playwright/test';
import { build, DIST } from './build.ts';
import { CHROMIUM_FLAGS, chromiumPath, ensureChromium } from './chromium.ts';
import { serve, type ServeOptions } from './serve.ts';

export interface Site {
  readonly browser: Browser;
  /** Ends in a slash. */
  readonly address: string;
  /** Cores, load before the work, Chromium's version: figures belong to them. */
  readonly machine: string;
}

/** Builds the page into `dist` if something has changed, and measures it. @throws what `work` throws, all closed */
export async function withBuiltPage<T>(work: (site: Site) => Promise<T>, dist = DIST): Promise<T> {
  await build(false, dist);
  return withSite({ root: dist }, work);
}

/** Measures what stands in a folder. @throws what `work` throws, all closed */
export async function withSite<T>(options: ServeOptions, work: (site: Site) => Promise<T>): Promise<T> {
  ensureChromium();
  const executablePath = chromiumPath();
  // With others at work on the machine the ratio of workers falls, whatever the page does: say so beside the figures.
  const load = loadavg()[0]!.toFixed(1);
  const served = await serve(options);
  try {
    const browser = await chromium.launch({ args: [...CHROMIUM_FLAGS], ...(executablePath ? { executablePath } : {}) });
    try {
      const machine = `${availableParallelism()} cores (load before: ${load}), Chromium ${browser.version()}`;
      return await work({ browser, address: served.address, machine });
    } finally {
      await browser.close();
    }
  } finally {
    await served.close();
  }
}
