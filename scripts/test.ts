/**
 * `npm test`: checks, unit tests, build, end-to-end tests. Every suite runs even if one before it failed;
 * the last line counts over all of them.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './build.ts';
import { check, report } from './check.ts';
import { ensureChromium } from './chromium.ts';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const REPORTS = join(ROOT, 'test-results', 'reports');

async function checks(): Promise<Count> {
  const done = await check();
  report(done);
  const passed = done.filter((one) => one.passed).length;
  return { passed, failed: done.length - passed };
}

async function unit(long: boolean): Promise<Count> {
  const file = join(REPORTS, 'unit.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run('vitest/vitest.mjs', args, long ? { CARREL_LONG: '1' } : {});
  const counted = (await readReport(file)) as {
    numTotalTests: number;
    numPassedTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  } | null;
  if (!counted) return { passed: 0, failed: 1 };
  // A file that fails before its first test counts as one failure; a skipped test has not passed.
  const broken = counted.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  const failed = counted.numTotalTests - counted.numPassedTests + broken.length;
  return { passed: counted.numPassedTests, failed: code === 0 ? failed : Math.max(1, failed) };
}

async function builds(): Promise<Count> {
  await build();
  return { passed: 1, failed: 0 };
}

async function endToEnd(long: boolean): Promise<Count> {
  ensureChromium();
  const file = join(REPORTS, 'e2e.json');
  const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: file, ...(long ? { CARREL_LONG: '1' } : {}) };
  const code = await run('@playwright/test/cli.js', ['test', '--reporter=list,json'], environment);
  const counted = (await readReport(file)) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    errors: unknown[];
  } | null;
  if (!counted) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = counted.stats;
  const failed = unexpected + flaky + skipped + counted.errors.length;
  return { passed: expected, failed: code === 0 ? failed : Math.max(1, failed) };
}

function run(script: string, args: readonly string[], environment: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve(code ?? 1)));
}

async function readReport(file: string): Promise<unknown> {
  return readFile(file, 'utf8').then(JSON.parse, () => null);
}

/** @param long include the tests marked @long */
export async function test(long: boolean): Promise<void> {
  await rm(REPORTS, { recursive: true, force: true });
  await mkdir(REPORTS, { recursive: true });
  const suites: readonly (readonly [string, () => Promise<Count>])[] = [
    ['Checks', checks],
    ['Unit tests', () => unit(long)],
    ['Build', builds],
    ['End-to-end tests', () => endToEnd(long)],
  ];
  const lines: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const [name, suite] of suites) {
    const started = performance.now();
    const count = await suite().catch((error: unknown): Count => {
      console.error(error);
      return { passed: 0, failed: 1 };
    });
    passed += count.passed;
    failed += count.failed;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    lines.push(`${name}: ${count.passed} passed, ${count.failed} failed in ${seconds} s`);
    console.log(lines.at(-1));
  }
  console.log(`\n${lines.join('\n')}\n${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}

runAsMain(import.meta.url, () => test(false));
