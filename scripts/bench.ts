/** `npm run bench`: runs each file of bench/, or those named, with the numbers and options that follow: `npm run bench -- search`. */
import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';

runAsMain(import.meta.url, async () => {
  const given = process.argv.slice(2);
  const first = given.findIndex((argument) => /^(?:--|\d)/.test(argument));
  const [names, options] = first < 0 ? [given, []] : [given.slice(0, first), given.slice(first)];
  const all = (await readdir(join(ROOT, 'bench'))).filter((file) => file.endsWith('.ts')).sort();
  const chosen = names.length === 0 ? all : all.filter((file) => names.includes(file.replace(/\.ts$/, '')));
  if (chosen.length === 0) throw new Error(`No benchmark has this name. There are: ${all.join(', ')}.`);
  for (const file of chosen) {
    console.log(`\n${file}`);
    const run = spawnSync(process.execPath, ['--import', 'tsx', join(ROOT, 'bench', file), ...options], {
      cwd: ROOT,
      stdio: 'inherit',
    });
    if (run.status !== 0) process.exitCode = 1;
  }
});
