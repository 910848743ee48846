/** Whether passages support a sentence, and the reason why not, as a sentence for the person. */
import { contentWords } from '../index/content-words.ts';
import { withoutCitations } from './citations.ts';
import { claimsOf, type Claims } from './claims.ts';
import { factsOf, quoteMissing } from './facts.ts';
import fitted from './fitted.json' with { type: 'json' };
import { together, type Reading } from './reading.ts';
import { fitOf, type Fit, type Signs } from './signs.ts';

export interface Verdict {
  /** In [0, 1]: how likely the passages say it, what may have been changed left aside; 0 where a fact is missing. */
  readonly chance: number;
  /** '' where it is supported. */
  readonly why: string;
}

/** A logistic function of some signs; below the threshold the sentence is doubted. */
export interface Weights {
  readonly constant: number;
  readonly coefficients: Partial<Readonly<Record<keyof Signs, number>>>;
  readonly threshold: number;
}

/** Fitted by `npm run evaluate -- --check DIR --fit`, which wrote fitted.json. */
export interface Fitted {
  /** Do the passages speak of it at all? */
  readonly said: Weights;
  /** Do they say it so, or is a name, a number or a "not" another one? */
  readonly unchanged: Weights;
}

/** Share of the question's content words that a passage must hold that a bare "Yes" or "No" cites. */
const questionNeeded = 0.6;

/** What is judged by: the sentence and question, the passages cited and all those given. */
export interface Case {
  readonly sentence: string;
  readonly question: string;
  /** Capitalised words of question and passages, by `namesOf`. */
  readonly names: ReadonlySet<string>;
  readonly cited: readonly Reading[];
  readonly given: readonly Reading[];
  /** How the cited passages are called: `source 1`. */
  readonly where: string;
}

export function verdictOn(one: Case, { said, unchanged }: Fitted = fitted): Verdict {
  const looked = lookedUp(one);
  if ('why' in looked) return looked;
  const chance = chanceOf(looked.signs, said);
  if (chance < said.threshold) return { chance, why: tooFew(looked, one.where) };
  if (chanceOf(looked.signs, unchanged) < unchanged.threshold)
    return { chance, why: changed(looked, looked.claims, one.where) };
  return { chance, why: '' };
}

/** The verdict where a fact decides it, else how well the passages fit. */
export function lookedUp({
  sentence,
  question,
  names,
  cited,
  given,
  where,
}: Case): Verdict | (Fit & { claims: Claims }) {
  const whole = together(cited);
  const claims = claimsOf(withoutCitations(sentence), names);
  const facts = factsOf(claims);
  const absent = facts.find((fact) => !fact.heldBy(whole));
  if (absent) return { chance: 0, why: absent.absent(whole, where) };
  const quote = quoteMissing(claims, whole);
  if (quote !== undefined) return { chance: 0, why: `The words “${quote}” do not stand in ${where}.` };
  if (claims.words.length + facts.length + claims.quotes.length > 0)
    return { ...fitOf(claims, facts, whole, given), claims };
  // "Yes" and "No" claim what the question says, or its contrary; which of both, words do not tell.
  const wanted = [...new Set(contentWords(question))];
  const found = wanted.filter((word) => whole.words.has(word)).length;
  const chance = wanted.length === 0 ? 1 : found / wanted.length;
  const why = `Only ${found} of the ${wanted.length} words that were asked about stand in ${where}.`;
  return { chance, why: chance < questionNeeded ? why : '' };
}

export function chanceOf(signs: Signs, { constant, coefficients }: Omit<Weights, 'threshold'>): number {
  const sum = Object.entries(coefficients).reduce(
    (sofar, [name, coefficient]) => sofar + coefficient * signs[name as keyof Signs],
    constant,
  );
  return 1 / (1 + Math.exp(-sum));
}

function tooFew({ found, of }: Fit, where: string): string {
  if (found < of) return `Only ${found} of its ${of} other words stand in ${where}.`;
  return `Its words stand in ${where}, but not together.`;
}

function changed({ signs, lacking, turnedWord }: Fit, { polarity }: Claims, where: string): string {
  if (turnedWord !== null && polarity.denied.has(turnedWord))
    return `It has a “not” or the like that ${where} does not have.`;
  if (turnedWord !== null) return `It lacks a “not” or the like that ${where} has.`;
  if (lacking && signs.elsewhere > 0)
    return `${lacking.said} stands in ${where}, but not where the rest of the sentence does.`;
  return `Its words stand in ${where}, but not together.`;
}
