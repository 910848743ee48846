/** When the page refuses on retrieval evidence alone. */

/**
 * `threshold`: below it the model is not asked. `strong`: from it on, an extract is offered where the model refuses.
 * Both are points on the scale of `evidence`, fitted with its coefficients (docs/retrieval.md).
 */
export const evidenceThreshold = { threshold: 0.1, strong: 0.6 } as const;
