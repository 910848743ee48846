import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lostSentence, rememberedNames, rememberKept } from './remembered.ts';

const held = new Map<string, string>();

beforeEach(() => {
  held.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  });
});
afterEach(() => void vi.unstubAllGlobals());

it('remembers what was kept under the name of the page’s own entries, and forgets it when nothing is', () => {
  rememberKept(['Harbour', 'Lease']);
  expect(rememberedNames()).toEqual(['Harbour', 'Lease']);
  // Deleting everything deletes by this.
  expect([...held.keys()].every((key) => key.startsWith('carrel.'))).toBe(true);
  rememberKept([]);
  expect([rememberedNames(), held.size]).toEqual([[], 0]);
});

it('is silent where storage is refused or damaged', () => {
  held.set('carrel.kept', '{"no": ');
  expect(rememberedNames()).toEqual([]);
  held.set('carrel.kept', '{"no": 1}');
  expect(rememberedNames()).toEqual([]);
  const refuse = () => {
    throw new DOMException('Access is denied.', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
  rememberKept(['Harbour']);
  expect(rememberedNames()).toEqual([]);
});

it('says what the browser has cleared, and that the files are where they were', () => {
  expect(lostSentence(['Harbour'])).toMatch(/^“Harbour” was kept in this browser and is gone: .*add them again\.$/);
  expect(lostSentence(['Harbour', 'Lease', 'Notes'])).toMatch(
    /^“Harbour” and 2 more collections were kept .* are gone/,
  );
});
