import { describe, expect, it } from 'vitest';
import { keyNames, shortcutOf, shortcuts, type Pressed } from './shortcuts.ts';

const press = (key: string, over: Partial<Pressed> = {}): Pressed => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, defaultPrevented: false },
  ...over,
});
const reading = { takesLetters: false, single: true, mac: false };
const typing = { ...reading, takesLetters: true };

describe('shortcutOf', () => {
  it('hears a key alone where nothing takes letters, with Shift or Caps Lock too', () => {
    expect(shortcutOf(press('q'), reading)).toBe('question');
    expect(shortcutOf(press('Q'), reading)).toBe('question');
    expect(shortcutOf(press('?'), reading)).toBe('sheet');
    expect(shortcutOf(press('x'), reading)).toBeNull();
  });

  it('leaves every key to a field, to an input method and to whoever has used it already', () => {
    for (const { key, command } of shortcuts) if (!command) expect(shortcutOf(press(key), typing)).toBeNull();
    expect(shortcutOf(press('q', { isComposing: true }), reading)).toBeNull();
    expect(shortcutOf(press('q', { defaultPrevented: true }), reading)).toBeNull();
  });

  it('leaves every combination but its one to the browser, and that one works in fields', () => {
    const keys = 'abcdefghijklmnopqrstuvwxyz0123456789?/'.split('');
    const heard = keys.filter((key) => shortcutOf(press(key, { ctrlKey: true }), typing) !== null);
    expect(heard).toEqual(['k']);
    for (const key of keys) {
      expect(shortcutOf(press(key, { metaKey: true }), reading)).toBeNull();
      expect(shortcutOf(press(key, { altKey: true }), reading)).toBeNull();
      expect(shortcutOf(press(key, { ctrlKey: true, altKey: true }), reading)).toBeNull();
    }
  });

  it('takes Command on a Mac, where Control and K delete to the end of the line', () => {
    const mac = { ...typing, mac: true };
    expect(shortcutOf(press('k', { metaKey: true }), mac)).toBe('palette');
    expect(shortcutOf(press('k', { ctrlKey: true }), mac)).toBeNull();
    expect(keyNames({ key: 'k', command: true }, true)).toEqual(['⌘', 'K']);
  });

  it('hears nothing alone once single keys are switched off', () => {
    const off = { ...reading, single: false };
    const heard = shortcuts.filter(({ key, command }) => shortcutOf(press(key, { ctrlKey: command }), off) !== null);
    expect(heard.map(({ id }) => id)).toEqual(['palette']);
  });

  it('gives no key to two shortcuts', () => {
    const taken = shortcuts.map(({ key, command }) => `${command} ${key}`);
    expect(new Set(taken).size).toBe(taken.length);
  });
});
