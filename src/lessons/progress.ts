/** What is solved, kept in this browser by choice: nothing is stored before the person has asked for it. */

/** Under the name of the course, the keys of its solved tasks (`taskKey`). */
export type Progress = Readonly<Record<string, readonly string[]>>;

export interface Kept {
  readonly kept: boolean;
  readonly solved: Progress;
}

const key = 'carrel.lessons';

/** What was kept; without it, or where it is damaged or out of reach, nothing is solved. */
export function loadProgress(): Kept {
  try {
    const saved = localStorage.getItem(key);
    return saved === null ? nothing : { kept: true, solved: sound(JSON.parse(saved)) };
  } catch {
    return nothing;
  }
}

const nothing: Kept = { kept: false, solved: {} };

function sound(saved: unknown): Progress {
  if (typeof saved !== 'object' || saved === null) return {};
  const entries = Object.entries(saved as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, keys]) => [
      name,
      Array.isArray(keys) ? keys.filter((one): one is string => typeof one === 'string') : [],
    ]),
  );
}

/** False where the browser refuses: it then lasts as long as the page. */
export function saveProgress(solved: Progress): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(solved));
    return true;
  } catch {
    return false;
  }
}

export function forgetProgress(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Refused storage holds nothing.
  }
}

/** With one more solved; the same object if it was solved before. */
export function withSolved(progress: Progress, course: string, task: string): Progress {
  const before = progress[course] ?? [];
  return before.includes(task) ? progress : { ...progress, [course]: [...before, task] };
}

/** A hint is due when it has taken a while, or been tried often. */
export function isHintDue({ milliseconds, tries }: { readonly milliseconds: number; readonly tries: number }): boolean {
  return milliseconds >= 60_000 || tries >= 12;
}
