import { describe, expect, it } from 'vitest';
import { answerQuestion, readAhead, type Stages } from '../pipeline.ts';
import { Collection } from '../index/collection.ts';
import { FlatIndex } from '../index/flat.ts';
import { Bm25Index } from '../index/keyword.ts';
import { searchCollection } from './search.ts';
import { speakingPassages } from './speaking.ts';
import { onlyWithin, partOf, type Within } from './within.ts';

const vectors = { rent: Float32Array.of(1, 0, 0), dogs: Float32Array.of(0, 1, 0), boats: Float32Array.of(0, 0, 1) };

/** Each line a passage; the context stands before `|`. */
const documents: Readonly<Record<string, readonly (readonly [string, keyof typeof vectors])[]>> = {
  'lease.txt': [
    ['Lease › Rent|The rent is due on the first of the month.', 'rent'],
    ['Lease › Animals|Dogs may be kept with consent of Brindle and Sons.', 'dogs'],
  ],
  'rules.txt': [
    ['House rules › Ánimals|Dogs are kept on a lead in the yard.', 'dogs'],
    ['House rules › Rent|The rent of the boathouse is nine pounds.', 'boats'],
  ],
  'letter.txt': [['Letter|Brindle and Sons moved to Harbour Street, and their dogs with them.', 'dogs']],
};

const collection = new Collection(new Bm25Index(), FlatIndex.create(3));
for (const [path, passages] of Object.entries(documents)) {
  collection.put(
    path,
    passages.map(([line], i) => {
      const [context = '', text = ''] = line.split('|');
      return { id: `${path}${i}`, path, start: i * 100, end: i * 100 + text.length, context, text, tokens: 12 };
    }),
  );
  passages.forEach(([, of], i) => collection.addVector(path, `${path}${i}`, vectors[of]));
}

const only = (paths: readonly string[], heading = ''): Within => ({ paths, heading });
const search = (question: string, within: Within | null, vector: Float32Array | null = vectors.dogs) =>
  searchCollection(collection, question, vector, { most: 4, within });
const pathsOf = (found: ReturnType<typeof search>) => new Set(found.candidates.map(({ passage }) => passage.path));

describe('a question limited to some documents', () => {
  it('has no candidate from any other, by words or by meaning', () => {
    expect(pathsOf(search('Where are dogs kept?', null))).toEqual(new Set(['lease.txt', 'rules.txt', 'letter.txt']));
    expect(pathsOf(search('Where are dogs kept?', only(['rules.txt'])))).toEqual(new Set(['rules.txt']));
    expect(pathsOf(search('Where are dogs kept?', only(['rules.txt']), null))).toEqual(new Set(['rules.txt']));
    expect(search('Where are dogs kept?', only([])).candidates).toEqual([]);
    expect(search('Where are dogs kept?', only(['gone.txt'])).candidates).toEqual([]);
  });

  it('goes no further in its second search, either', () => {
    const several = 'Where did the people whose consent is needed for dogs move to?';
    expect(pathsOf(search(several, null))).toContain('letter.txt');
    expect(pathsOf(search(several, only(['lease.txt', 'rules.txt'])))).toEqual(new Set(['lease.txt', 'rules.txt']));
  });

  it('counts what is inside alone, and weighs words by the whole collection', () => {
    const all = search('When is the rent due?', null);
    const some = search('When is the rent due?', only(['lease.txt', 'gone.txt']));
    expect(some.searched).toEqual({ passages: 2, embedded: 2, documents: 1 });
    expect(all.searched).toEqual({ passages: 5, embedded: 5 });
    const scoreOf = (found: typeof all) =>
      found.candidates.find(({ passage }) => passage.id === 'lease.txt0')!.keywordScore;
    expect(scoreOf(some)).toBe(scoreOf(all));
    expect(some.features.size).toBe(Math.log(1 + 2));
  });

  it('may be limited to what stands under a heading, in whatever case and accents it is written', () => {
    const found = search('Where are dogs kept?', only(Object.keys(documents), 'ANIMALS'));
    expect(found.candidates.map(({ passage }) => passage.id).sort()).toEqual(['lease.txt1', 'rules.txt0']);
    expect(partOf(collection, only(['letter.txt'], 'Animals'))).toMatchObject({ passages: 0, documents: 1 });
  });

  it('is answered by a list only from them', () => {
    const speaking = (within: Within | null) => speakingPassages(collection, 'dogs', vectors.dogs, null, within);
    expect(new Set(speaking(null).passages.map(({ path }) => path)).size).toBe(3);
    expect(speaking(only(['lease.txt']))).toMatchObject({ passages: [{ id: 'lease.txt1' }], searched: 2 });
  });
});

describe('a refusal', () => {
  const stages = (within: Within | null): Stages => ({
    writer: { made: 'extractive', because: '' },
    understand: (text) => Promise.resolve({ text, corrections: [], vector: null, warning: '' }),
    embedText: () => Promise.resolve(null),
    search: (question, vector) => Promise.resolve(search(question, within, vector)),
    place: ({ path }) => ({ documentName: path, part: '' }),
  });
  const { signal } = new AbortController();

  it('says in how many documents it was looked', async () => {
    const limited = await answerQuestion('How tall is the lighthouse?', stages(only(['lease.txt'])), signal);
    expect(limited.refused).toBe(true);
    expect(limited.madeBecause).toContain(
      'It was looked for only in the one document that this question is limited to.',
    );
    const everywhere = await answerQuestion('How tall is the lighthouse?', stages(null), signal);
    expect(everywhere.refused).toBe(true);
    expect(everywhere.madeBecause).not.toContain('limited');
    expect(onlyWithin(1200)).toContain('the 1,200 documents');
  });

  it('is no answer to what only other documents say', async () => {
    const asked = (within: Within | null) => answerQuestion('Where did Brindle and Sons move?', stages(within), signal);
    expect((await asked(null)).text).toContain('Harbour Street');
    expect((await asked(only(['rules.txt']))).text).not.toContain('Harbour Street');
    expect(await readAhead('Where did Brindle and Sons move?', stages(only(['rules.txt'])), signal)).toBe(0);
  });
});
