import { expect, it, vi } from 'vitest';
import { OutOfMemoryError } from '../pipeline/generate/memory.ts';
import type { Model } from '../pipeline/pipeline.ts';
import { WorkerEndedError } from '../workers/bridge.ts';
import type { ModelForWorker } from '../workers/model.ts';
import type { AskSettings } from './state.ts';
import { Writers, type WritersOptions } from './writers.ts';

const model = {} as Model;
const files = { modelId: 'flan' } as ModelForWorker;
const { signal } = new AbortController();

const asked = (generator: AskSettings['generator']): AskSettings => ({
  ...{ generator, promptPassages: 2, promptText: 'passages', reading: 'once', search: 'both', within: null },
});

function writers(more: Partial<WritersOptions> = {}) {
  const options = {
    engine: {
      model: vi.fn(() => Promise.resolve(model)),
      otherModel: vi.fn((_: string, open: () => Promise<ModelForWorker>) => open().then(() => model)),
    },
    models: { generator: Promise.resolve(files), secondsLeft: () => 0 },
    open: () => Promise.resolve(files),
    onLost: vi.fn(),
    without: () => '',
    ...more,
  };
  const onLoading = vi.fn();
  return { options, onLoading, by: new Writers(options) };
}

it('loads the page’s own model when it is asked for, with the way of reading', async () => {
  const { by, options, onLoading } = writers();
  const writer = await by.chosen(asked('adapter'), signal, onLoading);
  expect(writer.made).toBe('adapter');
  expect(options.engine.model).not.toHaveBeenCalled();
  if (writer.made !== 'extractive') await writer.load();
  expect(options.engine.model).toHaveBeenCalledWith({ adapterScale: 1, reading: 'once' }, signal);
  expect(onLoading).not.toHaveBeenCalled();
});

it('loads another one at once, and tells that it does', async () => {
  const { by, options, onLoading } = writers();
  const writer = await by.chosen(asked('model:flan'), signal, onLoading);
  expect(writer.made).toEqual({ model: 'flan' });
  expect(options.engine.otherModel).toHaveBeenCalledWith('flan', expect.any(Function), signal);
  expect(onLoading).toHaveBeenCalledOnce();
});

it('lets the page’s own write in the place of one that cannot be had, and says why', async () => {
  const { by, options, onLoading } = writers({ open: () => Promise.reject(new Error('It is gone.')) });
  expect((await by.chosen(asked('model:flan'), signal, onLoading)).made).toBe('adapter');
  expect(options.onLost).toHaveBeenCalledWith('flan', 'It is gone.');
});

it('is stopped without a word about a loss', async () => {
  const stop = new AbortController();
  const { by, options, onLoading } = writers({
    open: () => {
      stop.abort(new Error('Stopped.'));
      return Promise.reject(new Error('It is gone.'));
    },
  });
  await expect(by.chosen(asked('model:flan'), stop.signal, onLoading)).rejects.toThrow('Stopped.');
  expect(options.onLost).not.toHaveBeenCalled();
});

it('asks no model on a machine that is too small, but for one that was chosen beside the page’s own', async () => {
  const { by, onLoading } = writers({ without: () => 'It is too small.' });
  const nobody = { made: 'extractive', because: 'It is too small.' };
  expect(await by.chosen(asked('adapter'), signal, onLoading)).toEqual(nobody);
  expect(await by.own('base', asked('base'), signal)).toEqual(nobody);
  expect((await by.chosen(asked('model:flan'), signal, onLoading)).made).toEqual({ model: 'flan' });
});

it('asks it as soon as nothing speaks against it any more', async () => {
  let because = 'It was left out.';
  const { by, onLoading } = writers({ without: () => because });
  expect((await by.chosen(asked('adapter'), signal, onLoading)).made).toBe('extractive');
  because = '';
  expect((await by.chosen(asked('adapter'), signal, onLoading)).made).toBe('adapter');
});

it('asks none any more after memory has ended once, and takes no other failure for that', async () => {
  const { by, onLoading } = writers();
  expect(by.instead(new Error('The model failed.'))).toBeNull();
  expect((await by.chosen(asked('adapter'), signal, onLoading)).made).toBe('adapter');
  const instead = by.instead(new OutOfMemoryError('std::bad_alloc'));
  expect(instead).toMatchObject({ made: 'extractive', because: expect.stringContaining('no memory left') });
  expect(await by.chosen(asked('adapter'), signal, onLoading)).toEqual(instead);
});

it('lets the documents’ own sentences answer a question over which the model has died twice, and only that one', async () => {
  const { by, onLoading } = writers();
  const instead = by.instead(new WorkerEndedError('died', 'The language model stopped working.'));
  expect(instead).toMatchObject({
    made: 'extractive',
    because: expect.stringMatching(
      /^The language model stopped working\. .*twice.*sentences of your documents/,
    ) as string,
  });
  expect((await by.chosen(asked('adapter'), signal, onLoading)).made).toBe('adapter');
  expect(by.instead(new WorkerEndedError('ended', 'The language model was ended.'))).toBeNull();
});
