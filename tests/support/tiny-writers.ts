/** The tests' copying generators (scripts/tiny-models/writers.ts), through transformers.js, here in Node. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '@xenova/transformers';
import { filesBelow } from '../../scripts/models/split.ts';
import { configureTransformers, type TransformersEnv } from '../../src/models/transformers.ts';
import type { GeneratorFiles } from '../../src/pipeline/generate/generator.ts';
import { OtherGenerator } from '../../src/pipeline/generate/other.ts';

/** @param change files in the place of those on disk */
export function tinyFiles(modelId: 'tiny-t5' | 'tiny-chat', change: Record<string, string> = {}): GeneratorFiles {
  const folder = join(import.meta.dirname, '../fixtures/tiny-models', modelId);
  const content = (path: string): string | Uint8Array<ArrayBuffer> => change[path] ?? readFileSync(join(folder, path));
  return { modelId, files: new Map(filesBelow(folder).map((path) => [path, new Blob([content(path)])])) };
}

/** One at a time: transformers.js knows one set of files. */
export function openTinyWriter(model: GeneratorFiles): Promise<OtherGenerator> {
  configureTransformers(env as TransformersEnv, { ...model, wasmPaths: 'unused in Node' });
  return OtherGenerator.load(model);
}
