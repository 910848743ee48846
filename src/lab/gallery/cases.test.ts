import { describe, expect, it } from 'vitest';
import type { GalleryCase } from './case.ts';
import { cases } from './cases.ts';

const everyCase = cases.map((one): [string, GalleryCase] => [one.id, one]);

describe('the cases of the gallery', () => {
  it('are the thirteen failures, the rare code and its reverse apart, each once', () => {
    expect(cases.map(({ id }) => id).sort()).toEqual([
      ...['border', 'code', 'disagreement', 'instruction', 'language', 'middle', 'near-duplicates', 'negation'],
      ...['no-answer', 'numbers', 'outdated', 'paraphrase', 'table', 'too-long'],
    ]);
  });

  it.each(everyCase)('%s: what should be found stands in its file once', (_, one) => {
    const text = (name: string): string => one.files.find((file) => file.name === name)?.text ?? '';
    const times = (name: string, words: string): number => text(name).split(words).length - 1;
    switch (one.compares) {
      case 'ranking':
        for (const { file, words } of one.right) expect(times(file, words)).toBe(1);
        break;
      case 'cut':
        for (const piece of one.together) expect(times(one.file, piece)).toBeGreaterThan(0);
        break;
      case 'answer':
        if (one.wants.by === 'refusal') return;
        for (const words of one.wants.said)
          expect(one.files.some((file) => file.text.toLowerCase().includes(words.toLowerCase()))).toBe(true);
    }
  });

  it.each(everyCase)('%s: its files have names of their own, and its arms name files that are there', (_, one) => {
    const names = new Set(one.files.map(({ name }) => name));
    expect(names.size).toBe(one.files.length);
    for (const { without = [], within = [] } of one.arms)
      for (const name of [...without, ...within]) expect(names).toContain(name);
    expect(one.arms[0].name).not.toBe(one.arms[1].name);
  });

  it.each(everyCase)('%s: its arms differ in one thing alone', (_, one) => {
    const [a, b] = one.arms.map(({ name: _name, ...rest }) => rest as Record<string, unknown>);
    const keys = [...new Set([...Object.keys(a!), ...Object.keys(b!)])];
    expect(keys.filter((key) => JSON.stringify(a![key]) !== JSON.stringify(b![key]))).toHaveLength(1);
  });

  it.each(everyCase)('%s: is told in whole sentences', (_, { why, remedy, limit, question }) => {
    for (const text of [why, remedy, limit]) expect(text).toMatch(/^[A-Z“].*[.)]$/s);
    expect(question).toMatch(/\?$/);
  });
});
