/** Cuts the files of a model into parts that any static host accepts, and checks them again from disk. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { FileEntry, Manifest, ModelEntry, PartEntry } from '../../src/models/manifest.ts';
import { parseManifest } from '../../src/models/manifest.ts';

export const PART_BYTES = 16 * 1024 * 1024;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Paths of all files under `directory`, with forward slashes, sorted. */
export function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(directory, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort();
}

/** Writes one file of model `id` as parts below `models` and returns its entry. */
export function writeParts(models: string, id: string, path: string, bytes: Uint8Array): FileEntry {
  const whole = bytes.length <= PART_BYTES;
  const digits = String(Math.ceil(bytes.length / PART_BYTES) - 1).length;
  const parts: PartEntry[] = [];
  for (let start = 0; start < bytes.length; start += PART_BYTES) {
    const part = bytes.subarray(start, start + PART_BYTES);
    const suffix = whole ? '' : `.part${String(parts.length).padStart(digits, '0')}`;
    const partPath = `${id}/${path}${suffix}`;
    mkdirSync(dirname(join(models, partPath)), { recursive: true });
    writeFileSync(join(models, partPath), part);
    parts.push({ path: partPath, bytes: part.length, sha256: sha256(part) });
  }
  return { path, bytes: bytes.length, sha256: sha256(bytes), parts };
}

/** The manifest in `models`, or an empty start of one. @throws ManifestError if it is damaged. */
export function readManifest(models: string): Manifest {
  const path = join(models, 'manifest.json');
  return existsSync(path) ? parseManifest(JSON.parse(readFileSync(path, 'utf8'))) : { version: 1, models: [] };
}

/** Puts `entry` into the manifest in the place of an earlier one with its id, and removes that one's other parts. */
export function recordModel(models: string, entry: ModelEntry): void {
  const manifest = readManifest(models);
  const place = manifest.models.findIndex(({ id }) => id === entry.id);
  const next = place < 0 ? [...manifest.models, entry] : manifest.models.with(place, entry);
  const checked = parseManifest({ version: 1, models: next });
  writeFileSync(join(models, 'manifest.json'), JSON.stringify(checked, null, 2) + '\n');
  const kept = new Set(entry.files.flatMap(({ parts }) => parts.map(({ path }) => path)));
  for (const path of filesBelow(join(models, entry.id))) {
    if (!kept.has(`${entry.id}/${path}`)) rmSync(join(models, entry.id, path));
  }
}

/** Splits the model in `directory`. @throws Error if a file has not the hash that `expected` gives for it. */
export function splitModel(
  models: string,
  directory: string,
  about: Omit<ModelEntry, 'files'>,
  expected: ReadonlyMap<string, string>,
): ModelEntry {
  const paths = filesBelow(directory);
  for (const [path, hash] of expected) {
    const found = paths.includes(path) ? sha256(readFileSync(join(directory, path))) : 'no such file';
    if (found !== hash) throw new Error(`${path} is not the file that was expected: ${found} instead of ${hash}.`);
  }
  const files = paths.map((path) => writeParts(models, about.id, path, readFileSync(join(directory, path))));
  const entry: ModelEntry = { ...about, files };
  recordModel(models, entry);
  return entry;
}

/** Checks every part and every joined file of the manifest; one sentence for each fault, none if all is well. */
export function faults(models: string): string[] {
  if (!existsSync(join(models, 'manifest.json'))) return ['manifest.json is missing.'];
  const found: string[] = [];
  const known = new Set<string>();
  for (const model of readManifest(models).models) {
    for (const file of model.files) {
      const joined = createHash('sha256');
      let sound = true;
      for (const part of file.parts) {
        known.add(join(models, part.path));
        const fault = partFault(join(models, part.path), part, (bytes) => joined.update(bytes));
        if (fault !== '') {
          found.push(`${part.path} ${fault}.`);
          sound = false;
        }
      }
      if (sound && joined.digest('hex') !== file.sha256) {
        found.push(`${model.id}/${file.path} is damaged: its parts are right, joined they have another hash.`);
      }
    }
    for (const path of existsSync(join(models, model.id)) ? filesBelow(join(models, model.id)) : []) {
      const full = join(models, model.id, path);
      if (!known.has(full)) found.push(`${relative(models, full).split(sep).join('/')} is not in the manifest.`);
    }
  }
  return found;
}

function partFault(path: string, part: PartEntry, take: (bytes: Uint8Array) => void): string {
  if (!existsSync(path)) return 'is missing';
  const bytes = readFileSync(path);
  if (bytes.length !== part.bytes) return `is damaged: ${bytes.length} bytes instead of ${part.bytes}`;
  if (sha256(bytes) !== part.sha256) return 'is damaged: its SHA-256 is not the one in the manifest';
  take(bytes);
  return '';
}
