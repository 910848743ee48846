import { describe, expect, it } from 'vitest';
import { course } from './course.ts';
import { PackError, packOf, parseCourse } from './pack.ts';

type Json = Record<string, unknown>;

const saved = (): Json & { lessons: (Json & { tasks: Json[]; material: Json })[] } =>
  JSON.parse(packOf(course)) as ReturnType<typeof saved>;

function faults(pack: unknown): readonly string[] {
  try {
    parseCourse(typeof pack === 'string' ? pack : JSON.stringify(pack));
  } catch (error) {
    if (error instanceof PackError) return error.faults;
    throw error;
  }
  return [];
}

/** The faults of the own course after a change. */
function changed(change: (pack: ReturnType<typeof saved>) => void): readonly string[] {
  const pack = saved();
  change(pack);
  return faults(pack);
}

describe('a lesson pack', () => {
  it('may have other words, another order, fewer lessons and tasks, and its own sentences', () => {
    const pack = saved();
    const [, words] = pack.lessons;
    words!.title = 'Wörter <b>zuerst</b>';
    words!.tasks = words!.tasks.slice(0, 1);
    words!.material = { sentences: ['Eins.', 'Zwei.', 'Drei.'], question: 'Was?', wanted: 2, without: 'drei' };
    const read = parseCourse(JSON.stringify({ ...pack, name: 'Unser Kurs', lessons: [words, pack.lessons[0]] }));
    expect(read.lessons.map(({ id }) => id)).toEqual(['words', 'pieces']);
    expect(read.lessons[0]).toMatchObject({ title: 'Wörter <b>zuerst</b>', material: { wanted: 2 } });
  });

  it('that is none is refused with one sentence', () => {
    expect(faults('{"carrel"')).toEqual([expect.stringMatching(/^The file is not JSON: /)]);
    expect(faults([])).toEqual(['The file is to be an object in braces.']);
    expect(faults({ name: 'x' })).toEqual(['The file is no lesson pack: it does not begin with "carrel": "lessons".']);
    expect(faults({ carrel: 'lessons', version: 2 })).toEqual(['The pack has the version 2; this page reads 1.']);
  });

  it('tells every fault with its place, and all of them at once', () => {
    const told = changed(({ lessons }) => {
      lessons[0]!.title = '';
      lessons[1]!.minutes = 0;
      lessons[2]!.tasks[0]!.id = 'fly';
      delete lessons[3]!.tasks[1]!.hint;
      lessons[4]!.notes = 'none';
      lessons[5]!.colour = 'red';
      lessons[6]!.text = [];
    });
    expect(told).toEqual([
      'Lesson “pieces”: “title” is empty.',
      'Lesson “words”: “minutes” is to be a whole number from 1 to 60.',
      'Lesson “meaning”: “tasks”, number 1 has the id “fly”. In the lesson “meaning” the page can check “unlike”, “nothing”, “own”.',
      'Lesson “both”: “tasks”, number 2: “hint” is missing, or is no text.',
      'Lesson “evidence”: “notes” is missing, or is no list in brackets.',
      'Lesson “prompt” has “colour”, which this page does not know.',
      'Lesson “check”: “text” has 0 entries; it is to have 1 to 12.',
    ]);
  });

  it('cannot have an unknown lesson, or one twice, or a task twice', () => {
    expect(changed(({ lessons }) => (lessons[0]!.id = 'dance'))).toEqual([
      expect.stringMatching(/^The file: “lessons”, number 1 has the id "dance"\. There are live views for “pieces”, /),
    ]);
    expect(changed(({ lessons }) => (lessons[1] = lessons[0]!))).toEqual([
      'The lesson “pieces” stands there twice; each has one live view, so it can be there once.',
    ]);
    expect(changed(({ lessons }) => (lessons[1]!.tasks[1]!.id = lessons[1]!.tasks[0]!.id))).toEqual([
      'The task “single” stands twice in the lesson “words”.',
    ]);
  });

  it('has material that its live view can begin with', () => {
    const told = changed(({ lessons }) => {
      lessons[0]!.material.answer = 'Words that do not stand there.';
      lessons[1]!.material.wanted = 6;
      lessons[2]!.material.passages = ['One.'];
      lessons[4]!.material.questions = [
        { question: 'Who?', answered: true },
        { question: 'Why?', answered: 'yes' },
      ];
      lessons[7]!.material.document = 'x'.repeat(6001);
      lessons[8]!.material = 'none' as unknown as Json;
    });
    expect(told).toEqual([
      'Lesson “pieces”: “material”: the words of “answer” do not stand in “text”, one after the other.',
      'Lesson “words”: “material”: “wanted” is to be a whole number from 0 to 5.',
      'Lesson “meaning”: “material”: “passages” has 1 entries; it is to have 3 to 24.',
      'Lesson “evidence”: “material”: “questions”, number 2: “answered” is to be true or false.',
      'Lesson “change”: “material”: “document” has 6001 characters; 6000 are the most.',
      'Lesson “tuning”: “material” is to be an object in braces.',
    ]);
  });
});
