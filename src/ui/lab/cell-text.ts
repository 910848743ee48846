/** What is told of one of the four cells. */
import type { CellMeasure, CellScore, Contrast } from '../../lab/cell-score.ts';
import type { Cell, CellAnswer } from '../../lab/four-cells.ts';
import type { PairedDifference } from '../../lab/paired.ts';
import { count } from '../wording.ts';
import { significant } from './trial-text.ts';

export const cellMeasureText: Readonly<Record<CellMeasure, { readonly name: string; readonly says: string }>> = {
  correct: { name: 'Correct', says: 'The words of a short right answer stand in it' },
  cited: { name: 'Cites the evidence', says: 'A citation leads to a passage with the right words' },
  inFormat: { name: 'In format', says: 'Each sentence cites a passage, or it refuses in the words it was taught' },
  refusedRight: { name: 'Refused rightly', says: 'Not answered by the documents, and refused' },
  refusedWrong: { name: 'Refused wrongly', says: 'Answered by the documents, and refused. Less is better' },
  madeUp: { name: 'Made up', says: 'A sentence is in no passage that was found. Less is better' },
};

/** Less of it is better. */
const bad: ReadonlySet<CellMeasure> = new Set(['refusedWrong', 'madeUp']);

export function cellName({ tuned, passages }: Cell): string {
  return `${tuned ? 'Fine-tuned model' : 'Base model'}, ${passages ? 'with passages' : 'alone'}`;
}

/** How many of its sentences are borne out and by what, and what the others lack. */
export function checksText({ passages }: Pick<Cell, 'passages'>, { refused, sentences }: CellAnswer): string {
  if (refused) return 'It refuses, so there is nothing to check.';
  if (sentences.length === 0) return 'It wrote no sentence.';
  if (passages) {
    const whys = sentences.flatMap(({ support }) => (support.supported ? [] : [support.why]));
    const [supported, cite] = [sentences.length - whys.length, sentences.length === 1 ? 'it cites' : 'they cite'];
    const said = `${supported} of ${count(sentences.length, 'sentence')} supported by what ${cite}.`;
    return [said, ...new Set(whys)].join(' ');
  }
  const borne = sentences.filter(({ support }) => !support.supported && support.instead).length;
  const stand = `${borne} of ${count(sentences.length, 'sentence')} borne out by the passages that it was not given`;
  return `It cites nothing, having no passage; ${stand}.`;
}

/** `[1], [3]`, those removed too. */
export function citationsText({ sentences, removedCitations }: CellAnswer): string {
  const cited = [...new Set(sentences.flatMap(({ citations }) => citations))].sort((a, b) => a - b);
  const marks = (numbers: readonly number[]) => numbers.map((number) => `[${number}]`).join(', ');
  const stand = cited.length > 0 ? marks(cited) : 'none';
  return removedCitations.length > 0 ? `${stand}; removed, as not given: ${marks(removedCitations)}` : stand;
}

/** What an adapter's share is called: `Base model`, `A quarter of the adapter`, `35% of the adapter`, `Fine-tuned model`. */
export function shareOfAdapter(scale: number): string {
  const named = new Map([
    [0, 'Base model'],
    [0.25, 'A quarter of the adapter'],
    [0.5, 'Half of the adapter'],
    [0.75, 'Three quarters of the adapter'],
    [1, 'Fine-tuned model'],
  ]);
  return named.get(scale) ?? `${Math.round(scale * 100)}% of the adapter`;
}

/** What an answer of the set is worth, in words: `correct, cites the evidence`. */
export function scoreText(score: CellScore): string {
  const { correct, cited, refusedRight, refusedWrong, inFormat, madeUp } = score;
  const said = [
    correct === null ? '' : correct ? 'correct' : 'not correct',
    cited ? 'cites the evidence' : '',
    refusedRight === 1 ? 'refused, rightly' : refusedRight === 0 ? 'to be refused, and answered' : '',
    refusedWrong ? 'refused, wrongly' : '',
    inFormat ? '' : 'not in format',
    madeUp ? 'partly or wholly made up' : '',
  ];
  const text = said.filter(Boolean).join(', ') || 'nothing to be counted';
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** `Passages, for the fine-tuned model` */
export function contrastText({ switched, other }: Contrast): string {
  if (switched === 'passages') return `Passages, for the ${other ? 'fine-tuned' : 'base'} model`;
  return `Fine-tuning, ${other ? 'with passages' : 'without passages'}`;
}

/** `Better`, `Worse`, or that nothing can be said. */
export function contrastVerdict(measure: CellMeasure, { difference, p }: PairedDifference): string {
  if (difference === 0) return 'The same';
  if (p >= significant) return 'Could be chance';
  return difference > 0 === !bad.has(measure) ? 'Better' : 'Worse';
}
