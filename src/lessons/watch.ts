/** Watches one view of a lesson: which tasks what the person does in it has solved. */
import { solvedIn, type LiveStates } from './checks.ts';
import type { LessonId } from './lesson.ts';

export class Watch<L extends LessonId> {
  /** Tasks that hold without anything having been done: they count once they have ceased to hold in between. */
  private standing: ReadonlySet<string> | null = null;
  /** How often the state has changed. */
  tries = 0;

  constructor(readonly lesson: L) {}

  /** @returns ids of the tasks that the state solves by what was done */
  report(state: LiveStates[L]): readonly string[] {
    const holding = solvedIn(this.lesson, state);
    if (this.standing === null) {
      this.standing = new Set(holding);
      return [];
    }
    this.tries++;
    this.standing = new Set(holding.filter((id) => this.standing?.has(id)));
    return holding.filter((id) => !this.standing?.has(id));
  }
}
