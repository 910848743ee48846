/** The built page under measurement, what it is given, and how the figures are shown. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { ROOT } from '../../scripts/root.ts';
import type { Library } from '../../src/library/library.svelte.ts';

declare const carrel: Library;

export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: 's' | '/s' | 'times' | 'kB';
  readonly note: string;
}

const source = readFileSync(join(ROOT, 'scripts/fixtures/collection/thesis.md'), 'utf8');
const words = source.split(/\s+/).filter((word) => /^[A-Za-z]+[,.]?$/.test(word));

/** Words of real prose from another place for each number, so that no two texts are the same. */
export function text(number: number, length: number): string {
  return Array.from({ length }, (_, i) => words[(number * 37 + i) % words.length]).join(' ');
}

export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[ascending.length >> 1] ?? NaN;
}

/** A page that believes in `cores` cores: that many embedding workers. */
export async function openPage(context: BrowserContext, address: string, cores: number): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript((n) => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: n });
  }, cores);
  await page.goto(address);
  await page.waitForFunction(() => ['ready', 'partly'].includes(carrel.models.state), null, { timeout: 300_000 });
  const reason = await page.evaluate(() => (carrel.models.state === 'partly' ? carrel.models.reason : ''));
  if (reason) throw new Error(`The models could not be loaded: ${reason}`);
  const believed = await page.evaluate(() => navigator.hardwareConcurrency);
  if (believed !== cores) throw new Error(`The page was to believe in ${cores} cores and believes in ${believed}.`);
  return page;
}

/** @param machine that of the site */
export function printRows(machine: string, rows: readonly Row[]): void {
  console.log(`The built page on ${machine}`);
  for (const { name, value, unit, note } of rows) {
    console.log(`${name.padEnd(44)}${value.toFixed(2).padStart(9)} ${unit.padEnd(6)} ${note}`);
  }
}
