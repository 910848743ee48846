/** How strongly the candidates speak for an answer being in them: a logistic function of a few features. */
import type { Evidence, EvidenceFeatures } from '../answer.ts';
import type { QueryTerm } from '../index/interface.ts';
import { words } from '../index/words.ts';
import calibrated from './calibrated.json' with { type: 'json' };
import type { Ranked } from './rank.ts';

/** Fitted by `npm run calibrate`, which wrote calibrated.json; the numbers belong together. */
export interface Calibration {
  readonly constant: number;
  /** A coefficient for each feature that it uses. */
  readonly coefficients: Partial<Readonly<Record<keyof EvidenceFeatures, number>>>;
  /** Below it the model is not asked. */
  readonly threshold: number;
  /** From it on an extract is offered where the model refuses. */
  readonly strong: number;
}

/** Passages looked at, best first. */
const DEPTH = 4;

/**
 * What every word of the question counts for beside its idf. Where all passages are about one matter, its words stand in
 * nearly all of them: by idf alone only the words that none holds would count.
 */
const FLOOR = 1;

const BY_WORDS: Calibration = calibrated.words;
const BY_EMBEDDER: Readonly<Record<string, Calibration>> = calibrated.embedders;

/** `question`: its terms from `KeywordIndex.weigh`. `searched`: the number of passages. */
export function features(
  candidates: readonly Ranked[],
  question: readonly QueryTerm[],
  searched: number,
): EvidenceFeatures {
  const best = candidates.slice(0, DEPTH);
  const cosines = best.flatMap(({ cosine }) => cosine ?? []);
  const asked = question.flatMap(({ term, weight, content }) => (content ? [{ term, weight: FLOOR + weight }] : []));
  const total = asked.reduce((sum, { weight }) => sum + weight, 0);
  const shares = best.map(({ passage }) => {
    const held = new Set(words(`${passage.context}\n${passage.text}`));
    return asked.reduce((sum, { term, weight }) => sum + (held.has(term) ? weight : 0), 0) / total;
  });
  return {
    cosine: cosines.length > 0 ? Math.max(...cosines) : null,
    coverage: total > 0 ? Math.max(0, ...shares) : 0,
    standing: candidates[0]?.fused ?? 0,
    length: Math.log(1 + asked.length),
    size: Math.log(1 + searched),
  };
}

/**
 * @param embedder id of the model that made the vectors. One that no calibration is known for is judged by words
 * alone: what is a high cosine differs from model to model.
 */
export function evidence(from: EvidenceFeatures, embedder: string | null): Omit<Evidence, 'features'> {
  const known = from.cosine === null || embedder === null ? undefined : BY_EMBEDDER[embedder];
  const calibration = known ?? BY_WORDS;
  const { threshold, strong } = calibration;
  return { evidence: scoreBy(calibration, from), calibrated: known !== undefined, threshold, strong };
}

/** The logistic function itself, in [0, 1]; a feature that is null counts 0. */
export function scoreBy(
  { constant, coefficients }: Pick<Calibration, 'constant' | 'coefficients'>,
  from: EvidenceFeatures,
): number {
  const sum = Object.entries(coefficients).reduce(
    (sofar, [name, coefficient]) => sofar + coefficient * (from[name as keyof EvidenceFeatures] ?? 0),
    constant,
  );
  return 1 / (1 + Math.exp(-sum));
}
