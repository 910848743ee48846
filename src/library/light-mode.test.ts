import { afterEach, expect, it, vi } from 'vitest';
import { LightMode } from './light-mode.svelte.ts';

const phone = { gigabytes: undefined, shortSide: 390 };
const desk = { gigabytes: undefined, shortSide: 1080 };

function storage(refused = false) {
  const kept = new Map<string, string>();
  const refuse = () => {
    throw new Error('refused');
  };
  vi.stubGlobal('localStorage', {
    getItem: refused ? refuse : (key: string) => kept.get(key) ?? null,
    setItem: refused ? refuse : (key: string, value: string) => kept.set(key, value),
  });
}

afterEach(() => vi.unstubAllGlobals());

it('is offered on such a device alone, and not where the machine gets no model anyway', () => {
  storage();
  expect(new LightMode(phone, true).state.state).toBe('offered');
  expect(new LightMode(phone, false).state.state).toBe('not-needed');
  expect(new LightMode(desk, true).state.state).toBe('not-needed');
  expect(new LightMode(desk, true).without).toBe('');
});

it.each(['light', 'full'] as const)('remembers that %s was chosen', (chosen) => {
  storage();
  const first = new LightMode(phone, true);
  expect(first.without).toContain('has not been fetched');
  first.choose(chosen);
  expect(new LightMode(phone, true).state).toEqual({ state: chosen });
  expect(new LightMode(phone, true).without !== '').toBe(chosen === 'light');
  expect(new LightMode(desk, true).state.state).toBe('not-needed');
});

it('where storage is refused the choice lasts as long as the page', () => {
  storage(true);
  const first = new LightMode(phone, true);
  first.choose('light');
  expect(first.state.state).toBe('light');
  expect(new LightMode(phone, true).state.state).toBe('offered');
});
