/**
 * Labelled sentences for the check, made from the grounded rows: true ones with the passages that say them, and the
 * same ones damaged. What is true is decided by how a row is made, never by the check that it is to measure.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { randomFrom } from '../../../tests/support/random.ts';
import { sentences } from '../../../src/pipeline/chunk/sentences.ts';
import type { Evidence } from '../../../src/pipeline/cite/reading.ts';
import { jsonLines } from '../questions.ts';
import { titlesOf } from '../grounded.ts';
import * as damage from './damage.ts';

/** How a true sentence is worded: only what was asked for, the yes or no, the row's own sentence, or the passage's. */
export type Wording = 'span' | 'yes or no' | 'sentence' | 'lifted sentence';

export interface LabelledRow {
  /** Of the grounded row: what is made of one row is no independent observation. */
  readonly id: string;
  readonly question: string;
  readonly wording: Wording;
  /** An answer of one sentence with its citations, `2003 [2].` */
  readonly answer: string;
  /** Passages under their numbers, their titles as context. */
  readonly given: readonly Evidence[];
  /** Numbers of the passages that say the true sentence. */
  readonly golds: readonly number[];
  /** Null where the sentence is true. */
  readonly damage: damage.Damage | 'yes and no turned round' | null;
}

interface GroundedRow {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly passages: readonly string[];
  readonly gold: number;
  readonly answer: string | null;
  readonly type: 'span' | 'sentence' | 'none';
}

/** Questions of one source at the most, chosen by hash: the sources differ a hundredfold in size. */
const MOST_OF_A_SOURCE = { dev: 200, train: 100 };

/** @param part `train` for fitting, `dev` for judging: they share no title */
export async function labelledRows(folder: string, part: 'train' | 'dev'): Promise<readonly LabelledRow[]> {
  const read = async (name: string): Promise<unknown[]> =>
    jsonLines(gunzipSync(await readFile(join(folder, `${name}.jsonl.gz`))).toString('utf8'));
  const texts = new Map(
    ((await read('passages')) as { id: string; text: string }[]).map(({ id, text }) => [id, text] as const),
  );
  const rows = ((await read(part)) as GroundedRow[]).filter(({ answer, gold }) => answer !== null && gold > 0);
  const titles = titlesOf(rows);
  const evidenceOf = (id: string): Omit<Evidence, 'number'> => ({
    context: titles.get(id) ?? '',
    text: texts.get(id)!,
  });
  const chosen = ofEachSource(rows, MOST_OF_A_SOURCE[part]);
  return chosen.flatMap((row, i) => labelled(row, chosen[(i + 7) % chosen.length]!, evidenceOf));
}

function labelled(
  row: GroundedRow,
  stranger: GroundedRow,
  evidenceOf: (id: string) => Omit<Evidence, 'number'>,
): LabelledRow[] {
  const random = randomFrom(parseInt(sha256(row.id).slice(0, 8), 16));
  const { id, question, passages, gold } = row;
  const wrong = { same: passages.slice(gold), other: stranger.passages.slice(0, 1) };
  const strange = wrong.other.filter((one) => !passages.includes(one) && stranger.title !== row.title);
  const given = [...passages, ...strange].map((one, i) => ({ number: i + 1, ...evidenceOf(one) }));
  const golds = passages.slice(0, gold).map((_, i) => i + 1);
  const textsOf = (numbers: readonly number[]): string => numbers.map((n) => wholeOf(given[n - 1]!)).join('\n');
  const others = textsOf(wrong.same.map((_, i) => gold + 1 + i));
  const around = { cited: textsOf(golds), others, random };
  return truths(row, golds.map((n) => given[n - 1]!.text).join('\n')).flatMap(({ wording, text }): LabelledRow[] => {
    const made = (sentence: string, numbers: readonly number[], what: LabelledRow['damage']): LabelledRow => {
      return { question, id, wording, answer: cited(sentence, numbers), given, golds, damage: what };
    };
    const moved = (numbers: readonly number[], what: damage.Damage): LabelledRow[] => {
      // What the other passage says too is no damage; a yes or no may be true of any passage of the title.
      const fit = numbers.filter((n) => !damage.says(wholeOf(given[n - 1]!), text));
      const to = fit[Math.floor(random() * fit.length)];
      return to === undefined ? [] : [made(text, [to], what)];
    };
    const right = made(text, golds, null);
    const far = moved(
      strange.map((_, i) => passages.length + 1 + i),
      'wrong passage, other title',
    );
    if (wording === 'yes or no') {
      const turned = /^Yes/i.test(text) ? 'No' : 'Yes';
      return [right, made(turned, golds, 'yes and no turned round'), ...far];
    }
    const changes: readonly (readonly [damage.Damage, string | null])[] = [
      ['number changed', damage.changeNumber(text, around)],
      ['number of the same passage', damage.numberOfPassage(text, around)],
      ['unit changed', damage.changeUnit(text, around)],
      ['date changed', damage.changeDate(text, around)],
      ['name of another passage', damage.nameOfAnother(text, around)],
      ['name of the same passage', damage.nameOfPassage(text, around)],
      ['negation put in or out', damage.negate(text, around)],
    ];
    return [
      right,
      ...moved(
        wrong.same.map((_, i) => gold + 1 + i),
        'wrong passage, same title',
      ),
      ...far,
      ...changes.flatMap(([what, changed]) =>
        changed === null || damage.says(around.cited, changed) ? [] : [made(changed, golds, what)],
      ),
    ];
  });
}

/** The true sentences of a row: its answer, sentence by sentence, and for a span the sentence that it stands in. */
function truths({ answer, type }: GroundedRow, passage: string): { wording: Wording; text: string }[] {
  const text = answer!
    .replace(/\s+/g, ' ')
    .replace(/ ?\[\d+\]/g, '')
    .trim();
  if (/^(?:yes|no)$/i.test(text)) return [{ wording: 'yes or no', text }];
  if (type === 'sentence')
    return sentences(text).map(({ start, end }) => ({ wording: 'sentence', text: text.slice(start, end) }));
  const around = sentences(passage)
    .map(({ start, end }) => passage.slice(start, end).replace(/\s+/g, ' '))
    .find((sentence) => damage.says(sentence, text) && sentence.split(' ').length > text.split(' ').length + 3);
  return [{ wording: 'span', text }, ...(around ? [{ wording: 'lifted sentence' as const, text: around }] : [])];
}

const wholeOf = ({ context, text }: Evidence): string => `${context}\n${text}`;

function cited(sentence: string, numbers: readonly number[]): string {
  return `${sentence.replace(/[.\s]+$/, '')} ${numbers.map((n) => `[${n}]`).join('')}.`;
}

function ofEachSource(rows: readonly GroundedRow[], most: number): GroundedRow[] {
  const taken = new Map<string, number>();
  return rows
    .map((row) => ({ row, hash: sha256(row.id) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .flatMap(({ row }) => {
      const source = row.id.split('/')[0]!;
      const before = taken.get(source) ?? 0;
      taken.set(source, before + 1);
      return before < most ? [row] : [];
    });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
