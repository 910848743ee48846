import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { faults, PART_BYTES, readManifest, recordModel, writeParts } from './split.ts';

const about = { task: 'embedding', licence: 'MIT', source: 'a test' } as const;
const folders: string[] = [];
let models = '';

beforeEach(() => {
  models = mkdtempSync(join(tmpdir(), 'carrel-models-'));
  folders.push(models);
});
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** Runs the command as a person would, on the temporary folder. */
function command(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'scripts/models.ts'), ...args, '--models', models],
    {
      cwd: ROOT,
    },
  );
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

describe('parts', () => {
  const big = new Uint8Array(PART_BYTES + 3).map((_, i) => i % 251);

  test('join to the file, none larger than 16 MiB', () => {
    recordModel(models, { id: 'big', ...about, files: [writeParts(models, 'big', 'onnx/m.onnx', big)] });
    const [file] = readManifest(models).models[0]?.files ?? [];
    expect(file?.parts.map(({ bytes }) => bytes)).toEqual([PART_BYTES, 3]);
    const joined = Buffer.concat(file?.parts.map(({ path }) => readFileSync(join(models, path))) ?? []);
    expect(joined.equals(big)).toBe(true);
    expect(faults(models)).toEqual([]);
  });

  test('each fault is named', async () => {
    const files = [
      writeParts(models, 'big', 'onnx/m.onnx', big),
      writeParts(models, 'big', 'config.json', Buffer.from('{}')),
    ];
    recordModel(models, { id: 'big', ...about, files });
    writeFileSync(join(models, 'big/onnx/m.onnx.part1'), 'xyz');
    rmSync(join(models, 'big/config.json'));
    writeFileSync(join(models, 'big/stray.bin'), '?');
    expect(faults(models)).toEqual([
      'big/onnx/m.onnx.part1 is damaged: its SHA-256 is not the one in the manifest.',
      'big/config.json is missing.',
      'big/stray.bin is not in the manifest.',
    ]);
    const { code, said } = await command('verify');
    expect(code).toBe(1);
    expect(said).toContain('big/config.json is missing.');
  });

  test('a new version of a model takes the old parts away', () => {
    recordModel(models, { id: 'm', ...about, files: [writeParts(models, 'm', 'old.onnx', Buffer.from('old'))] });
    recordModel(models, { id: 'm', ...about, files: [writeParts(models, 'm', 'new.onnx', Buffer.from('new'))] });
    expect(faults(models)).toEqual([]);
    expect(readManifest(models).models.map(({ files }) => files.map(({ path }) => path))).toEqual([['new.onnx']]);
  });
});

test('add fetches a model from a hub, and refuses one that is not what the registry says', async () => {
  const weights = 'weights';
  const server = createServer((request, response) => {
    const right = request.url === `/owner/tiny/resolve/${'b'.repeat(40)}/m.onnx`;
    response.writeHead(right ? 200 : 404).end(right ? weights : '');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const list = (sha256: string) => ({
    hub: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    models: [
      {
        ...about,
        id: 'tiny',
        repository: 'owner/tiny',
        revision: 'b'.repeat(40),
        restriction: '',
        about: 'A test.',
        bytes: 7,
        files: [{ path: 'm.onnx', bytes: 7, sha256 }],
      },
    ],
  });
  const registry = join(models, 'registry.json');
  try {
    writeFileSync(registry, JSON.stringify(list('0'.repeat(64))));
    const refused = await command('add', 'tiny', '--registry', registry);
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('m.onnx is damaged');
    expect(readManifest(models).models).toEqual([]);

    writeFileSync(registry, JSON.stringify(list(createHash('sha256').update(weights).digest('hex'))));
    expect(await command('add', 'tiny', '--registry', registry)).toMatchObject({ code: 0 });
    expect(readManifest(models).models).toMatchObject([{ id: 'tiny', source: expect.stringContaining('owner/tiny') }]);
    expect(await command('verify')).toMatchObject({ code: 0 });
    const { said } = await command('list', '--registry', registry);
    expect(said).toContain('on disk  tiny');
  } finally {
    server.close();
  }
});

test('the weights in the project are what the manifest says', () => {
  expect(faults(join(ROOT, 'public', 'models'))).toEqual([]);
});
