/** What is told of a case that has been run: every figure in it is one that came out. */
import type { GalleryStep } from '../../../library/gallery.ts';
import type { AnswerCase, Arm, CutCase, GalleryCase, RankingCase } from '../../../lab/gallery/case.ts';
import {
  isWhole,
  placeOf,
  readOf,
  refuses,
  saidIn,
  succeeds,
  toldOf,
  type ArmRun,
  type Asking,
  type Verdict,
} from '../../../lab/gallery/run.ts';
import type { Candidate, Found } from '../../../pipeline/answer.ts';
import { count } from '../../wording.ts';
import { share } from '../trial-text.ts';

/** The score that orders the candidates of an arm, with its name: `a cosine of .487`. */
export function scoreText({ search = 'both' }: Arm, { cosine, keywordScore, fused }: Candidate): string {
  switch (search) {
    case 'meaning':
      return `a cosine of ${cosine === null ? '–' : share(cosine)}`;
    case 'words':
      return `a keyword score of ${(keywordScore ?? 0).toFixed(2)}`;
    case 'both':
      return `a fused score of ${share(fused)}`;
  }
}

/** In one sentence or two, what is seen of an arm. */
export function seen(one: GalleryCase, arm: Arm, run: ArmRun): string {
  switch (one.compares) {
    case 'ranking':
      return run.askings.map((asking) => [...unread(run), ranking(one, arm, asking)].join(' ')).join(' ');
    case 'cut':
      return run.askings.map((asking) => cut(one, run, asking)).join(' ');
    case 'answer':
      return answers(one, run);
  }
}

function unread({ unread: files }: ArmRun): string[] {
  return files.map(({ file, tokens }) => `The last ${count(tokens, 'token')} of ${file} were not read.`);
}

function ranking(one: RankingCase, arm: Arm, { found }: Asking): string {
  const [right] = one.right;
  const place = right ? placeOf(found, right) : null;
  const told = place === null ? 'The right passage is not found at all' : placeTold(found, place, arm);
  const beyond = one.wants === 'read' && place !== null ? `, and ${readTold(found, place)}` : '';
  const refused = refuses(found) ? ` ${refusalTold(found)}` : '';
  return `${told}${beyond}.${refused}`;
}

function placeTold({ candidates }: Found, place: number, arm: Arm): string {
  const [first, second] = candidates as readonly [Candidate, ...Candidate[]];
  const right = candidates[place - 1]!;
  if (place > 1)
    return `${first.passage.path} is 1st with ${scoreText(arm, first)}; the right passage is ${ordinal(place)} with ${scoreOnly(arm, right)}`;
  const next = second ? `; ${second.passage.path} is 2nd with ${scoreOnly(arm, second)}` : '';
  return `The right passage is 1st with ${scoreText(arm, right)}${next}`;
}

function readTold(found: Found, place: number): string {
  const { fate } = found.candidates[place - 1]!;
  const read = readOf(found).length;
  return fate.kept ? `is one of the ${read} that are read` : `is not among the ${read} that are read`;
}

function scoreOnly(arm: Arm, candidate: Candidate): string {
  return scoreText(arm, candidate).replace(/^.* /, '');
}

function refusalTold({ evidence, threshold }: Found): string {
  return `The evidence is ${share(evidence)}, below ${share(threshold)}: the page refuses.`;
}

function cut(one: CutCase, { passages }: ArmRun, { found }: Asking): string {
  const own = passages.filter(({ path }) => path === one.file);
  const numberOf = (holds: (passage: (typeof own)[number]) => boolean): number[] =>
    own.flatMap((passage, i) => (holds(passage) ? [i + 1] : []));
  const read = readOf(found).find((passage) => isWhole(passage, one));
  if (read) {
    const at = found.candidates.findIndex(({ passage }) => passage === read) + 1;
    return `One passage holds all of it. It is ${ordinal(at)} and is read.`;
  }
  const [whole] = numberOf((passage) => isWhole(passage, one));
  if (whole !== undefined) return `Passage ${whole} of ${own.length} holds all of it and is not read.`;
  const text = one.files.find(({ name }) => name === one.file)?.text ?? '';
  const where = one.together.map((piece) => {
    const holders = numberOf((passage) => toldOf(passage).includes(piece));
    if (holders.length > 0) return `“${piece}” stands in passage ${holders.join(' and ')}`;
    const start = text.indexOf(piece);
    const touched = numberOf((passage) => passage.start < start + piece.length && start < passage.end);
    return `“${piece}” is torn between passages ${touched.join(' and ')}`;
  });
  return `No passage holds all of it: ${where.join(', ')} (of ${own.length}).`;
}

function answers(one: AnswerCase, { askings }: ArmRun): string {
  const told = askings.map(({ of, found, answer }) => {
    const whose = of === null ? '' : `${of}: `;
    if (!answer?.refused) return `${whose || 'The answer is '}“${answer?.text ?? ''}”`;
    return `${whose}${refuses(found) ? refusalTold(found).replace(/\.$/, '') : 'The model refuses'}`;
  });
  const said = one.wants.by === 'words' ? missing(one.wants.said, askings) : '';
  return `${told.join('; ')}.${said}`.replace(/([.!?]”)\./, '$1');
}

/** Which of the words that belong there were not said. */
function missing(wanted: readonly string[], askings: readonly Asking[]): string {
  const texts = askings.flatMap(({ answer }) => (answer && !answer.refused ? answer.text : []));
  const absent = wanted.filter((words) => !texts.some((text) => saidIn(text, words)));
  return absent.length > 0 ? ` Nothing is said of ${absent.map((words) => `“${words}”`).join(' and ')}.` : '';
}

export function verdictText({ fails, helps }: Verdict): string {
  if (!fails) return 'With the models in use it does not fail as described. The figures are what came out.';
  return helps
    ? 'It fails as described, and the remedy helps.'
    : 'It fails as described, and with the models in use the remedy does not help.';
}

/** Whether an arm went as it should, in a word or two. */
export function outcome(one: GalleryCase, run: ArmRun): string {
  return succeeds(one, run) ? 'As it should be' : 'It fails';
}

export function stepText(one: GalleryCase, { arm, doing }: GalleryStep): string {
  if (doing === 'waiting') return 'Waiting for the models';
  if (doing === 'reading') return 'Reading the documents';
  const done = { embedding: 'Cutting and embedding', searching: 'Searching', writing: 'The model is writing' }[doing];
  return `${one.arms[arm].name}: ${done.toLowerCase()}`;
}

/** `1st`, `2nd`, `3rd`, `11th` */
export function ordinal(n: number): string {
  const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };
  return `${n}${endings[new Intl.PluralRules('en', { type: 'ordinal' }).select(n)] ?? 'th'}`;
}
