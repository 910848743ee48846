/**
 * `models/manifest.json`: which models the page ships, their files, and the parts each file is cut into.
 * Part paths are relative to the folder of the manifest, file paths to the model's own folder.
 */
import { count, fields, hash, list, ManifestError, plainName, plainPath, text, unique } from './fields.ts';

export { ManifestError } from './fields.ts';

export type ModelTask = 'embedding' | 'generation';

export type Pooling = 'mean' | 'cls';

export interface PartEntry {
  readonly path: string;
  readonly bytes: number;
  /** 64 lower-case hexadecimal digits, as every `sha256` here. */
  readonly sha256: string;
}

/** A file of a model; its parts joined in order are the file. */
export interface FileEntry {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly parts: readonly PartEntry[];
}

export interface ModelEntry {
  readonly id: string;
  readonly task: ModelTask;
  /** SPDX identifier. */
  readonly licence: string;
  /** Where the weights come from, as a person reads it. */
  readonly source: string;
  /** Commit of the source repository, 40 hexadecimal digits. */
  readonly revision?: string;
  /** Length of an embedder's vectors. */
  readonly dimensions?: number;
  /** How an embedder's token vectors become one; `mean` if it is not given. */
  readonly pooling?: Pooling;
  /** What an embedder was trained to see before a question and before a passage; nothing if they are not given. */
  readonly queryPrefix?: string;
  readonly passagePrefix?: string;
  readonly files: readonly FileEntry[];
}

export interface Manifest {
  readonly version: 1;
  readonly models: readonly ModelEntry[];
}

/** Bytes of all files of a model. */
export const modelBytes = (entry: ModelEntry): number => entry.files.reduce((sum, file) => sum + file.bytes, 0);

/** @throws ManifestError if anything is missing, of the wrong type, or does not add up. */
export function parseManifest(value: unknown): Manifest {
  const root = fields(value, 'the manifest');
  if (root.version !== 1) throw new ManifestError(`version is ${JSON.stringify(root.version)}; this page reads 1`);
  const models = list(root.models, 'models').map((model, i) => parseModelEntry(model, `models[${i}]`));
  unique(
    models.map(({ id }) => id),
    'models',
  );
  return { version: 1, models };
}

/** One model of a manifest. `at` names its place in errors. @throws ManifestError as `parseManifest`. */
export function parseModelEntry(value: unknown, at: string): ModelEntry {
  const model = fields(value, at);
  const files = list(model.files, `${at}.files`).map((file, i) => parseFile(file, `${at}.files[${i}]`));
  unique(
    files.map(({ path }) => path),
    `${at}.files`,
  );
  return {
    id: plainName(model.id, `${at}.id`),
    task: parseTask(model.task, `${at}.task`),
    licence: text(model.licence, `${at}.licence`),
    source: text(model.source, `${at}.source`),
    ...(model.revision === undefined ? {} : { revision: text(model.revision, `${at}.revision`) }),
    ...parseEmbedding(model, at),
    files,
  };
}

/** @throws ManifestError if it is neither task. */
export function parseTask(value: unknown, at: string): ModelTask {
  if (value === 'embedding' || value === 'generation') return value;
  throw new ManifestError(`${at} is neither embedding nor generation`);
}

/** What only an embedder has. @throws ManifestError as `parseManifest`. */
export function parseEmbedding(
  model: Readonly<Record<string, unknown>>,
  at: string,
): Pick<ModelEntry, 'dimensions' | 'pooling' | 'queryPrefix' | 'passagePrefix'> {
  const { dimensions, pooling, queryPrefix, passagePrefix } = model;
  if (pooling !== undefined && pooling !== 'mean' && pooling !== 'cls') {
    throw new ManifestError(`${at}.pooling is neither mean nor cls`);
  }
  return {
    ...(dimensions === undefined ? {} : { dimensions: count(dimensions, `${at}.dimensions`) }),
    ...(pooling === undefined ? {} : { pooling }),
    ...(queryPrefix === undefined ? {} : { queryPrefix: text(queryPrefix, `${at}.queryPrefix`) }),
    ...(passagePrefix === undefined ? {} : { passagePrefix: text(passagePrefix, `${at}.passagePrefix`) }),
  };
}

function parseFile(value: unknown, at: string): FileEntry {
  const file = parsePart(value, at);
  const parts = list(fields(value, at).parts, `${at}.parts`).map((part, i) => parsePart(part, `${at}.parts[${i}]`));
  const sum = parts.reduce((bytes, part) => bytes + part.bytes, 0);
  if (sum !== file.bytes) throw new ManifestError(`the parts of ${at} have ${sum} bytes together, not ${file.bytes}`);
  return { ...file, parts };
}

function parsePart(value: unknown, at: string): PartEntry {
  const part = fields(value, at);
  return {
    path: plainPath(part.path, `${at}.path`),
    bytes: count(part.bytes, `${at}.bytes`),
    sha256: hash(part.sha256, `${at}.sha256`),
  };
}
