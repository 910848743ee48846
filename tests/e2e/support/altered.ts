/** The build with model files missing or damaged: links to the real files, but for those that a test alters. */
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesBelow } from '../../../scripts/models/split.ts';
import type { Manifest, ModelEntry } from '../../../src/models/manifest.ts';
import { DIST, shippedModels, siteFiles } from './build.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const MANIFEST = 'models/manifest.json';
export const EMBEDDER = 'models/all-MiniLM-L6-v2';
export const GENERATOR = 'models/smollm2-135m-grounded';

export interface AlteredBuild {
  /** For `startSite`. */
  readonly root: string;
  /** Takes a file away. @param path relative to the build */
  remove(path: string): Promise<void>;
  /** Changes one byte in the middle of a file; its length stays. */
  damage(path: string): Promise<void>;
  /** Puts the right file back. */
  mend(path: string): Promise<void>;
  dispose(): Promise<void>;
}

export async function alteredBuild(): Promise<AlteredBuild> {
  const root = await mkdtemp(join(tmpdir(), 'carrel-altered-'));
  // Each file for itself: what is removed behind a link to a folder would be gone from the build.
  for (const entry of await readdir(DIST, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(root, from.slice(DIST.length));
    await mkdir(dirname(to), { recursive: true });
    await symlink(from, to);
  }
  const remove = (path: string) => unlink(join(root, path));
  return {
    root,
    remove,
    async damage(path) {
      const bytes = await readFile(join(root, path));
      const middle = bytes.length >> 1;
      bytes[middle] = bytes[middle]! ^ 1;
      await remove(path);
      await writeFile(join(root, path), bytes);
    },
    async mend(path) {
      await rm(join(root, path), { force: true });
      await cp(join(DIST, path), join(root, path));
    },
    dispose: () => rm(root, { recursive: true, force: true }),
  };
}

/**
 * A build whose generator is its configuration alone, listed as complete: for what needs none, 145 MB need not be
 * fetched. Ask with `generator: 'off'`.
 */
export async function buildWithHollowGenerator(options: { tinyEmbedder?: boolean } = {}): Promise<AlteredBuild> {
  const build = await alteredBuild();
  const models = shippedModels().map((model) =>
    model.task === 'generation' ? { ...model, files: model.files.slice(0, 1) } : model,
  );
  if (options.tinyEmbedder) models.push(await addTinyEmbedder(build.root));
  await listModels(build, models);
  return build;
}

/**
 * A build whose generator is the tiny model of tests/fixtures/tiny-generator, made by tools/model/tiny.py.
 * @param others generators of tests/fixtures/tiny-models, beside it as `npm run models -- add` would have put them there
 */
export async function buildWithTinyGenerator(others: readonly string[] = []): Promise<AlteredBuild> {
  const build = await alteredBuild();
  const { files } = await addModel(build.root, 'tiny-generator', join(FIXTURES, 'tiny-generator/model'), {
    task: 'generation',
    licence: 'CC0-1.0',
    source: 'made by the tests',
  });
  const own = shippedModels().map((model) => (model.task === 'generation' ? { ...model, files } : model));
  const added = others.map((id) =>
    addModel(build.root, id, join(FIXTURES, 'tiny-models', id), {
      task: 'generation',
      licence: 'CC0-1.0',
      source: 'made by the tests',
    }),
  );
  await listModels(build, [...own, ...(await Promise.all(added))]);
  return build;
}

/** Writes the manifest anew, and the list of the site's files, which holds its hash. */
async function listModels(build: AlteredBuild, models: readonly ModelEntry[]): Promise<void> {
  const write = async (path: string, text: string): Promise<void> => {
    await build.remove(path);
    await writeFile(join(build.root, path), text);
  };
  const text = JSON.stringify({ version: 1, models } satisfies Manifest);
  await write(MANIFEST, text);
  const listed = { bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') };
  const list = siteFiles();
  const files = list.files.map((file) => (file.path === MANIFEST ? { ...file, ...listed } : file));
  await write('files.json', JSON.stringify({ ...list, files }));
}

/** A second embedder, of 32 dimensions, as `npm run models -- add` would have put it there. */
function addTinyEmbedder(root: string): Promise<ModelEntry> {
  return addModel(root, 'tiny-bert', join(FIXTURES, 'tiny-models/tiny-bert'), {
    task: 'embedding',
    licence: 'CC0-1.0',
    source: 'made by the tests',
    dimensions: 32,
    pooling: 'cls',
  });
}

async function addModel(
  root: string,
  id: string,
  from: string,
  about: Omit<ModelEntry, 'id' | 'files'>,
): Promise<ModelEntry> {
  await cp(from, join(root, 'models', id), { recursive: true });
  const files = await Promise.all(
    filesBelow(from).map(async (path) => {
      const content = await readFile(join(from, path));
      const described = { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
      return { path, ...described, parts: [{ path: `${id}/${path}`, ...described }] };
    }),
  );
  return { id, ...about, files };
}
