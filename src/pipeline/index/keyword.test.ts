import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bm25Index } from './keyword.ts';
import { words } from './words.ts';

const fields = (text: string, context = '') => ({ text, context });

/** Few words, so that they meet. */
const phrase = (minLength: number) =>
  fc
    .array(fc.constantFrom('lease', 'leases', 'rent', 'AB-12', 'the', 'pet', '1,250.00', '猫', 'what'), {
      minLength,
      maxLength: 8,
    })
    .map((list) => list.join(' '));
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constant('add' as const), key: fc.nat(20), text: phrase(0), context: phrase(0) }),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('remove' as const), key: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('search' as const), query: phrase(1) }) },
);

describe('Bm25Index', () => {
  it('scores by the formula of BM25+ over weighted fields', () => {
    const index = new Bm25Index({ k1: 1.5, b: 0.5, delta: 0.8, contextWeight: 2.5 });
    index.add(1, fields('rent rent deposit', 'lease'));
    index.add(2, fields('garden', 'rent garden'));
    index.add(3, fields('cellar key'));
    const mean = (3 + 1 + 2 + 2.5 * (1 + 2)) / 3;
    const share = (df: number, tf: number, length: number): number =>
      Math.log(4 / df) * (0.8 + (2.5 * tf) / (tf + 1.5 * (0.5 + (0.5 * length) / mean)));
    const hits = index.search('rent deposit', 9);
    expect(hits.map(({ key }) => key)).toEqual([1, 2]);
    expect(hits[0]!.score).toBeCloseTo(share(2, 2, 5.5) + share(1, 1, 5.5), 12);
    expect(hits[1]!.score).toBeCloseTo(share(2, 2.5, 6), 12);
    expect(hits[0]!.terms.map(({ term }) => term)).toEqual(['rent', 'deposit']);
  });

  it('takes a score apart by term: frequency, idf, field and share, and the terms that the passage lacks', () => {
    const index = new Bm25Index({ k1: 1.5, b: 0.5, delta: 0.8, contextWeight: 2.5 });
    index.add(1, fields('rent rent deposit', 'lease'));
    index.add(2, fields('garden', 'rent garden'));
    index.add(3, fields('cellar key'));
    const { score, terms, ...lengths } = index.explain('What is the rent of the garden palace?', 2);
    expect(lengths).toEqual({ length: 6, meanLength: (6 + 2.5 * 3) / 3, passages: 3 });
    expect(score).toBe(index.search('What is the rent of the garden palace?', 1)[0]!.score);
    const byTerm = new Map(terms.map((term) => [term.term, term]));
    expect([...byTerm.keys()]).toEqual(['what', 'is', 'the', 'rent', 'of', 'garden', 'palac']);
    expect(byTerm.get('rent')).toMatchObject({
      frequency: 2,
      idf: Math.log(2),
      inText: 0,
      inContext: 1,
      content: true,
    });
    expect(byTerm.get('garden')).toMatchObject({ frequency: 1, idf: Math.log(4), inText: 1, inContext: 1 });
    expect(byTerm.get('palac')).toMatchObject({ frequency: 0, idf: Math.log(8), inText: 0, inContext: 0, share: 0 });
    expect(byTerm.get('the')).toMatchObject({ content: false, weight: 0.2 * Math.log(8), saturation: 0 });
    for (const { weight, saturation, share } of terms) expect(share).toBe(weight * saturation);
    expect(() => index.explain('rent', 9)).toThrow(RangeError);
  });

  it('gives what an index built anew gives, after any additions and removals; shares add up; ties go by key', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), phrase(1), (steps, query) => {
        const index = new Bm25Index({ contextWeight: 1.7 });
        const kept = new Map<number, { text: string; context: string }>();
        for (const s of steps) {
          if (s.op === 'search') index.search(s.query, 3);
          else if (s.op === 'remove') expect(index.remove(s.key)).toBe(kept.delete(s.key));
          else if (kept.has(s.key)) expect(() => index.add(s.key, fields('rent'))).toThrow(RangeError);
          else {
            index.add(s.key, s);
            kept.set(s.key, s);
          }
        }
        const anew = new Bm25Index({ contextWeight: 1.7 });
        for (const [key, passage] of [...kept].sort(([a], [b]) => b - a)) anew.add(key, passage);
        const hits = index.search(query, 30);
        expect(hits).toEqual(anew.search(query, 30));
        expect(index.size).toBe(kept.size);
        expect(index.weigh(query)).toEqual(anew.weigh(query));
        for (const hit of hits) {
          const { score, terms } = index.explain(query, hit.key);
          expect(score).toBe(hit.score);
          expect(terms.reduce((sum, { share }) => sum + share, 0)).toBe(score);
          expect(terms.filter(({ share }) => share !== 0).map(({ term, share }) => ({ term, share }))).toEqual(
            hit.terms,
          );
        }
        expect(index.search(query, 3)).toEqual(hits.slice(0, 3));
        expect(
          index.scores(
            query,
            hits.map(({ key }) => key),
          ),
        ).toEqual(hits);
        hits.forEach((hit, i) => {
          expect(hit.terms.reduce((sum, { share }) => sum + share, 0)).toBe(hit.score);
          const before = hits[i - 1];
          if (before)
            expect(before.score > hit.score || (before.score === hit.score && before.key < hit.key)).toBe(true);
        });
        const asked = new Set(words(query));
        const matching = [...kept].filter(([, p]) => words(`${p.context} ${p.text}`).some((term) => asked.has(term)));
        expect(hits.map(({ key }) => key).sort()).toEqual(matching.map(([key]) => key).sort());
      }),
      { numRuns: 200 },
    );
  });

  it('finds codes and numbers whole and in parts, whole ones first', () => {
    const index = new Bm25Index();
    index.add(1, fields('The deposit for AB-1234/7 is 1,250.00 euros.'));
    index.add(2, fields('Unit 7 of block AB, formerly 1234, is empty.'));
    index.add(3, fields('The deposit for AB-1235/7 is 250 euros.'));
    const found = (query: string): number[] => index.search(query, 9).map(({ key }) => key);
    expect(found('ab-1234/7')[0]).toBe(1);
    expect(found('AB1234/7')[0]).toBe(1);
    expect(found('1234').sort()).toEqual([1, 2]);
    expect(found('1250')).toEqual([1]);
    expect(found('1,250')).toContain(1);
    expect(found('250')).toEqual([3, 1]);
  });

  it('counts the words of title and headings, by their weight', () => {
    const index = new Bm25Index({ contextWeight: 2 });
    index.add(1, fields('Dogs must be kept on a lead.', 'House rules › Cellar'));
    index.add(2, fields('Dogs must be kept on a lead.', 'House rules › Animals'));
    expect(index.search('animals', 9).map(({ key }) => key)).toEqual([2]);
    expect(new Bm25Index({ contextWeight: 0 }).search('animals', 9)).toEqual([]);
  });

  it('holds the words that only ask below those of the matter', () => {
    const best = (askingWeight: number): number | undefined => {
      const index = new Bm25Index({ askingWeight });
      index.add(1, fields('What is it, and when?'));
      index.add(2, fields('Animals live here and there.'));
      index.add(3, fields('Animals and plants.'));
      return index.search('What is it about animals?', 1)[0]?.key;
    };
    expect(best(1)).toBe(1);
    expect(best(0)).toBe(3);
  });

  it('works in scripts without spaces and without English rules', () => {
    const index = new Bm25Index();
    index.add(1, fields('東京都に住んでいます。'));
    index.add(2, fields('大阪で働いています。'));
    index.add(3, fields('Der Mieter zahlt die Kaution.'));
    expect(index.search('東京', 9).map(({ key }) => key)).toEqual([1]);
    expect(index.search('kaution', 9).map(({ key }) => key)).toEqual([3]);
  });

  it.each([33, 10_000])('holds %i identical passages', (count) => {
    const index = new Bm25Index();
    for (let key = count - 1; key >= 0; key--) index.add(key, fields('The same footer'));
    expect(index.search('footer', 3).map(({ key }) => key)).toEqual([0, 1, 2]);
    for (let key = 0; key < count - 2; key++) index.remove(key);
    expect(index.search('footer', 3).map(({ key }) => key)).toEqual([count - 2, count - 1]);
  });

  it('weighs by the passages that are there, before and after the removed ones are swept out', () => {
    const index = new Bm25Index();
    const anew = new Bm25Index();
    for (let key = 0; key < 40; key++) index.add(key, fields(key % 2 ? 'rent and lease' : 'rent'));
    for (let key = 0; key < 40; key++) if (key >= 30) anew.add(key, fields(key % 2 ? 'rent and lease' : 'rent'));
    for (let key = 0; key < 30; key++) {
      expect(index.remove(key)).toBe(true);
      const [lease] = index.weigh('lease');
      const holders = Array.from({ length: 40 }, (_, i) => i).filter((i) => i > key && i % 2).length;
      expect(lease!.weight).toBe(Math.log((40 - key) / holders));
    }
    expect(index.search('rent lease', 50)).toEqual(anew.search('rent lease', 50));
  });

  it('finds nothing for nothing, and scores keys it does not hold 0', () => {
    const index = new Bm25Index();
    index.add(1, fields('The same footer'));
    expect(index.search('', 3)).toEqual([]);
    expect(index.search('…', 3)).toEqual([]);
    expect(index.search('footer', 0)).toEqual([]);
    expect(index.scores('footer', [5000])).toEqual([{ key: 5000, score: 0, terms: [] }]);
    expect(new Bm25Index().search('footer', 3)).toEqual([]);
    expect(new Bm25Index().weigh('the footer').map(({ content }) => content)).toEqual([false, true]);
  });
});
