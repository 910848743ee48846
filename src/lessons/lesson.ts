/** The nouns of a course: its lessons, their tasks, and what their live views begin with. All of it is data. */

/** Each has a live view of its own, and tasks that the page can check in it. In the order of the page's own course. */
export const lessonIds = [
  'pieces',
  'words',
  'meaning',
  'both',
  'evidence',
  'prompt',
  'check',
  'change',
  'tuning',
  'saves',
  'costs',
] as const;
export type LessonId = (typeof lessonIds)[number];

/** The wording of a task; what solves it is checked by code under the same id (checks.ts). */
export interface Task {
  readonly id: string;
  readonly says: string;
  /** Shown when it takes a while. */
  readonly hint: string;
  /** Shown when it is solved: what there was to see. */
  readonly solved: string;
}

/** What a live view begins with. */
export interface Materials {
  readonly pieces: {
    readonly text: string;
    readonly question: string;
    /** Words of the text that answer the question together: several sentences, so that they can be torn apart. */
    readonly answer: string;
  };
  readonly words: {
    readonly sentences: readonly string[];
    readonly question: string;
    /** The sentence that is to come first in a task (0 for the first), and a word that may not be used for it. */
    readonly wanted: number;
    readonly without: string;
  };
  readonly meaning: { readonly passages: readonly string[]; readonly questions: readonly string[] };
  readonly both: {
    readonly passages: readonly string[];
    readonly questions: readonly {
      readonly question: string;
      /** The passage that answers it; 0 for the first. */
      readonly passage: number;
    }[];
  };
  readonly evidence: {
    readonly passages: readonly string[];
    readonly questions: readonly {
      readonly question: string;
      /** Whether the passages hold its answer. */
      readonly answered: boolean;
    }[];
  };
  readonly prompt: { readonly document: string; readonly question: string };
  /** `answer` cites `passage` as [1]. */
  readonly check: { readonly passage: string; readonly question: string; readonly answer: string };
  readonly change: { readonly document: string; readonly question: string };
  readonly tuning: { readonly document: string; readonly question: string };
  readonly saves: { readonly document: string; readonly question: string };
  readonly costs: { readonly document: string; readonly second: string; readonly question: string };
}

interface LessonOf<L extends LessonId> {
  readonly id: L;
  readonly title: string;
  readonly minutes: number;
  /** Paragraphs. */
  readonly text: readonly string[];
  readonly tasks: readonly Task[];
  /** What the live view does not show, as sentences. */
  readonly beyond: string;
  /** For whoever presents it. */
  readonly notes: readonly string[];
  readonly material: Materials[L];
}

export type Lesson = { [L in LessonId]: LessonOf<L> }[LessonId];

export interface Course {
  readonly name: string;
  readonly lessons: readonly Lesson[];
}

/** What a task is remembered by. */
export function taskKey(lesson: LessonId, task: string): string {
  return `${lesson}/${task}`;
}
