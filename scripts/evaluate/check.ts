/** How good the check of answers is: what it doubts of true sentences and of damaged ones, and what it offers instead. */
import { check } from '../../src/pipeline/cite/check.ts';
import { intervalOf, ratio, shareOf, type Interval, type Tally } from './bootstrap.ts';
import type { LabelledRow } from './labelled/rows.ts';

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
  const tally = (counts: (row: Judged) => boolean, hit: (row: Judged) => boolean): Tally[] =>
    [...byQuestion.values()].map((some) => {
      const counted = some.filter(counts);
      return { n: counted.length, hits: counted.filter(hit).length };
    });
  const doubted = (counts: (row: Judged) => boolean): Tally[] => tally(counts, (row) => row.doubted);
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
    precision: intervalOf([wrong, right], ([bad, good]) => ratio(bad!) / (ratio(bad!) + ratio(good!)))!,
    ...{ recall: shareOf(wrong), doubted: shareOf(right), kinds },
    offers: {
      own: offered(({ instead, golds }) => instead !== null && golds.includes(instead)),
      other: offered(({ instead, golds }) => instead !== null && !golds.includes(instead)),
      none: offered(({ instead }) => instead === null),
    },
  };
}

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
