/** Shares and scores as the page writes them. */

const few = new Intl.NumberFormat('en', {
  minimumFractionDigits: 4,
  maximumFractionDigits: 4,
  signDisplay: 'exceptZero',
});
const many = new Intl.NumberFormat('en', { minimumFractionDigits: 6, maximumFractionDigits: 6 });

/** `+0.0413`, `−0.0021`: the sign of minus, not a hyphen. */
export function shareText(share: number): string {
  return few.format(share).replace('-', '−');
}

/** `0.612345`. */
export function scoreText(score: number): string {
  return many.format(score).replace('-', '−');
}

/** `6.7 %`: of the score, which may be negative. */
export function percentText(share: number, score: number): string {
  return score === 0 ? '–' : `${((100 * share) / score).toFixed(1).replace('-', '−')} %`;
}

/** Scores that differ by less are the same but for rounding. */
const SAME = 1e-5;

/**
 * How a score that was made again now stands to the one of the answer's search, as a sentence.
 * @param then null where that search did not have it
 */
export function thenText(name: 'cosine' | 'keyword score', now: number, then: number | null): string {
  if (then === null && name === 'keyword score' && now === 0) return 'The search found none of the words either.';
  if (then === null)
    return `The answer’s search had no ${name} of this passage: it went without, or came before it was there.`;
  if (Math.abs(now - then) < SAME) return `The ${name} in the answer’s search was ${scoreText(then)}, the same.`;
  return (
    `The ${name} in the answer’s search was ${scoreText(then)}, another one: it was a second search, with names from the ` +
    'best passage, or the documents or the embedder have changed since.'
  );
}
