import { describe, expect, test } from 'vitest';
import { ManifestError, modelBytes, parseManifest } from './manifest.ts';

const sha256 = 'a'.repeat(64);
const good = () => ({
  version: 1,
  models: [
    {
      id: 'reader',
      task: 'embedding',
      licence: 'MIT',
      source: 'a test',
      dimensions: 384,
      files: [
        {
          path: 'onnx/model.onnx',
          bytes: 5,
          sha256,
          parts: [
            { path: 'reader/onnx/model.onnx.part0', bytes: 3, sha256 },
            { path: 'reader/onnx/model.onnx.part1', bytes: 2, sha256 },
          ],
        },
      ],
    },
  ],
});
type Good = ReturnType<typeof good>;

describe('parseManifest', () => {
  test('gives back a right one', () => {
    const manifest = parseManifest(good());
    expect(manifest).toEqual(good());
    expect(manifest.models.map(modelBytes)).toEqual([5]);
  });

  const at = (change: (model: Good['models'][0], file: Good['models'][0]['files'][0]) => void) => {
    const manifest = good();
    const model = manifest.models[0]!;
    change(model, model.files[0]!);
    return manifest;
  };

  test.each<[string, unknown, RegExp]>([
    ['nothing', null, /not an object/],
    ['another version', { ...good(), version: 2 }, /version is 2/],
    ['no models', { version: 1, models: [] }, /models is not a list/],
    ['the same model twice', { version: 1, models: [...good().models, ...good().models] }, /reader twice/],
    ['an id that is a path', at((model) => (model.id = '..')), /models\[0\]\.id/],
    ['another task', at((model) => (model.task = 'vision')), /task/],
    ['no licence', at((model) => (model.licence = '')), /licence/],
    ['a part that leaves the folder', at((_, file) => (file.parts[0]!.path = 'reader/../../x')), /parts\[0\]\.path/],
    ['a part on another host', at((_, file) => (file.parts[0]!.path = 'https://x.test/y')), /parts\[0\]\.path/],
    ['a part from the root', at((_, file) => (file.parts[0]!.path = '/x')), /parts\[0\]\.path/],
    ['a hash in capitals', at((_, file) => (file.sha256 = 'A'.repeat(64))), /files\[0\]\.sha256/],
    ['a size that is no number', at((_, file) => (file.bytes = NaN)), /files\[0\]\.bytes/],
    ['parts that do not add up', at((_, file) => (file.bytes = 6)), /5 bytes together, not 6/],
  ])('refuses %s and names the field', (_, manifest, message) => {
    expect(() => parseManifest(manifest)).toThrow(ManifestError);
    expect(() => parseManifest(manifest)).toThrow(message);
  });
});
