/** The page's own course, and that each of its tasks can be solved, and is not before anything was done. */
import { describe, expect, it } from 'vitest';
import { checkVector } from '../pipeline/index/vector.ts';
import { bothState } from './both.ts';
import { checkState } from './check.ts';
import { solvedIn, tasksOf } from './checks.ts';
import { course } from './course.ts';
import { fewest, weighed } from './evidence.ts';
import { lessonIds, type Lesson, type LessonId } from './lesson.ts';
import { meaningState } from './meaning.ts';
import { courseOf, packOf } from './pack.ts';
import { answerIn, piecesOf, whereIsIt } from './pieces.ts';
import { SmallCollection } from './small-collection.ts';
import { keyOf, textsToEmbed, vectorsOf, type VectorsFile } from './vectors.ts';
import file from './vectors.json' with { type: 'json' };
import { indexOf, wordsState } from './words.ts';

type LessonWith<L extends LessonId> = Extract<Lesson, { readonly id: L }>;

const lesson = <L extends LessonId>(id: L) => course.lessons.find((one) => one.id === id) as LessonWith<L>;

it('has every lesson once, each with all the tasks that the page can check, of five to ten minutes', () => {
  expect(course.lessons.map(({ id }) => id)).toEqual([...lessonIds]);
  for (const { id, tasks, minutes, notes } of course.lessons) {
    expect(tasks.map((task) => task.id).sort()).toEqual([...tasksOf(id)].sort());
    expect(minutes).toBeGreaterThanOrEqual(5);
    expect(minutes).toBeLessThanOrEqual(10);
    expect(notes.length).toBeGreaterThan(0);
  }
});

it('is a pack like any other: saved and opened it is the same', () => {
  expect(courseOf(JSON.parse(packOf(course)))).toEqual(course);
});

describe('a document is read in pieces', () => {
  const { material } = lesson('pieces');
  const state = (size: number, text = material.text) => ({
    ...{ text, example: material.text, answer: material.answer },
    passages: piecesOf(text, size),
  });

  it('begins with the answer whole; small passages tear it, large ones are one', () => {
    expect(solvedIn('pieces', state(120))).toEqual([]);
    expect(whereIsIt(state(120))).toBe('whole');
    expect(solvedIn('pieces', state(48))).toEqual(['torn']);
    expect(solvedIn('pieces', state(240))).toEqual(['one']);
    expect(whereIsIt(state(120, 'Nothing of it.'))).toBe('gone');
  });

  it('marks the words of the answer, also where they are torn', () => {
    for (const size of [48, 120, 240]) {
      const marked = answerIn(state(size));
      expect(marked.map((pieces) => pieces.map(({ text }) => text).join(''))).toEqual(
        state(size).passages.map(({ text }) => text),
      );
      const words = marked.flat().flatMap(({ answers, text }) => (answers ? text.split(/\s+/) : []));
      expect(words.filter(Boolean)).toEqual(material.answer.split(/\s+/));
    }
  });

  it('takes an own text in three pieces, and not the given one', () => {
    const own = [1, 2, 3].map((n) => `Here is paragraph ${n}. It has some words of its own. `.repeat(3)).join('\n\n');
    expect(piecesOf(own, 56)).toHaveLength(3);
    expect(solvedIn('pieces', state(56, own))).toEqual(['own']);
    expect(solvedIn('pieces', state(100))).toEqual([]);
  });
});

describe('finding by words', () => {
  const { material } = lesson('words');
  const index = indexOf(material.sentences);
  const solved = (question: string) => solvedIn('words', wordsState(index, question, material));

  it('is solved by what was asked, and not by the question that it begins with', () => {
    expect(solved(material.question)).toEqual([]);
    expect(solved('')).toEqual([]);
    expect(solved('quarter')).toEqual(['single']);
    expect(solved('What may not stand in the stairwell?')).toEqual(['roundabout']);
    expect(solved('Where do bicycles stand?')).toEqual([]);
    expect(solved('May I keep a poodle?')).toEqual(['none']);
  });
});

describe('check the answer', () => {
  const { passage, question, answer } = lesson('check').material;
  const solved = (written: string) => solvedIn('check', checkState(passage, question, answer, written));

  it('is solved by what the check makes of what was written', () => {
    expect(solved(answer)).toEqual([]);
    expect(solved('')).toEqual([]);
    expect(solved(answer.replace('20', '22'))).toEqual(['number']);
    expect(solved(answer.replace(' [1]', ''))).toEqual(['uncited']);
    expect(solved('If you are tardy, it sets you back a little each time [1].')).toEqual(['reworded']);
    expect(solved('Guests may borrow up to six books at a time [1].')).toEqual(['past']);
    expect(solved('The fine never rises above 5 euros a book [1].')).toEqual([]);
  });
});

describe('with the vectors that were computed beforehand', () => {
  const known = vectorsOf(file as VectorsFile);
  const vector = (kind: 'passage' | 'question', text: string) => known.get(keyOf({ kind, text }))!;
  const collectionOf = (passages: readonly string[]) =>
    new SmallCollection(
      passages,
      passages.map((text) => vector('passage', text)),
    );

  it('has one for each text, and no other', () => {
    expect([...known.keys()].sort()).toEqual(textsToEmbed(course).map(keyOf).sort());
    for (const one of known.values()) checkVector(one, file.stamp.dimensions);
    expect(file.made).toMatch(/^by npm run lesson-vectors, in Chromium \d/);
  });

  it('finding by meaning: the first question solves nothing, others do', () => {
    const { passages, questions } = lesson('meaning').material;
    const collection = collectionOf(passages);
    const solved = questions.map((question) =>
      solvedIn('meaning', meaningState(collection, question, vector('question', question), false)),
    );
    expect(solved[0]).toEqual([]);
    expect(new Set(solved.flat())).toEqual(new Set(['unlike', 'nothing']));
    const own = meaningState(collection, questions[0]!, vector('question', questions[0]!), true);
    expect(solvedIn('meaning', own)).toContain('own');
  });

  it('both together: the first question solves nothing, and every task can be solved', () => {
    const { passages, questions } = lesson('both').material;
    const collection = collectionOf(passages);
    const solved = (at: number, weight: number) => {
      const { question, passage } = questions[at]!;
      return solvedIn('both', bothState(collection, question, vector('question', question), weight, passage));
    };
    expect(solved(0, 0.5)).toEqual([]);
    const all = questions.flatMap((_, at) => [0, 0.5, 1].flatMap((weight) => solved(at, weight)));
    expect(new Set(all)).toEqual(new Set(['disagree', 'turned', 'missed', 'blurred']));
  });

  it('when to say nothing: a threshold of 0 solves nothing, others do, and some mistakes are left at the best', () => {
    const { passages, questions } = lesson('evidence').material;
    const collection = collectionOf(passages);
    const rows = questions.map(
      (one) => weighed(collection, one, vector('question', one.question), file.stamp.model).row,
    );
    expect(solvedIn('evidence', { threshold: 0, rows })).toEqual([]);
    const steps = Array.from({ length: 101 }, (_, i) => i / 100);
    const all = steps.flatMap((threshold) => solvedIn('evidence', { threshold, rows }));
    expect(new Set(all)).toEqual(new Set(['quiet', 'lost', 'fewest']));
    expect(fewest(rows)).toBeGreaterThan(0);
  });
});
