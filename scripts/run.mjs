/**
 * The door of every npm script: plain Node without dependencies, so that it works on a fresh clone.
 * Checks Node, installs what is missing, then runs scripts/NAME.ts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = 'start', ...rest] = process.argv.slice(2);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(`Carrel needs Node 20.19 or newer; this is Node ${process.versions.node}. Install a newer one from nodejs.org.`);
}

if (!installed()) {
  console.log('Installing the packages of package-lock.json …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    stop(
      'The packages could not be installed: npm ci failed (see above). Check the network and run the command again.',
    );
  }
}

const script = join(root, 'scripts', `${task}.ts`);
if (!existsSync(script)) stop(`There is no task named ${task}.`);
const child = spawn(process.execPath, ['--import', 'tsx', script, ...rest], { cwd: root, stdio: 'inherit' });
// Ending this process ends the task: a server must not outlive its command.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));

/** True if every package of the lock file stands in node_modules in that version. */
function installed() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  // Packages for other systems are listed as optional and are never there.
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.link || present[path]?.version === entry.version,
  );
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
