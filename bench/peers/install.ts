/** What the benches compare with is large and needed by nothing else: it is installed when a bench first asks. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = import.meta.dirname;

/** Installs the packages of `package.json` here, if they are not; -> the folder of one of them. @throws if npm fails */
export function peer(name: string): string {
  const folder = join(FOLDER, 'node_modules', name);
  if (!existsSync(folder)) {
    console.log('Installing what is compared with, about 490 MB on disk …');
    // Their install scripts fetch parts that a browser does not need.
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: 'inherit' });
  }
  return folder;
}

export function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(peer(name), 'package.json'), 'utf8')) as { version: string }).version;
}
