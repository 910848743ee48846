/** What a workbook holds beside its cells, in the same shape for every make. */
import type { InnerFile } from '../../document.ts';

export interface BesideCells {
  /** Words drawn on a sheet, by its name: text boxes, titles of charts, diagrams. */
  readonly drawn: ReadonlyMap<string, readonly string[]>;
  /** Lines above and below the printed pages, each once. */
  readonly margins: readonly string[];
  /** Words of shapes that are not shown. */
  readonly hidden: readonly string[];
  readonly descriptions: readonly string[];
  readonly pictures: number;
  /** Sheets whose drawings could not be read. */
  readonly damaged: number;
  readonly inner: readonly InnerFile[];
  /** Objects of other programs, which are not read. */
  readonly embedded: number;
}

export const NOTHING_BESIDE: BesideCells = {
  drawn: new Map(),
  margins: [],
  hidden: [],
  descriptions: [],
  pictures: 0,
  damaged: 0,
  inner: [],
  embedded: 0,
};
