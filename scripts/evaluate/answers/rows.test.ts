import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Grounded, GroundedRow } from '../grounded.ts';
import type { Model } from '../../../src/pipeline/pipeline.ts';
import { givenTask } from './given.ts';
import { poolsByTitle, rowsIn, withheldFrom } from './rows.ts';

const row = (id: string, question: string, passages: readonly string[], answer: string | null): GroundedRow => ({
  ...{ id, title: 'Town', question, passages, gold: answer === null ? 0 : 1, answer },
});
const plague = row('s/1', 'When was the plague?', ['a', 'b'], '1349');
const again = row('s/2', 'When was the plague?', ['c'], '1349');
const bridge = row('s/3', 'Who built the bridge?', ['d', 'e'], 'Ann');
const negative = row('derived_negatives/s:1', 'When did it come?', ['b', 'd'], null);
const grounded: Grounded = {
  texts: new Map(
    Object.entries({
      a: 'The plague came in 1349.',
      b: 'The mill stands.',
      c: 'A plague.',
      d: 'Ann built it.',
      e: 'Ann’s town in 1349.',
      f: 'The fair.',
    }),
  ),
  titles: new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, 'Town'])),
  dev: [again, bridge, negative, row('s/4', 'What is held?', ['f', 'a'], 'the fair')],
  // The row that the negative was made from.
  train: [plague],
};

describe('withheldFrom', () => {
  it('holds back what else is gold for the question, and what holds the answer', () => {
    const held = (one: GroundedRow) => ['a', 'b', 'c', 'd', 'e', 'f'].filter(withheldFrom(one, grounded)).join('');
    expect(held(plague)).toBe('ace');
    expect(held(bridge)).toBe('d');
    // Of a machine-made negative it is the answer of the row it was made from.
    expect(held(negative)).toBe('ae');
    expect(held({ ...bridge, id: 's/9', question: 'Is it?', answer: 'Yes' })).toBe('');
  });
});

describe('poolsByTitle', () => {
  it('asks rows with an answer of all their title has, and each other of what does not answer it', () => {
    const [shared, alone, ...more] = poolsByTitle([again, negative, bridge], grounded);
    expect(more).toEqual([]);
    expect(shared!.questions.map(({ id }) => id)).toEqual(['s/2', 's/3']);
    expect(shared!.questions[0]).toMatchObject({ answers: ['1349'], source: 's', wanted: { by: 'documents' } });
    expect(shared!.sources.map(({ path }) => path).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(alone!.questions).toMatchObject([{ id: negative.id, answers: [], wanted: { by: 'nothing' } }]);
    expect(alone!.sources.map(({ path }) => path).sort()).toEqual(['b', 'c', 'd', 'f']);
  });
});

/** Counts a passage as its letters; a prompt holds so many. */
const holding = (letters: number) =>
  ({
    prompt: (passages: readonly { text: string }[]) => {
      let left = letters;
      const fits = passages.findIndex(({ text }) => (left -= text.length) < 0);
      return Promise.resolve({ passages: fits < 0 ? passages.length : fits });
    },
  }) as unknown as Model;

describe('givenTask', () => {
  const read = async (one: GroundedRow, letters: number) => {
    const { found, evidence } = await givenTask(one, grounded).find(holding(letters));
    return { ids: found.candidates.map(({ passage }) => passage.id), gold: evidence.map(({ document }) => document) };
  };

  it('gives four passages, the gold one anywhere among them, the same every time', async () => {
    const { ids, gold } = await read(bridge, 1000);
    expect(gold).toEqual(['d']);
    expect(ids).toHaveLength(4);
    expect(ids).toEqual(expect.arrayContaining(['d', 'e']));
    expect(await read(bridge, 1000)).toEqual({ ids, gold });
    const places = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await read({ ...bridge, id: `s/x${i}` }, 1000)).ids.indexOf('d')),
    );
    expect(new Set(places)).toEqual(new Set([0, 1, 2, 3]));
  });

  it('adds nothing that answers the question without being called gold', async () => {
    // Beside the row's own two only c and f are left; a and e hold the year.
    expect((await read(negative, 1000)).ids.sort()).toEqual(['b', 'c', 'd', 'f']);
    expect((await read(negative, 1000)).gold).toEqual([]);
  });

  it('passes over what does not fit, gold first', async () => {
    // `Ann built it.` and then only one of the short ones.
    const { ids, gold } = await read(bridge, 'Ann built it.'.length + 'The fair.'.length);
    expect(gold).toEqual(['d']);
    expect(ids.filter((id) => id !== 'd')).toEqual([expect.stringMatching(/^[cf]$/)]);
  });
});

describe('rowsIn', () => {
  it('reads the ids of a file in their order, and names one that there is not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carrel-rows-'));
    const file = join(folder, 'ids.txt');
    await writeFile(file, 's/3\n\nderived_negatives/s:1\n');
    expect(await rowsIn(file, grounded)).toEqual([bridge, negative]);
    await writeFile(file, 's/3\ns/99\n');
    await expect(rowsIn(file, grounded)).rejects.toThrow('s/99');
    await rm(folder, { recursive: true });
  });
});
