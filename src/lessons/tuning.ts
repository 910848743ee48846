/** Lesson “Retrieval or fine-tuning”: one question, answered with and without passages and adapter. */
import { citationsIn } from '../pipeline/cite/citations.ts';
import type { Cell, CellAnswer } from '../lab/four-cells.ts';
import type { Checks } from './checks.ts';

export interface TuningState {
  readonly written: readonly (Cell & Pick<CellAnswer, 'text' | 'refused' | 'stopped'>)[];
}

const find = ({ written }: TuningState, tuned: boolean, passages: boolean) =>
  written.find((one) => one.tuned === tuned && one.passages === passages && !one.stopped);

const cites = (text: string): boolean => citationsIn(text).length > 0;

export const tuningChecks = {
  four: ({ written }) => written.length === 4 && !written.some(({ stopped }) => stopped),
  manners: (state) => {
    const base = find(state, false, true);
    const tuned = find(state, true, true);
    return base !== undefined && tuned !== undefined && !cites(base.text) && cites(tuned.text);
  },
  honest: (state) => {
    const base = find(state, false, false);
    const tuned = find(state, true, false);
    return base !== undefined && tuned !== undefined && !base.refused && tuned.refused;
  },
} satisfies Checks<TuningState>;
