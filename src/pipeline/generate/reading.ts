/** The ways of reading a prompt. */

/**
 * How the prompt is read: `together`, each token seeing all before it; or each passage by itself, `once`, and what was
 * read used again (`ReadOnce`). The adapter is trained for both, the base model for the first alone.
 */
export const readings = ['once', 'together'] as const;
export type Reading = (typeof readings)[number];

/** Which model reads, and how. */
export interface ReadAs {
  /** 0 is the base model, 1 the fine-tuned one; the graph scales the adapter's share by it. */
  readonly adapterScale: number;
  readonly reading: Reading;
}
