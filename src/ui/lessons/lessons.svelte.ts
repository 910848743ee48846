/** The course that is open, where one is in it, and what is solved. */
import { course as ownCourse } from '../../lessons/course.ts';
import { lessonIds, taskKey, type Course, type Lesson, type LessonId } from '../../lessons/lesson.ts';
import { PackError } from '../../lessons/pack.ts';
import { forgetProgress, loadProgress, saveProgress, withSolved, type Progress } from '../../lessons/progress.ts';
import { sentenceOf } from '../../library/sentence.ts';

export class Lessons {
  course = $state.raw<Course>(ownCourse);
  /** Null for the list. */
  at = $state.raw<LessonId | null>(null);
  /** Why a pack was not opened, as sentences. */
  faults = $state.raw<readonly string[]>([]);
  /** The slide that is shown to a room; null while nothing is presented. */
  slide = $state.raw<number | null>(null);
  /** What is solved stays in this browser. */
  kept = $state.raw(false);
  /** A sentence where it was to be kept and cannot be. */
  refused = $state.raw('');
  private progress = $state.raw<Progress>({});

  constructor() {
    const { kept, solved } = loadProgress();
    this.kept = kept;
    this.progress = solved;
  }

  get isOwn(): boolean {
    return this.course === ownCourse;
  }

  get lesson(): Lesson | null {
    return this.course.lessons.find(({ id }) => id === this.at) ?? null;
  }

  /** Anything solved, in this course or another. */
  get begun(): boolean {
    return Object.values(this.progress).some((keys) => keys.length > 0);
  }

  isSolved(lesson: LessonId, task: string): boolean {
    return this.progress[this.course.name]?.includes(taskKey(lesson, task)) ?? false;
  }

  solvedIn({ id, tasks }: Lesson): number {
    return tasks.filter((task) => this.isSolved(id, task.id)).length;
  }

  solve({ id, tasks }: Lesson, solved: readonly string[]): void {
    const before = this.progress;
    for (const task of tasks)
      if (solved.includes(task.id)) this.progress = withSolved(this.progress, this.course.name, taskKey(id, task.id));
    if (this.progress === before || !this.kept) return;
    // Deleted meanwhile, with everything that this page had stored: then nothing is stored anew unasked.
    if (loadProgress().kept) saveProgress(this.progress);
    else this.kept = false;
  }

  keep(on: boolean): void {
    this.kept = on && saveProgress(this.progress);
    this.refused =
      on && !this.kept
        ? 'This browser lets the page keep nothing. What is solved lasts as long as the page is open.'
        : '';
    if (!on) forgetProgress();
  }

  forget(): void {
    this.progress = {};
    if (this.kept) saveProgress(this.progress);
  }

  /** Puts a course in the place of the one that is open, or tells why not; then the one before stays. */
  async open(read: () => Promise<Course>): Promise<void> {
    try {
      this.course = await read();
      this.faults = [];
      this.slide = null;
      if (!this.lesson) this.at = null;
    } catch (error) {
      this.faults = error instanceof PackError ? error.faults : [sentenceOf(error)];
    }
  }

  close(): void {
    this.course = ownCourse;
    this.faults = [];
    if (!this.lesson) this.at = null;
  }
}

/** The address of a lesson inside the page, and of their list. */
export function hashOf(lesson: LessonId | null): string {
  return lesson === null ? '#lessons' : `#lesson-${lesson}`;
}

/** What an address means: a lesson, the list (null), or nothing of this. */
export function placeOf(hash: string): LessonId | null | undefined {
  if (hash === hashOf(null)) return null;
  return lessonIds.find((id) => hash === hashOf(id));
}
