/** `npm run check`: types of the TypeScript and the Svelte files, and the linter. Each prints its findings and seconds. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';

export interface Checked {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** @param project a folder with its own tsconfig.json; every .svelte file below it is checked */
export async function checkSvelte(project = ROOT): Promise<Checked> {
  const args = ['--workspace', project, '--tsconfig', join(project, 'tsconfig.json'), '--fail-on-warnings'];
  const checked = await run('Svelte', 'svelte-check/bin/svelte-check', [...args, '--output', 'machine']);
  // It has been known to pass over everything without a word: a pass counts only with the files it looked at.
  const files = Number(/COMPLETED (\d+) FILES/.exec(checked.output)?.[1] ?? 0);
  if (files > 0) return checked;
  return { ...checked, passed: false, output: `${checked.output}\nsvelte-check looked at no file at all.` };
}

/** Runs all three, two at a time. */
export async function check(): Promise<Checked[]> {
  const types = run('Types', 'typescript/bin/tsc', ['--noEmit', '--pretty', 'false']);
  const svelte = checkSvelte();
  const lint = types.then(() => run('Lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']));
  return Promise.all([types, svelte, lint]);
}

export function report(checks: readonly Checked[]): void {
  for (const { name, passed, output, seconds } of checks) {
    if (!passed) console.log(output.trim());
    console.log(`${name}: ${passed ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`);
  }
}

function run(name: string, script: string, args: readonly string[]): Promise<Checked> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], { cwd: ROOT });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ name, passed: code === 0, output, seconds: (performance.now() - started) / 1000 });
    });
  });
}

runAsMain(import.meta.url, async () => {
  const checks = await check();
  report(checks);
  if (checks.some(({ passed }) => !passed)) process.exitCode = 1;
});
