import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passage } from '../document.ts';
import { FlatIndex } from '../index/flat.ts';
import { Bm25Index } from '../index/keyword.ts';
import { choose, neighbours } from './choose.ts';
import calibrated from './calibrated.json' with { type: 'json' };
import { evidence, features } from './evidence.ts';
import { liesIn, nearlySame, resemblance } from './fold.ts';
import { findHits } from './hits.ts';
import { rank, type Ranked } from './rank.ts';

function passage(text: string, { path = 'a.txt', start = 0, context = '' } = {}): Passage {
  return { id: `${path}:${start}`, path, start, end: start + text.length, context, text, tokens: 0 };
}

function ranked(fused: number, of: Passage, rest: Partial<Ranked> = {}): Ranked {
  return {
    passage: of,
    keywordRank: null,
    keywordScore: null,
    terms: [],
    vectorRank: null,
    cosine: null,
    fused,
    ...rest,
  };
}

const TEXTS = [
  'Dogs and cats may be kept with written consent of the landlord.',
  'The rent is due on the first day of each month.',
  'The deposit is 1,250.00 euros, held until the lease ends.',
  'Keys are handed over on the first day.',
];

function unit(x: number, y: number): Float32Array {
  const length = Math.hypot(x, y);
  return Float32Array.of(x / length, y / length);
}

describe('findHits and rank', () => {
  const keyword = new Bm25Index();
  const vectors = FlatIndex.create(2);
  const passages = new Map(TEXTS.map((text, key) => [key, passage(text, { start: 100 * key })]));
  for (const [key, { text, context }] of passages) keyword.add(key, { text, context });
  for (const [key, vector] of [unit(1, 0), unit(3, 4), unit(0, 1)].entries()) vectors.add(key, vector);

  it('gives each candidate its ranks, its scores in both indexes, and its terms', () => {
    const hits = findHits('When is the rent due?', unit(1, 0), keyword, vectors, 2);
    const candidates = rank(hits, passages);
    expect(candidates.map(({ passage }) => TEXTS.indexOf(passage.text)).sort()).toEqual([0, 1, 2]);
    const [dogs, rent, deposit] = [0, 1, 2].map((key) =>
      candidates.find(({ passage }) => passage.text === TEXTS[key])!,
    );
    expect(rent).toMatchObject({ keywordRank: 1, vectorRank: 2 });
    expect(rent!.cosine).toBeCloseTo(0.6, 6);
    expect(rent!.terms.map(({ term }) => term)).toEqual(['is', 'the', 'rent', 'due']);
    expect(dogs).toMatchObject({ keywordRank: null, vectorRank: 1, cosine: 1 });
    expect(dogs!.keywordScore).toBeGreaterThan(0);
    expect(deposit).toMatchObject({ keywordRank: 2, vectorRank: null, cosine: 0 });
    expect(candidates[0]).toBe(rent);
  });

  it('ranks by words alone while the question, or a passage, has no vector', () => {
    const words = rank(findHits('keys rent', null, keyword, vectors), passages);
    expect(words.map(({ cosine, vectorRank }) => [cosine, vectorRank])).toEqual([
      [null, null],
      [null, null],
    ]);
    const keys = rank(findHits('keys', unit(0, 1), keyword, vectors), passages).find(
      ({ passage }) => passage === passages.get(3),
    );
    expect(keys).toMatchObject({ keywordRank: 1, cosine: null });
    expect(rank(findHits('zzz', null, keyword, vectors), passages)).toEqual([]);
  });

  it('takes its fusion and weight from the options', () => {
    const hits = findHits('rent due', unit(1, 0), keyword, vectors);
    const first = (options: Parameters<typeof rank>[2]): string | undefined =>
      rank(hits, passages, options)[0]?.passage.text;
    for (const fusion of ['z', 'range', 'rrf'] as const) {
      expect(first({ fusion, vectorWeight: 0 })).toBe(TEXTS[1]);
      expect(first({ fusion, vectorWeight: 1 })).toBe(TEXTS[0]);
    }
    expect(() => rank(hits, new Map())).toThrow('No passage is known under key');
  });
});

describe('fold', () => {
  const clause =
    'the tenant pays the rent on the first day of each month without demand and in advance to the landlord '.repeat(3);

  it('measures resemblance by shingles of three words', () => {
    expect(resemblance('a b c d', 'A  b, c d!')).toBe(1);
    expect(resemblance('a b c d', 'a b c e')).toBeCloseTo(1 / 3, 12);
    expect(resemblance('a b', 'a c')).toBe(0);
    expect(resemblance('', '')).toBe(1);
  });

  it('is symmetric, within 0 and 1, and 1 for equal texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'D', '7'), { maxLength: 9 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const value = resemblance(a, b);
        expect(value).toBe(resemblance(b, a));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(resemblance(a, a)).toBe(1);
        expect(nearlySame(passage(a), passage(b))).toBe(nearlySame(passage(b), passage(a)));
      }),
    );
  });

  it('folds what differs in a word, never what differs in a number or a name', () => {
    const one = passage(`${clause} who is called soon.`);
    expect(nearlySame(one, passage(`${clause} who is called later.`))).toBe(true);
    expect(nearlySame(passage(`${clause} 500`), passage(`${clause} 600`))).toBe(false);
    expect(nearlySame(passage(`${clause} Ann`), passage(`${clause} Bob`))).toBe(false);
    expect(nearlySame(one, passage(`${clause} but all the rest is about something else, as anyone can see.`))).toBe(
      false,
    );
  });

  it('sees a text that lies in another, in its place or elsewhere', () => {
    const whole = passage('One. Two.\nThree.', { start: 10 });
    expect(liesIn(passage('Two.', { start: 15 }), whole)).toBe(true);
    expect(liesIn(passage('Two. Three.', { path: 'b.txt' }), whole)).toBe(true);
    expect(liesIn(whole, passage('Two.', { start: 15 }))).toBe(false);
  });
});

describe('choose', () => {
  const distinct = (i: number): string => `w${i}a w${i}b w${i}c w${i}d`;
  /** Candidates with these scores and distinct texts, each in its own document unless said. */
  const withScores = (scores: readonly number[], path = (i: number): string => `${i}.txt`): Ranked[] =>
    scores.map((score, i) => ranked(score, passage(distinct(i), { path: path(i), start: 1000 * i })));
  const numbers = (candidates: ReturnType<typeof choose>): (number | null)[] =>
    candidates.map(({ fate }) => (fate.kept ? fate.number : null));
  const whys = (candidates: ReturnType<typeof choose>): string[] =>
    candidates.map(({ fate }) => (fate.kept ? '' : fate.why));

  it('keeps the best four, fewer when told', () => {
    const all = withScores([9, 8.9, 8.8, 8.7, 8.6, 1, 1, 1, 1, 1]);
    expect(numbers(choose(all))).toEqual([1, 2, 3, 4, null, null, null, null, null, null]);
    expect(whys(choose(all))[4]).toBe('Only the best 4 passages are used.');
    expect(whys(choose(all, { most: 1 }))[1]).toBe('Only the best passage is used.');
    expect(choose([])).toEqual([]);
  });

  it('keeps fewer when one stands out, whatever the scale of the scores', () => {
    const scores = [9, 2, 1.5, 1, 1, 1, 0.5, 0, 0, 0];
    for (const scale of [0.001, 1, 700]) {
      const candidates = choose(withScores(scores.map((score) => scale * score - 3)));
      expect(numbers(candidates)).toEqual([1, ...Array<null>(9).fill(null)]);
      expect(whys(candidates)[1]).toBe('It scores far below passage 1.');
    }
    expect(numbers(choose(withScores([9, 2, 1])))).toEqual([1, 2, 3]);
  });

  it('cuts what says the same as a kept passage, or stands in it', () => {
    const text = 'the same small clause over and over again';
    const candidates = choose([
      ranked(5, passage(`${text}, and then some more.`, { path: 'a' })),
      ranked(4, passage(`${text}, and then some more.`, { path: 'b' })),
      ranked(3, passage(text, { path: 'c' })),
      ranked(2, passage('something else', { path: 'd' })),
    ]);
    expect(numbers(candidates)).toEqual([1, null, null, 2]);
    expect(whys(candidates).slice(1, 3)).toEqual(['Nearly the same as passage 1.', 'All of it stands in passage 1.']);
  });

  it('takes every other passage from a second search, from documents of their own', () => {
    const all = withScores([9, 8.9, 8.8, 8.7, 1, 1, 1, 1, 1, 1]);
    const beyond = ranked(7, passage('found by names alone', { path: 'beyond.txt' }));
    const second = [{ ...all[0]!, fused: 9 }, { ...all[4]!, fused: 8 }, beyond];
    const candidates = choose(all, { most: 4, second });
    expect(numbers(candidates)).toEqual([1, 2, null, null, 3, null, null, null, null, null, 4]);
    expect(candidates.at(-1)!.passage).toBe(beyond.passage);
    expect(candidates[4]!.fate).toMatchObject({ note: expect.stringContaining('second search') as string });
    expect(numbers(choose(all, { most: 1, second }))[0]).toBe(1);
  });

  it('keeps one of 1,000 identical passages', () => {
    const candidates = choose(Array.from({ length: 1000 }, (_, i) => ranked(1, passage('a footer', { path: `${i}` }))));
    expect(numbers(candidates).filter((number) => number !== null)).toEqual([1]);
  });

  it('takes passages that score alike from more than one document, and better ones first', () => {
    const tail = [0, 0, 0, 0, 0, 0, 0, 0];
    const path = (i: number): string => (i < 3 ? 'a' : i === 3 ? 'b' : 'c');
    expect(numbers(choose(withScores([10, 9.9, 9.8, 9.5, ...tail], path), { most: 2 })).slice(0, 4)).toEqual([
      1,
      null,
      null,
      2,
    ]);
    expect(numbers(choose(withScores([10, 9.9, 9.8, 7, ...tail], path), { most: 2 })).slice(0, 4)).toEqual([
      1,
      2,
      null,
      null,
    ]);
  });

  it('notes neighbours', () => {
    const a = passage('abcd', { start: 0 });
    expect(neighbours(a, passage('efgh', { start: 6 }))).toBe('adjoins');
    expect(neighbours(passage('cdef', { start: 2 }), a)).toBe('overlaps');
    expect(neighbours(a, passage('efgh', { start: 60 }))).toBeNull();
    expect(neighbours(a, passage('efgh', { start: 6, path: 'b.txt' }))).toBeNull();
    const [first, second] = choose([ranked(2, a), ranked(1, passage('efgh', { start: 6 }))]);
    expect(first!.fate).toEqual({ kept: true, number: 1 });
    expect(second!.fate).toEqual({ kept: true, number: 2, note: 'It adjoins passage 1.' });
  });

  it('keeps the order, keeps the best, numbers from 1, and gives every other a sentence', () => {
    const candidate = fc
      .record({
        score: fc.double({ min: -9, max: 9, noNaN: true }),
        text: fc.nat(6),
        path: fc.nat(3),
        start: fc.nat(50),
      })
      .map(({ score, text, path, start }) => ranked(score, passage(distinct(text), { path: `${path}`, start })));
    fc.assert(
      fc.property(
        fc.array(candidate, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        (list, most) => {
          const sorted = [...list].sort((a, b) => b.fused - a.fused);
          const candidates = choose(sorted, { most });
          expect(candidates.map(({ passage }) => passage)).toEqual(sorted.map(({ passage }) => passage));
          const kept = numbers(candidates).filter((number) => number !== null);
          expect(kept).toEqual(kept.map((_, i) => i + 1));
          expect(kept.length).toBeGreaterThanOrEqual(1);
          expect(kept.length).toBeLessThanOrEqual(most);
          expect(candidates[0]!.fate.kept).toBe(true);
          for (const { fate } of candidates) if (!fate.kept) expect(fate.why).toMatch(/^[A-Z].+\.$/);
        },
      ),
    );
  });
});

describe('evidence', () => {
  const index = new Bm25Index();
  TEXTS.forEach((text, key) => index.add(key, { text, context: '' }));
  const { words, embedders } = calibrated;
  const [embedder = ''] = Object.keys(embedders);
  const from = (question: string, cosine: number | null, of = passage(TEXTS[2]!)) =>
    features([ranked(1, of, { cosine })], index.weigh(question), TEXTS.length);
  const value = (question: string, cosine: number | null): number =>
    evidence(from(question, cosine), embedder).evidence;

  it('grows with the cosine and with the words found', () => {
    expect(value('How much is the deposit?', 0.7)).toBeGreaterThan(value('How much is the deposit?', 0.3));
    expect(value('How much is the deposit?', 0.5)).toBeGreaterThan(value('How much is the parking fee?', 0.5));
    expect(value('How much is the deposit?', null)).toBeGreaterThan(value('How much is the parking fee?', null));
  });

  it('takes the words of the title for found, and does not count words that only ask', () => {
    const animals = passage(TEXTS[0]!, { context: 'Animals' });
    const found = from('What about the animals?', null, animals);
    expect(found).toMatchObject({ coverage: 1, length: Math.log(2), size: Math.log(5) });
    const { coverage, length, size } = words.coefficients;
    const sum = words.constant + coverage + length * Math.log(2) + size * Math.log(5);
    expect(evidence(found, embedder).evidence).toBeCloseTo(1 / (1 + Math.exp(-sum)), 12);
    expect(from('What is it?', null, animals)).toMatchObject({ coverage: 0, length: 0 });
    expect(evidence(from('What is it?', null, animals), embedder).evidence).toBeLessThan(words.threshold);
  });

  it('counts the words of the matter though every passage holds them, and more where fewer do', () => {
    const minutes = ['At the end of 2024 the association had 655 members.', 'The members elected the board.'];
    const small = new Bm25Index();
    minutes.forEach((text, key) => small.add(key, { text: `${text} Association of members.`, context: '' }));
    const asked = (question: string, text: string) =>
      features([ranked(1, passage(text), { cosine: 0.4 })], small.weigh(question), minutes.length).coverage;
    // By idf alone “many”, which no passage holds, would be nearly all of it.
    expect(asked('How many members did the association have?', minutes[0]!)).toBeGreaterThan(1 / 3);
    expect(asked('Which board of members?', minutes[1]!)).toBeGreaterThan(
      asked('Which board of members?', minutes[0]!),
    );
    expect(asked('Who is the mayor?', minutes[0]!)).toBe(0);
  });

  it('judges by words alone where there is no vector, or the embedder is not calibrated', () => {
    const by = (cosine: number | null, of: string | null) => evidence(from('How much is the deposit?', cosine), of);
    expect(by(0.9, 'another-embedder')).toEqual(by(null, embedder));
    expect(by(0.9, null)).toEqual(by(null, embedder));
    expect(by(0.9, embedder)).not.toEqual(by(null, embedder));
    expect(by(null, embedder)).toMatchObject({ threshold: words.threshold, strong: words.strong });
  });

  it('is below the threshold without candidates, and stays within 0 and 1', () => {
    const none = evidence(features([], index.weigh('What about the rent of the boat?'), 0), embedder);
    expect(none.evidence).toBeLessThan(none.threshold);
    fc.assert(
      fc.property(fc.string(), fc.double({ min: -1, max: 1, noNaN: true }), (question, cosine) => {
        expect(value(question, cosine)).toBeGreaterThan(0);
        expect(value(question, cosine)).toBeLessThan(1);
      }),
    );
  });
});
