/** What a question with its answers must be in an entry `turns.json`. */
import * as v from 'valibot';
import type { Answer, Candidate, Maker, Sentence, Source, Trace } from '../../pipeline/answer.ts';
import { readings } from '../../pipeline/generate/reading.ts';
import { isOther } from '../generators.ts';
import type { AskSettings, Attempt, OtherGenerator, Turn } from '../state.ts';
import { passage, spanShape, whole } from './document-shape.ts';

const text = v.string();
const number = v.pipe(v.number(), v.finite());
const flag = v.boolean();

const candidate = v.object({
  passage,
  keywordRank: v.nullable(whole),
  keywordScore: v.nullable(number),
  terms: v.array(v.object({ term: text, share: number })),
  vectorRank: v.nullable(whole),
  cosine: v.nullable(number),
  fused: number,
  fate: v.variant('kept', [
    v.object({ kept: v.literal(true), number: whole, note: v.optional(text) }),
    v.object({ kept: v.literal(false), why: text }),
  ]),
}) satisfies v.GenericSchema<unknown, Candidate>;

const source = v.object({ number: whole, passage, documentName: text, part: text }) satisfies v.GenericSchema<
  unknown,
  Source
>;

const sentence = v.object({
  ...spanShape,
  text,
  citations: v.array(whole),
  support: v.variant('supported', [
    v.object({ supported: v.literal(true), insteadOf: v.optional(v.array(whole)) }),
    v.object({ supported: v.literal(false), why: text, instead: v.optional(source) }),
  ]),
}) satisfies v.GenericSchema<unknown, Sentence>;

const made = v.union([
  v.picklist(['adapter', 'base', 'extractive', 'evidence']),
  v.object({ model: text, placed: whole }),
]) satisfies v.GenericSchema<unknown, Maker>;

const trace = v.object({
  question: text,
  evidence: number,
  calibrated: flag,
  threshold: number,
  features: v.object({ cosine: v.nullable(number), coverage: number, standing: number, length: number, size: number }),
  corrections: v.array(v.object({ from: text, to: text })),
  candidates: v.array(candidate),
  searched: v.object({ passages: whole, embedded: whole }),
  prompt: v.nullable(v.object({ text, ids: v.array(whole), readBefore: whole })),
  writtenIds: v.array(whole),
  times: v.array(
    v.object({
      stage: v.picklist(['embed', 'search', 'prompt', 'load', 'read', 'write', 'check']),
      milliseconds: number,
    }),
  ),
}) satisfies v.GenericSchema<unknown, Trace>;

const answer = v.object({
  text,
  made,
  madeBecause: text,
  refused: flag,
  sources: v.array(source),
  sentences: v.array(sentence),
  removedCitations: v.array(whole),
  stopped: flag,
  offered: v.nullable(v.object({ text, source: whole })),
  survey: v.optional(
    v.object({
      kind: v.picklist(['summarise', 'list', 'compare']),
      of: text,
      fitting: whole,
      read: whole,
      searched: whole,
    }),
  ),
  trace,
}) satisfies v.GenericSchema<unknown, Answer>;

/** The documents that it was limited to. */
const within = v.nullable(v.object({ paths: v.array(text), heading: text }));

const askSettings = v.object({
  generator: v.union([v.picklist(['adapter', 'base', 'off']), v.custom<OtherGenerator>(isOther)]),
  promptPassages: whole,
  promptText: v.picklist(['passages', 'surroundings']),
  reading: v.picklist(readings),
  search: v.picklist(['both', 'words', 'meaning']),
  within,
}) satisfies v.GenericSchema<unknown, AskSettings>;

const attempt = v.object({ answer, askedWith: askSettings, question: text }) satisfies v.GenericSchema<
  unknown,
  Attempt
>;

/** One that is being answered is not saved. */
export const carriedTurn = v.object({
  id: whole,
  question: text,
  phase: v.picklist(['done', 'failed']),
  streamed: text,
  answer: v.nullable(answer),
  error: text,
  changedSources: v.array(text),
  reading: v.null(),
  understood: text,
  from: v.nullable(whole),
  stale: flag,
  open: flag,
  asWritten: flag,
  within,
  wanted: v.nullable(askSettings),
  askedWith: v.nullable(askSettings),
  earlier: v.array(attempt),
}) satisfies v.GenericSchema<unknown, Turn>;

/** '' if what the page shows under one name is there once, and spans lie in their text; else what does not hold. */
export function turnFault({ answer: last, earlier }: Turn): string {
  const answers = [...(last ? [last] : []), ...earlier.map((one) => one.answer)];
  return answers.map(answerFault).find((fault) => fault !== '') ?? '';
}

function answerFault({ text: written, sources, sentences, offered, trace: { candidates } }: Answer): string {
  const numbers = new Set(sources.map((one) => one.number));
  if (numbers.size !== sources.length) return 'has two sources of one number';
  if (offered && !numbers.has(offered.source)) return 'offers a source that it does not have';
  if (sentences.some(({ start, end }) => start > end || end > written.length)) return 'has a sentence outside its text';
  const isTwice = candidates.some(({ terms }) => new Set(terms.map(({ term }) => term)).size !== terms.length);
  return isTwice ? 'counts a word twice' : '';
}

/** Numbered anew from 1, in their order: what a file calls them could stand in the way of those to come. */
export function renumbered(turns: readonly Turn[]): readonly Turn[] {
  const ids = new Map(turns.map(({ id }, i) => [id, i + 1]));
  return turns.map((turn, i) => {
    const from = turn.from === null ? undefined : ids.get(turn.from);
    return { ...turn, id: i + 1, from: from !== undefined && from <= i ? from : null };
  });
}
