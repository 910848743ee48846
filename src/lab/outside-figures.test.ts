/** The lab's figures against those of trec_eval, scikit-learn and scipy (tests/fixtures/metrics/README.md). */
import { describe, expect, it } from 'vitest';
import cases from '../../tests/fixtures/metrics/cases.json' with { type: 'json' };
import figures from '../../tests/fixtures/metrics/figures.json' with { type: 'json' };
import { candidate } from '../../tests/support/candidate.ts';
import type { Found } from '../pipeline/answer.ts';
import { pairedDifference } from './paired.ts';
import { ndcg, reciprocalRank, rocArea } from './metrics.ts';
import { randomisationTest } from './randomisation.ts';
import { score } from './score.ts';

const cuts = [1, 3, 5, 10] as const;

interface Ranked {
  readonly id: string;
  readonly of: string;
  readonly gains: Readonly<Record<string, number>>;
  readonly ranking: readonly string[];
}
const ranked: readonly Ranked[] = cases.ranked as never;
const told: Readonly<Record<string, Readonly<Record<string, number>>>> = figures.ranked;
const full: Readonly<Record<string, Readonly<Record<string, number>>>> = figures.full_ndcg;

const gainsOf = ({ gains, ranking }: Ranked) => ranking.map((name) => gains[name] ?? 0);

/** At `k`, a ranking that is shorter filled up with what gains nothing. */
function ndcgAt(one: Ranked, k: number): number {
  const gains = [...gainsOf(one), ...Array<number>(k).fill(0)].slice(0, k);
  return ndcg(gains, Object.values(one.gains));
}

describe('rankings, as trec_eval has them', () => {
  for (const one of ranked)
    it(one.of, () => {
      const theirs = told[one.id]!;
      expect(reciprocalRank(gainsOf(one).map((gain) => gain > 0))).toBeCloseTo(theirs['recip_rank']!, 9);
      for (const k of cuts) expect(ndcgAt(one, k), `nDCG at ${k}`).toBeCloseTo(theirs[`ndcg_cut_${k}`]!, 9);
    });

  it('whole rankings, as scikit-learn has them', () => {
    expect(Object.keys(full)).toHaveLength(2);
    for (const [id, theirs] of Object.entries(full)) {
      const one = ranked.find((each) => each.id === id)!;
      for (const k of cuts) expect(ndcgAt(one, k)).toBeCloseTo(theirs[k]!, 9);
    }
  });

  it('the row of a question, which has six places', () => {
    for (const one of ranked)
      for (const k of cuts) {
        const passages = one.ranking.map((path) => ({
          ...{ id: path, path, start: 0, end: 1, context: '', text: 'x', tokens: 1 },
        }));
        const found = {
          ...{ candidates: passages.map((each) => candidate(each, null)), evidence: 1, threshold: 0 },
          features: { cosine: null, coverage: 1, standing: 1, length: 1, size: 1 },
        } as unknown as Found;
        const gains = new Map(Object.entries(one.gains).filter(([, gain]) => gain > 0));
        const row = score(
          { id: one.id, question: '?', wanted: { by: 'documents', gains } },
          ...([found, passages, passages, k] as const),
        );
        const theirs = told[one.id]!;
        expect(row.recall, `${one.id}, recall at ${k}`).toBeCloseTo(theirs[`recall_${k}`]!, 6);
        expect(row.ndcg).toBeCloseTo(theirs['ndcg_cut_10']!, 6);
        expect(row.mrr).toBeCloseTo(theirs['recip_rank']!, 6);
      }
  });
});

describe('the area under the ROC curve, as scikit-learn has it', () => {
  const areas: Readonly<Record<string, number>> = figures.roc_area;
  for (const { id, of, positives, negatives } of cases.roc)
    it(of, () => expect(rocArea(positives, negatives)).toBeCloseTo(areas[id]!, 9));
});

describe('paired differences, as scipy has them', () => {
  const pairs: Readonly<Record<string, (typeof figures.paired)['six']>> = figures.paired;
  for (const { id, of, a, b } of cases.paired)
    it(of, () => {
      const theirs = pairs[id]!;
      const differences = b.map((value, i) => value - a[i]!);
      const exact = differences.filter((one) => one !== 0).length <= 16;
      const p = randomisationTest(differences);
      if (exact) expect(p).toBeCloseTo(theirs.p, 9);
      // 20,000 draws put a share within three standard errors of it.
      else expect(Math.abs(p - theirs.p)).toBeLessThan(3 * Math.sqrt((theirs.p * (1 - theirs.p)) / 20_000));

      const ours = pairedDifference(a.map((value, i) => [value, b[i]!] as const))!;
      expect(ours.difference).toBeCloseTo(theirs.difference, 9);
      for (const end of ['low', 'high'] as const) {
        expect(ours[end]).toBeGreaterThanOrEqual(theirs[end][0]! - 1e-9);
        expect(ours[end]).toBeLessThanOrEqual(theirs[end][1]! + 1e-9);
      }
    });
});
