/**
 * The weights on disk.
 *   npm run models -- verify        check every part and every joined file; exit 1 names what is wrong
 *   npm run models -- list          what is on disk and what can be added
 *   npm run models -- add <id>      fetch a model of the registry from the hub into public/models
 *   npm run models -- split <dir> --task embedding|generation --licence SPDX --source TEXT
 *                     [--dimensions N] [--expect PATH=SHA256]...
 * `--models DIR` works on another folder, `--registry FILE` takes another registry.
 */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { modelBytes } from '../src/models/manifest.ts';
import { parseRegistry } from '../src/models/registry.ts';
import { addModel } from './models/add.ts';
import { faults, readManifest, splitModel } from './models/split.ts';
import { ROOT } from './root.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string', default: join(ROOT, 'public', 'models') },
    task: { type: 'string' },
    licence: { type: 'string' },
    source: { type: 'string' },
    dimensions: { type: 'string' },
    registry: { type: 'string', default: join(ROOT, 'public', 'models', 'registry.json') },
    expect: { type: 'string', multiple: true, default: [] },
  },
});
const [command, operand] = positionals;
const models = resolve(values.models);

function verify(): void {
  const found = faults(models);
  for (const fault of found) console.error(fault);
  if (found.length > 0) throw new Error(`${found.length} fault${found.length > 1 ? 's' : ''} in the models.`);
  for (const model of readManifest(models).models) {
    console.log(`${model.id}: ${model.files.length} files, ${modelBytes(model)} bytes, every part and hash is right.`);
  }
}

const registry = () => parseRegistry(JSON.parse(readFileSync(values.registry, 'utf8')));

function list(): void {
  const present = readManifest(models).models;
  for (const model of present) {
    console.log(`on disk  ${model.id}  ${model.task}  ${modelBytes(model)} bytes  ${model.licence}`);
  }
  for (const model of registry().models.filter(({ id }) => !present.some((each) => each.id === id))) {
    console.log(`to add   ${model.id}  ${model.task}  about ${model.bytes} bytes  ${model.licence}`);
  }
}

async function add(id: string): Promise<void> {
  const entry = await addModel(models, registry(), id, console.log);
  console.log(`${entry.id} is in the manifest; build the page again to ship it.`);
}

function split(directory: string): void {
  const { task, licence, source } = values;
  if ((task !== 'embedding' && task !== 'generation') || !licence || !source) {
    throw new Error('split needs --task embedding|generation, --licence and --source.');
  }
  const about = { id: basename(resolve(directory)), task, licence, source } as const;
  const dimensions = values.dimensions === undefined ? {} : { dimensions: Number(values.dimensions) };
  const expected = new Map(values.expect.map((pair) => pair.split('=') as [string, string]));
  const entry = splitModel(models, directory, { ...about, ...dimensions }, expected);
  console.log(`${entry.id}: ${entry.files.length} files, ${entry.files.flatMap(({ parts }) => parts).length} parts.`);
}

try {
  if (command === 'verify') verify();
  else if (command === 'list') list();
  else if (command === 'add' && operand !== undefined) await add(operand);
  else if (command === 'split' && operand !== undefined) split(operand);
  else throw new Error('Usage: npm run models -- verify | list | add <id> | split <dir> ...');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
