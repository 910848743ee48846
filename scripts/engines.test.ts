import { afterEach, expect, it, vi } from 'vitest';
import { ensureFirefox, ensureWebKit } from './engines.ts';

afterEach(() => vi.unstubAllEnvs());

it('says in a sentence that an engine was not tested where it is missing and cannot be installed', () => {
  // Neither the browsers nor apt-get are found.
  vi.stubEnv('PATH', '');
  vi.stubEnv('FIREFOX', '');
  expect(ensureFirefox).toThrow('Firefox was not tested: it is not on this machine');
  expect(ensureWebKit).toThrow('apt-get install webkit2gtk-driver xvfb');
});

it('takes the Firefox that is named', () => {
  vi.stubEnv('FIREFOX', process.execPath);
  expect(ensureFirefox()).toBe(process.execPath);
});
