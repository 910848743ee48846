import { expect, it, vi } from 'vitest';
import type { ModelForWorker } from '../workers/model.ts';
import { stillThere } from './still-there.ts';

/** As a file is whose storage the browser has cleared. */
class LostBlob extends Blob {
  override slice(): Blob {
    return this;
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.reject(new DOMException('The requested file could not be read.', 'NotReadableError'));
  }
}

const modelOf = (...files: readonly Blob[]): ModelForWorker => ({
  ...{ modelId: 'small', wasmPaths: '', form: { pooling: 'mean', queryPrefix: '', passagePrefix: '' } },
  files: new Map(files.map((file, i) => [`${i}`, file])),
});

it('gives a model whose files can be read as it is', async () => {
  const again = vi.fn();
  const model = modelOf(new Blob(['weights']), new Blob([]));
  expect(await stillThere(model, again)).toBe(model);
  expect(again).not.toHaveBeenCalled();
});

it('opens it anew when the browser has cleared one of them, and tells when it cannot be had any more', async () => {
  const fresh = modelOf(new Blob(['weights']));
  const again = vi.fn(() => Promise.resolve(fresh));
  expect(await stillThere(modelOf(new Blob(['tokenizer']), new LostBlob()), again)).toBe(fresh);
  expect(again).toHaveBeenCalledWith('small');
  const gone = () => Promise.reject(new Error('The list of models could not be loaded: the server cannot be reached.'));
  await expect(stillThere(modelOf(new LostBlob()), gone)).rejects.toThrow('cannot be reached');
});
