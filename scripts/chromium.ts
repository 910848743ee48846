/** The Chromium of the tests: Playwright's own if it is there, else the system's, installed from Debian if need be. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { inPath, installPackages, isRoot, mayInstall } from './programs.ts';

/**
 * Features that talk to their maker. Chromium heeds only the last list it is given, so Playwright's own, which keeps
 * tests steady, is said again.
 */
const WITHOUT = [
  'AutofillServerCommunication',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'Translate',
  'MediaRouter',
  'LensOverlay',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'DestroyProfileOnBrowserClose',
];

/** Nothing that the browser does on its own account may show among the page's requests. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${WITHOUT.join(',')}`,
  ...(isRoot ? ['--no-sandbox'] : []),
];

/** The executable to start; undefined for Playwright's own. @throws Error if there is no Chromium. */
export function chromiumPath(): string | undefined {
  if (existsSync(chromium.executablePath())) return undefined;
  const found = systemChromium();
  if (found) return found;
  throw new Error('There is no Chromium. Run `npx playwright install chromium`, or install the package `chromium`.');
}

/** Installs Debian's `chromium` where there is none and we may. */
export function ensureChromium(): void {
  if (existsSync(chromium.executablePath()) || systemChromium()) return;
  if (mayInstall()) {
    installPackages(['chromium']);
  } else {
    execFileSync('npx', ['playwright', 'install', 'chromium'], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
  }
  chromiumPath();
}

function systemChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  if (named && existsSync(named)) return named;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']) {
    const path = inPath(name);
    if (path) return path;
  }
  return undefined;
}
