/** Which tasks of a lesson are solved in the live state of its view. Pure: the page reports the state, nothing else counts. */
import { bothChecks, type BothState } from './both.ts';
import { changeChecks, type ChangeState } from './change.ts';
import { checkChecks, type CheckState } from './check.ts';
import { evidenceChecks, type EvidenceState } from './evidence.ts';
import { costsChecks, type CostsState } from './costs.ts';
import type { LessonId } from './lesson.ts';
import { meaningChecks, type MeaningState } from './meaning.ts';
import { piecesChecks, type PiecesState } from './pieces.ts';
import { promptChecks, type PromptState } from './prompt.ts';
import { savesChecks, type SavesState } from './saves.ts';
import { tuningChecks, type TuningState } from './tuning.ts';
import { wordsChecks, type WordsState } from './words.ts';

/** By the id of a task: whether a state solves it. */
export type Checks<S> = Readonly<Record<string, (state: S) => boolean>>;

export interface LiveStates {
  readonly pieces: PiecesState;
  readonly words: WordsState;
  readonly meaning: MeaningState;
  readonly both: BothState;
  readonly evidence: EvidenceState;
  readonly prompt: PromptState;
  readonly check: CheckState;
  readonly change: ChangeState;
  readonly tuning: TuningState;
  readonly saves: SavesState;
  readonly costs: CostsState;
}

const checks: { readonly [L in LessonId]: Checks<LiveStates[L]> } = {
  pieces: piecesChecks,
  words: wordsChecks,
  meaning: meaningChecks,
  both: bothChecks,
  evidence: evidenceChecks,
  prompt: promptChecks,
  check: checkChecks,
  change: changeChecks,
  tuning: tuningChecks,
  saves: savesChecks,
  costs: costsChecks,
};

/** Ids of the tasks that the page can check in a lesson. */
export function tasksOf(lesson: LessonId): readonly string[] {
  return Object.keys(checks[lesson]);
}

/** Ids of the tasks that a state solves. */
export function solvedIn<L extends LessonId>(lesson: L, state: LiveStates[L]): readonly string[] {
  const ofLesson: Checks<LiveStates[L]> = checks[lesson];
  return Object.entries(ofLesson).flatMap(([id, holds]) => (holds(state) ? [id] : []));
}
