/** The shares of a score, of a passage's tokens or a question's terms, as bars and as a table. */
import type { ExplainedScore } from '../../pipeline/index/interface.ts';
import { barChart } from '../pictures/bar-chart.ts';
import { csv } from '../pictures/csv.ts';
import { drawingSvg } from '../pictures/drawing.ts';
import { scoreText, shareText } from './share-text.ts';
import type { SharedToken } from './shared-tokens.ts';

/** Bars of one column; with more a second and a third begin. */
const rows = 24;
const arithmetic = 'Shares are arithmetic, not causes.';

/** What stands over a picture: where the passage is, and the question. */
export interface ScoreOf {
  readonly place: string;
  readonly question: string;
}

/** @param of the passage and the question */
export function tokenSharesSvg({ place, question }: ScoreOf, tokens: readonly SharedToken[], cosine: number): string {
  const bars = tokens.map(
    ({ token, share }) =>
      ({
        ...{ label: token.text.trim() || '␣', value: share, text: shareText(share) },
        ink: share < 0 ? 'against' : 'towards',
      }) as const,
  );
  const description = [
    `${place}, for “${question}”.`,
    `Each token’s share of the cosine, in the order of the passage, down each column: ${tokens.length} shares that add up to ${scoreText(cosine)}.`,
    `To the right of the line: towards the question; to the left: away from it. ${arithmetic}`,
  ];
  const columns = Math.min(3, Math.ceil(bars.length / rows));
  return drawingSvg({ title: 'Shares of the cosine by token', description }, barChart(bars, 840, columns));
}

export function tokenSharesCsv(tokens: readonly SharedToken[], cosine: number): string {
  return csv(
    ['number', 'token', 'stands_in', 'share', 'of_the_cosine'],
    tokens.map(({ token, where, share }, i) => [i + 1, token.text, where, share, cosine === 0 ? null : share / cosine]),
    8,
  );
}

export function termSharesSvg({ place, question }: ScoreOf, { terms, score }: ExplainedScore): string {
  const bars = terms.map(
    ({ term, share }) => ({ label: term, value: share, text: shareText(share), ink: 'towards' }) as const,
  );
  const description = [
    `${place}, for “${question}”.`,
    `Each term’s share of the keyword score (BM25+): ${terms.length} shares that add up to ${scoreText(score)}. ${arithmetic}`,
  ];
  return drawingSvg({ title: 'Shares of the keyword score by term', description }, barChart(bars, 700));
}

export function termSharesCsv({ terms, score }: ExplainedScore): string {
  return csv(
    ['term', 'in_text', 'in_context', 'passages_with_it', 'idf', 'weight', 'frequency_counts', 'share', 'of_the_score'],
    terms.map(({ term, inText, inContext, frequency, idf, weight, saturation, share }) => [
      ...[term, inText, inContext, frequency, idf, weight, saturation, share],
      score === 0 ? null : share / score,
    ]),
    8,
  );
}
