/** `models/registry.json`: models that a person can fetch from a hub by consent, on models.html or by `npm run models`. */
import { count, fields, hash, list, ManifestError, plainName, plainPath, text, unique } from './fields.ts';
import type { ModelEntry, ModelTask } from './manifest.ts';
import { parseEmbedding, parseTask } from './manifest.ts';

export interface RegistryFile {
  readonly path: string;
  /** Null where no one of ours has seen the file: then what comes first is trusted and remembered. */
  readonly bytes: number | null;
  readonly sha256: string | null;
}

export interface RegistryModel extends Pick<ModelEntry, 'dimensions' | 'pooling' | 'queryPrefix' | 'passagePrefix'> {
  readonly id: string;
  readonly task: ModelTask;
  /** `owner/name` on the hub. */
  readonly repository: string;
  /** Commit, 40 hexadecimal digits; null where the right one is not known and the hub's newest is taken. */
  readonly revision: string | null;
  /** SPDX identifier. */
  readonly licence: string;
  /** What the licence forbids, as a sentence; '' if nothing that a user of the page would run into. */
  readonly restriction: string;
  /** What the model is good for, as a sentence or two. */
  readonly about: string;
  /** About how many bytes come. */
  readonly bytes: number;
  readonly files: readonly RegistryFile[];
}

export interface Registry {
  /** Ends in a slash. */
  readonly hub: URL;
  readonly models: readonly RegistryModel[];
}

/** @throws ManifestError if anything is missing or of the wrong type. */
export function parseRegistry(value: unknown): Registry {
  const root = fields(value, 'the registry');
  const address = text(root.hub, 'hub');
  if (!URL.canParse(address) || !/^https?:.*\/$/.test(address)) {
    throw new ManifestError('hub is not an http address with a slash at its end');
  }
  const models = list(root.models, 'models').map((model, i) => parseModel(model, `models[${i}]`));
  unique(
    models.map(({ id }) => id),
    'models',
  );
  return { hub: new URL(address), models };
}

function parseModel(value: unknown, at: string): RegistryModel {
  const model = fields(value, at);
  const { revision, restriction } = model;
  if (revision !== null && (typeof revision !== 'string' || !/^[0-9a-f]{40}$/.test(revision))) {
    throw new ManifestError(`${at}.revision is neither a commit nor null`);
  }
  if (typeof restriction !== 'string') throw new ManifestError(`${at}.restriction is not a text`);
  return {
    id: plainName(model.id, `${at}.id`),
    task: parseTask(model.task, `${at}.task`),
    repository: plainPath(model.repository, `${at}.repository`),
    revision,
    licence: text(model.licence, `${at}.licence`),
    restriction,
    about: text(model.about, `${at}.about`),
    bytes: count(model.bytes, `${at}.bytes`),
    ...parseEmbedding(model, at),
    files: list(model.files, `${at}.files`).map((file, i) => parseFile(file, `${at}.files[${i}]`)),
  };
}

function parseFile(value: unknown, at: string): RegistryFile {
  const file = fields(value, at);
  return {
    path: plainPath(file.path, `${at}.path`),
    bytes: file.bytes === null ? null : count(file.bytes, `${at}.bytes`),
    sha256: file.sha256 === null ? null : hash(file.sha256, `${at}.sha256`),
  };
}

/** Where a file of a model lies on the hub. */
export function hubAddress(hub: URL, model: RegistryModel, path: string): URL {
  return new URL(`${model.repository}/resolve/${model.revision ?? 'main'}/${path}`, hub);
}

/** The manifest entry of a fetched model. `bytes` and `sha256` are those of the files that came. */
export function entryOf(hub: URL, model: RegistryModel, files: ModelEntry['files']): ModelEntry {
  const { id, task, licence, repository, revision, dimensions, pooling, queryPrefix, passagePrefix } = model;
  return {
    id,
    task,
    licence,
    source: `${repository} on ${hub.host}`,
    ...(revision === null ? {} : { revision }),
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(pooling === undefined ? {} : { pooling }),
    ...(queryPrefix === undefined ? {} : { queryPrefix }),
    ...(passagePrefix === undefined ? {} : { passagePrefix }),
    files,
  };
}
