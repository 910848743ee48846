/**
 * A lesson pack: one JSON file with a course, which a teacher edits. The page's own course is one, too
 * (course.json). Texts, order and the material of the live views are free; what a task checks belongs to its id.
 */
import { tasksOf } from './checks.ts';
import { lessonIds, type Course, type Lesson, type LessonId, type Task } from './lesson.ts';
import { materialOf } from './material.ts';
import { Reading, type Fields } from './pack-reading.ts';

/** Bytes of a pack at the most. */
export const packLimit = 1_000_000;

const version = 1;

/** A pack that was not opened: every fault as a sentence that says where it is. */
export class PackError extends Error {
  override readonly name = 'PackError';
  constructor(readonly faults: readonly string[]) {
    super(faults.join(' '));
  }
}

/** @throws PackError with all faults; nothing of a faulty pack is used */
export function parseCourse(text: string): Course {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new PackError([`The file is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`]);
  }
  return courseOf(json);
}

/** @throws PackError as above */
export function courseOf(json: unknown): Course {
  const reading = new Reading();
  const course = read(json, reading);
  if (course === null || reading.faults.length > 0) throw new PackError(reading.faults);
  return course;
}

/** As a file: it opens again as the same course. */
export function packOf(course: Course): string {
  return `${JSON.stringify({ carrel: 'lessons', version, ...course }, null, 2)}\n`;
}

function read(json: unknown, reading: Reading): Course | null {
  const pack = reading.fields(json, 'The file');
  if (pack === null) return null;
  if (pack.value('carrel') !== 'lessons') {
    reading.fault('The file is no lesson pack: it does not begin with "carrel": "lessons".');
    return null;
  }
  if (pack.value('version') !== version) {
    reading.fault(
      `The pack has the version ${JSON.stringify(pack.value('version') ?? null)}; this page reads ${version}.`,
    );
    return null;
  }
  const lessons = pack.list('lessons', 1, lessonIds.length, (one, where) => lessonOf(one, where, reading));
  const ids = lessons.flatMap((lesson) => (lesson ? [lesson.id] : []));
  for (const id of new Set(ids.filter((one, i) => ids.indexOf(one) !== i))) {
    reading.fault(`The lesson “${id}” stands there twice; each has one live view, so it can be there once.`);
  }
  const course = { name: pack.text('name', 120), lessons: lessons.flatMap((lesson) => lesson ?? []) };
  pack.nothingElse(['carrel', 'version', 'name', 'lessons']);
  return course;
}

function lessonOf(json: unknown, where: string, reading: Reading): Lesson | null {
  const fields = reading.fields(json, where);
  if (fields === null) return null;
  const id = lessonIds.find((one) => one === fields.value('id'));
  if (id === undefined) {
    reading.fault(
      `${where} has the id ${JSON.stringify(fields.value('id') ?? null)}. There are live views for ${quoted(lessonIds)}.`,
    );
    return null;
  }
  const at = `Lesson “${id}”`;
  const inside = reading.fields(json, at)!;
  const words = {
    title: inside.text('title', 120),
    minutes: inside.whole('minutes', 1, 60),
    text: inside.list('text', 1, 12, (one, place) => reading.text(one, place, 3000)),
    tasks: tasks(inside, id, reading),
    beyond: inside.text('beyond', 3000, true),
    notes: inside.list('notes', 0, 20, (one, place) => reading.text(one, place, 3000)),
  };
  const material = inside.inner('material');
  inside.nothingElse(['id', 'title', 'minutes', 'text', 'tasks', 'beyond', 'notes', 'material']);
  return material && materialOf(id, words, material, reading);
}

function tasks(inside: Fields, lesson: LessonId, reading: Reading): readonly Task[] {
  const known = tasksOf(lesson);
  const found = inside
    .list('tasks', 1, known.length, (one, where): Task | null => {
      const fields = reading.fields(one, where);
      if (fields === null) return null;
      const id = fields.text('id', 60);
      if (id !== '' && !known.includes(id))
        reading.fault(`${where} has the id “${id}”. In the lesson “${lesson}” the page can check ${quoted(known)}.`);
      const task = {
        id,
        says: fields.text('says', 1000),
        hint: fields.text('hint', 1000),
        solved: fields.text('solved', 1000),
      };
      fields.nothingElse(['id', 'says', 'hint', 'solved']);
      return task;
    })
    .flatMap((task) => task ?? []);
  const ids = found.map(({ id }) => id);
  for (const id of new Set(ids.filter((one, i) => one !== '' && ids.indexOf(one) !== i)))
    reading.fault(`The task “${id}” stands twice in the lesson “${lesson}”.`);
  return found;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ');
}
