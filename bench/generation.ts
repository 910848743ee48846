/**
 * How fast the generator writes, in headless Chromium, against the loop over ONNX Runtime's JavaScript session that
 * Carrel had first: `npm run bench -- generation [rounds, 3] [--tokens 40] [--answers 50] [--json FILE]`. The two take
 * turns at each token of the same prompt; every score must be the same to the bit.
 */
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withSite } from '../scripts/built-page.ts';
import { ROOT } from '../scripts/root.ts';
import { bundlePage } from './browser/bundle.ts';
import { writeReport } from './browser/report.ts';
import type { Bench, Race } from './generation/page.ts';
import { median } from './pipeline/page.ts';

declare const bench: Bench;

const WEIGHTS = 'smollm2-135m-grounded/onnx';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    tokens: { type: 'string', default: '40' },
    answers: { type: 'string', default: '50' },
    json: { type: 'string', default: join(ROOT, 'test-results', 'bench-generation.json') },
  },
});
const rounds = Number(positionals[0] ?? 3);
const [tokens, answers] = [Number(values.tokens), Number(values.answers)];

const folder = await bundlePage('generation');
symlinkSync(join(ROOT, 'public', 'models', WEIGHTS), join(folder, 'weights'));
symlinkSync(join(ROOT, 'node_modules', 'onnxruntime-web', 'dist'), join(folder, 'ort'));
const parts = readdirSync(join(folder, 'weights')).map((name) => `weights/${name}`);
const fixtures = JSON.parse(readFileSync(join(ROOT, 'tests/fixtures/prompts.json'), 'utf8')) as { ids: number[] }[];
const prompts = fixtures.map(({ ids }) => ids);
/** As long as one with four passages: the prompts one after the other. What they say does not matter here. */
const longest = prompts.flat().slice(0, 550);
/** One long prompt among short ones of other lengths: the first five need as much memory as any. */
const asked = Array.from({ length: answers }, (_, i) =>
  i === 2 ? longest : prompts[0]!.slice(0, 40 + ((i * 37) % 120)),
);

/** Of each token's two times, one after the other, the ratio: the machine was as busy for both. */
function ratios({ plain, carrel }: Race): number[] {
  return plain.steps.map((took, i) => took / carrel.steps[i]!);
}

await withSite({ root: folder }, async ({ browser, address, machine }) => {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => typeof bench !== 'undefined');
  // The base model: it does not end after a few words, and runs through the same graph.
  const where = { parts, ort: new URL('ort/', address).href };
  await page.evaluate(({ parts, ort }) => bench.load(parts, ort, 0), where);
  const races: Race[] = [];
  const race = (prompt: readonly number[], n: number, round: number) =>
    page.evaluate((all) => bench.race(...all), [prompt, n, round] as const);
  // The engine compiles anew what turns out to run often.
  await race(longest, 2, 0);
  for (let round = 0; round < rounds; round++) {
    const raced = await race(longest, tokens, round);
    if (!raced.same) throw new Error('The two loops gave other scores.');
    races.push(raced);
  }
  const rate = (name: 'plain' | 'carrel') => 1000 / median(races.flatMap((race) => race[name].steps));
  const first = (name: 'plain' | 'carrel') => median(races.map((race) => race[name].first)) / 1000;
  const faster = median(races.flatMap(ratios));
  const firstRatio = median(races.map(({ plain, carrel }) => plain.first / carrel.first));
  const bytes = await page.evaluate((list) => bench.memory(list, 12), asked);
  const after = (count: number) => ((bytes[count - 1] ?? NaN) / 1e6).toFixed(0);

  console.log(`The generator on ${machine}; prompt of ${longest.length} tokens, ${rounds} rounds of ${tokens} tokens`);
  console.log('loop                    first token    tokens/s');
  for (const [label, name] of [
    ['over the JavaScript session', 'plain'],
    ['Carrel', 'carrel'],
  ] as const) {
    console.log(`${label.padEnd(28)}${first(name).toFixed(2).padStart(5)} s${rate(name).toFixed(1).padStart(12)}`);
  }
  console.log(`Carrel to the other: ${faster.toFixed(2)} times the tokens/s, ${firstRatio.toFixed(2)} times as early`);
  console.log(`WASM memory after 5 answers ${after(5)} MB, after ${answers} ${after(answers)} MB`);
  writeReport(values.json, 'generation', { machine, rounds, tokens, faster, firstRatio, races, bytes });
});
