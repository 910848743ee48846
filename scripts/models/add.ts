/** Fetches a model of the registry onto disk, so that the built site ships it. */
import type { ModelEntry } from '../../src/models/manifest.ts';
import { download } from '../../src/models/download.ts';
import type { Registry } from '../../src/models/registry.ts';
import { entryOf, hubAddress } from '../../src/models/registry.ts';
import { recordModel, writeParts } from './split.ts';

/**
 * Writes model `id` as parts below `models` and into its manifest. `say` hears one line for each file.
 * @throws Error if the registry has no such model; ModelError if a file is not what the registry says.
 */
export async function addModel(
  models: string,
  { hub, models: known }: Registry,
  id: string,
  say: (line: string) => void,
): Promise<ModelEntry> {
  const model = known.find((candidate) => candidate.id === id);
  if (!model) throw new Error(`There is no model ${id}; there are ${known.map((each) => each.id).join(', ')}.`);
  say(`${model.licence}. ${model.restriction}`.trimEnd());
  const files: ModelEntry['files'][number][] = [];
  for (const file of model.files) {
    const { blob, sha256 } = await download(hubAddress(hub, model, file.path), file, { fetch });
    files.push(writeParts(models, id, file.path, new Uint8Array(await blob.arrayBuffer())));
    say(`${file.path}: ${blob.size} bytes, ${file.sha256 ? 'hash as listed' : `hash not listed, taken as ${sha256}`}`);
  }
  const entry = entryOf(hub, model, files);
  recordModel(models, entry);
  return entry;
}
