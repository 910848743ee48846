/** What is said of two settings on the same questions. */
import type { Figure, Measure } from '../../lab/compare.ts';
import type { Row } from '../../lab/score.ts';
import type { TrialSettings } from '../../library/trial.ts';
import { promptTextText, searchText } from '../ask/asked-with.ts';
import { count, strategyText } from '../wording.ts';

export const measureText: Readonly<Record<Measure, { readonly name: string; readonly says: string }>> = {
  recall: { name: 'Recall at 5', says: 'Share of the right words that the first five passages hold' },
  mrr: { name: 'MRR at 10', says: '1 / rank of the first right passage, 0 beyond ten' },
  ndcg: { name: 'nDCG at 10', says: 'Right passages count more the higher they stand' },
  inPrompt: { name: 'In the prompt', says: 'Share of the right places that the model would be given' },
  refusedWrong: { name: 'Refused wrongly', says: 'Answered by the documents, and refused. Less is better' },
  refusedRight: { name: 'Refused rightly', says: 'Not answered by the documents, and refused' },
};

/** `Structure, 208 tokens, overlap 0; words and meaning; 2 passages: the passages` */
export function trialText(settings: TrialSettings): string {
  const { strategy, passageTokens, overlapTokens, search, promptPassages, promptText } = settings;
  return (
    `${strategyText[strategy]}, ${passageTokens} tokens, overlap ${overlapTokens}; ${searchText[search].toLowerCase()}; ` +
    `${count(promptPassages, 'passage')}: ${promptTextText[promptText].toLowerCase()}`
  );
}

/** `.714` */
export function share(value: number): string {
  return value.toFixed(3).replace(/^(-?)0/, '$1');
}

/** `+.042`, `−.042`, `.000` */
export function signed(value: number): string {
  const text = share(Math.abs(value));
  return Number(value.toFixed(3)) === 0 ? text : `${value > 0 ? '+' : '−'}${text}`;
}

/** `.042`, `< .001` */
export function chanceText(p: number): string {
  return p < 0.001 ? '< .001' : share(p);
}

/** Below it a difference is said to be more than chance. */
export const significant = 0.05;

/** `B is better`, `A is better`, or that nothing can be said. */
export function verdict({ measure, difference, p }: Figure): string {
  if (difference === 0) return 'The same';
  if (p >= significant) return 'Could be chance';
  return difference > 0 === (measure !== 'refusedWrong') ? 'B is better' : 'A is better';
}

/** What became of one question: `first right passage: 2nd`, `not found`, `refused`. */
export function outcome({ recall, mrr, inPrompt, refused }: Row): string {
  if (recall === null) return refused ? 'refused, rightly' : 'not refused';
  const rank = mrr ? `found in place ${Math.round(1 / mrr)}` : 'not among the first ten';
  const given = inPrompt === 1 ? 'in the prompt' : inPrompt ? 'partly in the prompt' : 'not in the prompt';
  return `${rank}, ${given}${refused ? ', refused' : ''}`;
}
