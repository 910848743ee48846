/** Fits the weights of the check to labelled sentences: those of the training part, never those that judge it. */
import { namesOf } from '../../src/pipeline/cite/claims.ts';
import { citationsIn } from '../../src/pipeline/cite/citations.ts';
import { readingOf, type Evidence, type Reading } from '../../src/pipeline/cite/reading.ts';
import type { Signs } from '../../src/pipeline/cite/signs.ts';
import { chanceOf, lookedUp, type Fitted, type Weights } from '../../src/pipeline/cite/verdict.ts';
import { fitLogistic } from '../calibrate/logistic.ts';
import type { LabelledRow } from './labelled/rows.ts';

/**
 * So many true sentences may be doubted, each wording weighing the same: because the passages do not seem to speak of
 * it, and in all. About as many as when only the words were counted (0.095).
 */
const MOST_DOUBTED = { said: 0.065, all: 0.092 };

const SAID = ['few', 'words', 'own', 'near', 'length', 'bare'] as const satisfies (keyof Signs)[];
const UNCHANGED = ['together', 'elsewhere', 'swapped', 'turned', 'length', 'bare'] as const satisfies (keyof Signs)[];

/** A sentence that no fact decides. */
interface Open {
  readonly row: LabelledRow;
  readonly signs: Signs;
}

export function fitCheck(rows: readonly LabelledRow[]): Fitted {
  const readings = new Map<string, Reading>();
  const read = (evidence: Evidence): Reading => {
    const key = `${evidence.context}\n${evidence.text}`;
    const known = readings.get(key) ?? readingOf(evidence);
    readings.set(key, known);
    return known;
  };
  const judged = rows.filter(({ wording }) => wording !== 'yes or no');
  const open = judged.flatMap((row): Open[] => {
    const cites = citationsIn(row.answer);
    const names = namesOf([row.question, ...row.given.map(({ context, text }) => `${context}\n${text}`)].join('\n'));
    const cited = row.given.filter(({ number }) => cites.includes(number)).map(read);
    const found = lookedUp({ sentence: row.answer, ...row, names, cited, given: row.given.map(read), where: '' });
    return 'signs' in found ? [{ row, signs: found.signs }] : [];
  });
  const right = judged.filter(isTrue);
  const sizes = sizesBy(right, ({ wording }) => wording);
  const sum = (some: readonly LabelledRow[]): number =>
    some.filter(isTrue).reduce((all, { wording }) => all + 1 / (sizes.size * sizes.get(wording)!), 0);
  /** Share of the true sentences that are doubted where only these are not. */
  const doubted = (kept: readonly Open[]): number => 1 - sum(kept.map(({ row }) => row));

  // Of the wrong passages those of the same title alone: they are the ones a search returns.
  const moved = open.filter(({ row }) => isTrue(row) || row.damage === 'wrong passage, same title');
  const said = threshold(weigh(moved, SAID), open, (kept) => doubted(kept) <= MOST_DOUBTED.said);
  const spoken = open.filter(({ signs }) => chanceOf(signs, said) >= said.threshold);
  const altered = spoken.filter(({ row }) => isTrue(row) || !row.damage!.startsWith('wrong passage'));
  const unchanged = threshold(weigh(altered, UNCHANGED), spoken, (kept) => doubted(kept) <= MOST_DOUBTED.all);
  return { said, unchanged };
}

const isTrue = ({ damage }: LabelledRow): boolean => damage === null;

/** True and damaged weigh alike; in both each wording, and each damage in it. */
function weigh(open: readonly Open[], names: readonly (keyof Signs)[]): Omit<Weights, 'threshold'> {
  const kindOf = ({ row }: Open): string => `${row.damage} ${row.wording}`;
  const sizes = sizesBy(open, kindOf);
  const kinds = (right: boolean): number => new Set(open.filter(({ row }) => isTrue(row) === right).map(kindOf)).size;
  const [trueKinds, damagedKinds] = [kinds(true), kinds(false)];
  const samples = open.map((one) => ({
    features: names.map((name) => one.signs[name]),
    positive: isTrue(one.row),
    weight: 1 / (sizes.get(kindOf(one))! * (isTrue(one.row) ? trueKinds : damagedKinds)),
  }));
  const [constant = 0, ...fitted] = fitLogistic(samples).map(hundredths);
  return { constant, coefficients: Object.fromEntries(names.map((name, i) => [name, fitted[i]!])) };
}

/** The highest threshold in hundredths with which so few true sentences are doubted. */
function threshold(
  weights: Omit<Weights, 'threshold'>,
  open: readonly Open[],
  fits: (kept: readonly Open[]) => boolean,
): Weights {
  const chances = open.map((one) => ({ one, chance: chanceOf(one.signs, weights) }));
  const steps = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
  const highest = steps.findLast((step) => fits(chances.filter(({ chance }) => chance >= step).map(({ one }) => one)));
  return { ...weights, threshold: highest ?? 0 };
}

function sizesBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, number> {
  const sizes = new Map<K, number>();
  for (const item of items) sizes.set(keyOf(item), (sizes.get(keyOf(item)) ?? 0) + 1);
  return sizes;
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
