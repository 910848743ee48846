import { describe, expect, it } from 'vitest';
import { documentOf, passagesOf, waitingEntry } from '../../library/kept/fake-desk.ts';
import type { FoundPassages } from '../../library/seeker.ts';
import { foundGroups, foundText } from './found-groups.ts';

const entry = (path: string, text: string) => {
  const document = documentOf(path, text);
  return waitingEntry(path, text, { document, passages: passagesOf(document) });
};
const lease = entry('lease.txt', 'Rent.\nDogs.');
const rules = entry('rules.txt', 'Dogs.\nKeys.');
const rent = entry('Rent 2024.txt', 'Paid.');
const hit = (one: typeof lease, i: number) => ({ passage: one.passages[i]!, by: 'words' as const });
const found = (text: string, hits: FoundPassages['hits']): FoundPassages => ({
  ...{ text, hits, words: text, meaning: 'searched', problem: '', searched: { passages: 5, embedded: 5 } },
});

describe('what was found', () => {
  it('stands by document, best passage first, behind documents of that name', () => {
    const hits = [hit(rules, 0), hit(lease, 1), hit(rules, 1)];
    const groups = (text: string) =>
      foundGroups(found(text, hits), [lease, rules, rent]).map(({ entry: { path }, named, hits: own }) => [
        ...[path, named],
        ...own.map(({ passage }) => passage.text),
      ]);
    expect(groups('dogs')).toEqual([
      ['rules.txt', false, 'Dogs.', 'Keys.'],
      ['lease.txt', false, 'Dogs.'],
    ]);
    expect(groups(' RENT ')[0]).toEqual(['Rent 2024.txt', true]);
    expect(groups('lease')[0]).toEqual(['lease.txt', true, 'Dogs.']);
  });

  it('leaves out what has left the desk, or is not shown', () => {
    expect(foundGroups(found('x', [hit(lease, 0), hit(rules, 0)]), [rules]).map(({ entry }) => entry)).toEqual([rules]);
    expect(foundGroups(found('waits', []), [waitingEntry('waits.txt', '')])).toEqual([]);
  });

  it('says by what it was found', () => {
    const all = found('x', []);
    expect(foundText(all, 1, 1)).toBe('1 passage in 1 document, by words and by meaning');
    expect(foundText({ ...all, meaning: 'coming' }, 1200, 2)).toBe(
      '1,200 passages in 2 documents, by words so far; by meaning follows',
    );
    expect(foundText({ ...all, searched: { passages: 9, embedded: 4 } }, 3, 2)).toContain('among the 4 of 9 passages');
  });
});
