/** How good the check of answers is: what it doubts of true sentences and of damaged ones, and what it offers instead. */
import { check } from '../../src/pipeline/cite/check.ts';
import { percentiles, ratio, type Share } from '../../src/lab/bootstrap.ts';
import type { LabelledRow } from './labelled/rows.ts';

/** A share with the interval in which it would lie by 95% had other questions been drawn. */
export interface Interval {
  /** Sentences. */
  readonly n: number;
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

export interface CheckReport {
  readonly rows: number;
  /** Yes and no left out. `precision`: of the doubted, were as many sentences damaged as true. */
  readonly precision: Interval;
  /** Share of the damaged sentences that are doubted; of the true ones, `doubted`. */
  readonly recall: Interval;
  readonly doubted: Interval;
  /** Share that is doubted: by damage (`true`: none), whole and by wording. */
  readonly kinds: readonly { readonly damage: string; readonly wording: string; readonly doubted: Interval }[];
  /** Of the doubted sentences that were moved to a wrong passage: whose own passage is offered, another, none. */
  readonly offers: { readonly own: Interval; readonly other: Interval; readonly none: Interval };
}

interface Judged extends LabelledRow {
  readonly doubted: boolean;
  readonly instead: number | null;
}

export function checkReport(rows: readonly LabelledRow[]): CheckReport {
  const judged = rows.map((row): Judged => {
    const sentences = check(row.answer, row.question, row.given);
    const doubt = sentences.find(({ why }) => why !== '');
    return { ...row, doubted: doubt !== undefined, instead: doubt?.instead ?? null };
  });
  const byQuestion = new Map<string, Judged[]>();
  for (const row of judged) byQuestion.set(row.id, [...(byQuestion.get(row.id) ?? []), row]);
  const tally = (counts: (row: Judged) => boolean, hit: (row: Judged) => boolean): Share[] =>
    [...byQuestion.values()].map((some) => {
      const counted = some.filter(counts);
      return { weight: counted.length, sum: counted.filter(hit).length };
    });
  const doubted = (counts: (row: Judged) => boolean): Share[] => tally(counts, (row) => row.doubted);
  const words = ({ wording }: Judged): boolean => wording !== 'yes or no';
  const wrong = doubted((row) => words(row) && row.damage !== null);
  const right = doubted((row) => words(row) && row.damage === null);
  const kinds = [...new Set(judged.map(({ damage }) => damage))].flatMap((damage) => {
    const of = judged.filter((row) => row.damage === damage);
    const wordings = [...new Set(of.map(({ wording }) => wording))].sort();
    const kind = (wording: string, counts: (row: Judged) => boolean) => ({
      ...{ damage: damage ?? 'true', wording },
      doubted: shareOf(doubted((row) => row.damage === damage && counts(row))),
    });
    return [
      // Of yes and no the words alone are judged: they stand apart.
      ...(of.some(words) ? [kind('all', words)] : []),
      ...wordings.map((wording) => kind(wording, (row) => row.wording === wording)),
    ];
  });
  const moved = (row: Judged): boolean =>
    row.doubted && words(row) && (row.damage?.startsWith('wrong passage') ?? false);
  const offered = (hit: (row: Judged) => boolean): Interval => shareOf(tally(moved, hit));
  return {
    rows: rows.length,
    precision: intervalOf([wrong, right], ([bad, good]) => ratio(bad!) / (ratio(bad!) + ratio(good!))),
    ...{ recall: shareOf(wrong), doubted: shareOf(right), kinds },
    offers: {
      own: offered(({ instead, golds }) => instead !== null && golds.includes(instead)),
      other: offered(({ instead, golds }) => instead !== null && !golds.includes(instead)),
      none: offered(({ instead }) => instead === null),
    },
  };
}

/** The share of hits over all questions. What comes of one question is drawn together. */
function shareOf(questions: readonly Share[]): Interval {
  return intervalOf([questions], ([all]) => ratio(all!));
}

/** A figure of the same questions, tallied in several ways; each question is drawn for all of them. */
function intervalOf(
  tallies: readonly (readonly Share[])[],
  figure: (drawn: readonly (readonly Share[])[]) => number,
): Interval {
  const drawn = percentiles(tallies[0]!.length, (places) =>
    figure(tallies.map((all) => Array.from(places, (place) => all[place]!))),
  );
  const share = figure(tallies);
  const n = tallies.flat().reduce((sum, { weight }) => sum + weight, 0);
  return { n, share: rounded(share), from: rounded(drawn?.low ?? share), to: rounded(drawn?.high ?? share) };
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

export function tellCheck({ rows, precision, recall, doubted, kinds, offers }: CheckReport): string[] {
  const line = (name: string, { n, share, from, to }: Interval): string =>
    `${name.padEnd(52)} ${String(n).padStart(5)}  ${share.toFixed(3)}  [${from.toFixed(3)}, ${to.toFixed(3)}]`;
  return [
    `${rows} sentences; share, and where it lies by 95% if other questions had been drawn`,
    line('precision, as many damaged as true', precision),
    line('recall of damage', recall),
    line('true sentences doubted', doubted),
    ...kinds.map((kind) => line(`doubted: ${kind.damage}, ${kind.wording}`, kind.doubted)),
    line('moved and doubted: its own passage is offered', offers.own),
    line('moved and doubted: another passage is offered', offers.other),
    line('moved and doubted: struck through', offers.none),
  ];
}
