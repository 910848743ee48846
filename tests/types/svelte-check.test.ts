/** Type errors in Svelte files are found: svelte-check passes over everything with some versions of TypeScript. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSvelte } from '../../scripts/check.ts';
import { ROOT } from '../../scripts/root.ts';

// Inside the project, so that it is checked with the project's own packages; outside of what is built and checked.
const folder = join(ROOT, '.cache', `planted-${process.pid}`);
const component = join(folder, 'Planted.svelte');

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  const config = { extends: '../../tsconfig.json', include: ['.'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const write = (script: string, markup: string): Promise<void> =>
  writeFile(component, `<script lang="ts">\n  ${script}\n</script>\n\n${markup}\n`);

describe('the svelte-check step of npm run check', () => {
  it('passes a right component', { timeout: 60_000 }, async () => {
    await write('let count: number = $state(1);', '<button onclick={() => count++}>{count.toFixed(0)}</button>');
    const checked = await checkSvelte(folder);
    expect(checked.passed, checked.output).toBe(true);
  });

  it('fails on a type error in the script', { timeout: 60_000 }, async () => {
    await write("let count: number = $state('one');", '<p>{count}</p>');
    const checked = await checkSvelte(folder);
    expect(checked.passed).toBe(false);
    expect(checked.output).toContain("Type 'string' is not assignable to type 'number'");
  });

  it('fails on a type error in the markup', { timeout: 60_000 }, async () => {
    await write('let count: number = $state(1);', '<p>{count.toUpperCase()}</p>');
    const checked = await checkSvelte(folder);
    expect(checked.passed).toBe(false);
    expect(checked.output).toContain("Property 'toUpperCase' does not exist");
  });

  it('does not pass over a folder without a file', { timeout: 60_000 }, async () => {
    await rm(component);
    expect((await checkSvelte(folder)).passed).toBe(false);
  });
});
