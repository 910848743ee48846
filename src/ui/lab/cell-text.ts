/** What is told of one of the four cells. */
import type { Cell, CellAnswer } from '../../lab/four-cells.ts';
import { count } from '../wording.ts';

export function cellName({ tuned, passages }: Cell): string {
  return `${tuned ? 'Fine-tuned model' : 'Base model'}, ${passages ? 'with passages' : 'alone'}`;
}

/** How many of its sentences are borne out and by what, and what the others lack. */
export function checksText({ passages }: Cell, { refused, sentences }: CellAnswer): string {
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
