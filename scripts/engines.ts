/** The other engines of the tests: Debian's Firefox and WebKitGTK, installed if need be and we may. */
import { existsSync } from 'node:fs';
import { inPath, installPackages, mayInstall } from './programs.ts';

export interface WebKitPrograms {
  /** Speaks WebDriver, and starts the MiniBrowser that belongs to it. */
  readonly driver: string;
  /** A display without a screen: the MiniBrowser opens a window. */
  readonly display: string;
}

/** The executable of Firefox. @throws Error with a sentence if there is none and none can be installed */
export function ensureFirefox(): string {
  const named = process.env['FIREFOX'];
  if (named && existsSync(named)) return named;
  const find = () => inPath('firefox-esr') ?? inPath('firefox');
  return find() ?? installed('Firefox', ['firefox-esr'], find);
}

/** @throws Error with a sentence if they are not there and cannot be installed */
export function ensureWebKit(): WebKitPrograms {
  const find = () => {
    const [driver, display] = [inPath('WebKitWebDriver'), inPath('Xvfb')];
    return driver && display ? { driver, display } : undefined;
  };
  return find() ?? installed('WebKitGTK', ['webkit2gtk-driver', 'xvfb'], find);
}

function installed<T>(what: string, packages: readonly string[], find: () => T | undefined): T {
  if (mayInstall()) installPackages(packages);
  const found = find();
  if (found) return found;
  throw new Error(
    `${what} was not tested: it is not on this machine, and only root on Debian can have it installed here ` +
      `(apt-get install ${packages.join(' ')}).`,
  );
}
