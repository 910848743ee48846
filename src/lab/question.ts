/** A question of a set, with what would be right: what search and answers are measured by. */
import type { Place } from './metrics.ts';

/** Words of a document. */
export interface Quote {
  readonly document: string;
  readonly quote: string;
}

export interface Question {
  readonly id: string;
  readonly question: string;
  /** What counts as found: exact places, or whole documents with their gain. */
  readonly wanted:
    | { readonly by: 'spans'; readonly places: readonly Place[] }
    /** Words of a document that answer it; where they stand is known once it has been read. */
    | { readonly by: 'quotes'; readonly quotes: readonly Quote[] }
    | { readonly by: 'documents'; readonly gains: ReadonlyMap<string, number> }
    /** The documents do not answer it. */
    | { readonly by: 'nothing' };
  /** Right answers, none where the right one is a refusal; left out where only the search can be measured. */
  readonly answers?: readonly string[];
  /** The data set it is from, where there are several. */
  readonly source?: string;
}
