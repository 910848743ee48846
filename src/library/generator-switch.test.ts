import { expect, it, vi } from 'vitest';
import type { ModelForWorker } from '../workers/model.ts';
import { GeneratorSwitch, type GeneratorSwitchOptions } from './generator-switch.ts';
import type { Switching } from './state.ts';

const modelOf = (modelId: string): ModelForWorker => ({
  ...{ modelId, wasmPaths: '', files: new Map() },
  form: { pooling: 'mean', queryPrefix: '', passagePrefix: '' },
});

function desk(more: Partial<GeneratorSwitchOptions> = {}) {
  const states: (Switching | null)[] = [];
  const load = vi.fn((_: ModelForWorker) => Promise.resolve());
  const options: GeneratorSwitchOptions = {
    open: (id, { onProgress }) => {
      onProgress?.(40, 98);
      return Promise.resolve(modelOf(id));
    },
    load,
    onState: (state) => states.push(state),
    ...more,
  };
  return { change: new GeneratorSwitch(options), states, load };
}

it('opens the files, loads the model and tells how far it is', async () => {
  const { change, states, load } = desk();
  expect(await change.begin('tiny-t5')).toBe(true);
  expect(load.mock.calls.map(([{ modelId }]) => modelId)).toEqual(['tiny-t5']);
  const at = (done: number, total: number) => ({ state: 'loading', to: 'tiny-t5', done, total });
  expect(states.filter(Boolean)).toEqual([at(0, 0), at(40, 98)]);
  expect(states.at(-1)).toBeNull();
});

it('ends with the reason where the files cannot be had, or the model cannot be loaded', async () => {
  const gone = desk({ open: () => Promise.reject(new Error('It is gone.')) });
  await expect(gone.change.begin('a')).rejects.toThrow('It is gone.');
  expect(gone.load).not.toHaveBeenCalled();
  expect(gone.states.at(-1)).toBeNull();
  const damaged = desk({ load: () => Promise.reject(new Error('It cannot be read.')) });
  await expect(damaged.change.begin('a')).rejects.toThrow('It cannot be read.');
  expect(damaged.states.at(-1)).toBeNull();
});

it('gives way to a later choice: the first is not loaded, and fails in silence', async () => {
  let openFirst: (model: ModelForWorker) => void = () => undefined;
  const { change, states, load } = desk({
    open: (id) => (id === 'first' ? new Promise((resolve) => (openFirst = resolve)) : Promise.resolve(modelOf(id))),
  });
  const first = change.begin('first');
  const second = change.begin('second');
  openFirst(modelOf('first'));
  expect(await Promise.all([first, second])).toEqual([false, true]);
  expect(load.mock.calls.map(([{ modelId }]) => modelId)).toEqual(['second']);
  expect(states.at(-1)).toBeNull();
});

it('is stopped', async () => {
  const { change, states, load } = desk({
    open: (_, { signal }) =>
      new Promise((_resolve, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error))),
  });
  const begun = change.begin('a');
  change.stop();
  expect(await begun).toBe(false);
  expect(load).not.toHaveBeenCalled();
  expect(states.at(-1)).toBeNull();
});
