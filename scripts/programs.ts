/** Programs of the system, found by name, and installed from Debian's packages where we may. */
import { execFileSync, spawnSync } from 'node:child_process';

/** True for root, whom Chromium's sandbox refuses, and who may install packages. */
export const isRoot = process.getuid?.() === 0;

/** Whether `installPackages` can be called. */
export const mayInstall = (): boolean => process.platform === 'linux' && isRoot && inPath('apt-get') !== undefined;

/** @throws Error if a package cannot be had; apt-get has then said why */
export function installPackages(names: readonly string[]): void {
  console.log(`Installing ${names.join(', ')} from the system’s packages …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[], env };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}

/** Where a program lies; undefined if there is none of that name. */
export function inPath(name: string): string | undefined {
  const found = spawnSync('which', [name], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}
