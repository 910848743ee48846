/** The stages of an answer, bound to the workers of this page. */
import type { Candidate, Found, Stage } from '../pipeline/answer.ts';
import type { Passage } from '../pipeline/document.ts';
import type { ReadAs } from '../pipeline/generate/reading.ts';
import type { Stages, Writer } from '../pipeline/pipeline.ts';
import type { EmbedText } from '../pipeline/retrieve/closest.ts';
import { expandKept } from '../pipeline/retrieve/expand.ts';
import { foreignLanguage } from '../pipeline/retrieve/language.ts';
import type { Numbers } from '../pipeline/retrieve/numbering.ts';
import { isUnder, type Within } from '../pipeline/retrieve/within.ts';
import { embedPassage } from './indexing.ts';
import type { Shelf } from './shelf.ts';
import type { AskSettings, Entry, Phase, Settings } from './state.ts';

/** So many candidates without a vector are embedded before the question is answered. */
const embeddedOnDemand = 12;

/** Embedders that find passages in one language by a question in another. */
const manyLanguages = new Set(['multilingual-e5-small']);

export interface AskOptions {
  /** One for all of the answer: another embedder may come into use meanwhile. */
  readonly shelf: Shelf;
  /** False while the embedder is not here or cannot be had: the search goes by words alone. */
  readonly embedding: boolean;
  /** Id of the embedder in use. */
  readonly embedder: string;
  readonly writer: Writer;
  /** Passages for the prompt at the most. */
  readonly most: number;
  readonly promptText: Settings['promptText'];
  readonly searchBy: AskSettings['search'];
  readonly entries: readonly Entry[];
  /** The documents that are searched; null for all. */
  readonly within: Within | null;
  /** What passages are called already. */
  readonly numbers: Numbers;
  /** The question is longer than the embedder reads: so many of its tokens were left out. */
  onQuestionCut(leftOut: number): void;
}

export function askStages({
  shelf,
  embedding,
  embedder,
  writer,
  most,
  promptText,
  searchBy,
  entries,
  within,
  numbers,
  onQuestionCut,
}: AskOptions): Stages {
  return {
    writer,
    understand: async (question, signal) => {
      const embed = (text: string) => (embedding ? shelf.embedders.question(text, signal).catch(() => null) : null);
      // An embedder that fails must not cost the answer: words are searched all the same.
      const asWritten = { text: question, corrections: [] };
      const spelling = embedding ? shelf.correct(question, signal).catch(() => asWritten) : asWritten;
      const [first, { text, corrections }] = await Promise.all([embed(question), spelling]);
      const embedded = corrections.length > 0 ? await embed(text) : first;
      if (embedded && embedded.leftOut > 0) onQuestionCut(embedded.leftOut);
      return { text, corrections, vector: embedded?.vector ?? null, warning: languageWarning(question, embedder) };
    },
    embedText: embedTextBy(shelf, embedding),
    search: async (question, asked, signal) => {
      const vector = searchBy === 'words' ? null : asked;
      const options = { most, numbers, within, ...(searchBy === 'meaning' ? { vectorWeight: 1 } : {}) };
      let found = await shelf.search(question, vector, options, signal);
      if (vector && (await embedCandidates(shelf, found, signal)))
        found = await shelf.search(question, vector, options, signal);
      if (promptText === 'passages') return found;
      return { ...found, candidates: withSurroundings(found.candidates, entries, within) };
    },
    place: (passage) => placeOf(passage, entries),
  };
}

/** The stages up to what is found, for a question of the lab: nobody writes, and passages are numbered from 1. */
export function searchStages(
  where: Pick<AskOptions, 'shelf' | 'embedding' | 'embedder' | 'entries'>,
  { search, promptPassages, promptText }: Pick<AskSettings, 'search' | 'promptPassages' | 'promptText'>,
): Stages {
  return askStages({
    ...where,
    writer: { made: 'extractive', because: '' },
    most: promptPassages,
    promptText,
    searchBy: search,
    within: null,
    numbers: new Map(),
    onQuestionCut: () => undefined,
  });
}

/** The vector of a text before all passages that wait; null without an embedder, or where it fails. */
export function embedTextBy({ embedders }: Pick<Shelf, 'embedders'>, embedding: boolean): EmbedText {
  return async (text) => (embedding ? embedders.passage(text, { urgent: true }).catch(() => null) : null);
}

/** The base model is not trained to read passages apart from each other. */
export function readAsOf(generator: 'adapter' | 'base', { reading }: Pick<AskSettings, 'reading'>): ReadAs {
  return generator === 'adapter' ? { adapterScale: 1, reading } : { adapterScale: 0, reading: 'together' };
}

/** An embedder for English finds little by a question in another language. */
function languageWarning(question: string, embedder: string): string {
  const code = foreignLanguage(question);
  if (code === null || manyLanguages.has(embedder)) return '';
  const language = new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
  return (
    `The question seems to be in ${language}, and ${embedder} was made for English: it finds little else. Ask in ` +
    'English if the documents are, or add multilingual-e5-small: Settings, Other models.'
  );
}

/** The candidates, the kept ones with what stands around them as far as it may be searched. */
export function withSurroundings(
  candidates: readonly Candidate[],
  entries: readonly Entry[],
  within: Within | null,
): Candidate[] {
  const isMeant = (passage: Passage) => isUnder(passage, within?.heading ?? '');
  const surroundingsOf = (path: string) => {
    const entry = entries.find((one) => one.path === path);
    return entry?.document ? { passages: entry.passages, text: entry.document.text } : undefined;
  };
  return expandKept(candidates, surroundingsOf, isMeant);
}

/** While a collection is still being embedded, what words have found goes first. True if any vector was made. */
async function embedCandidates(shelf: Shelf, found: Found, signal: AbortSignal): Promise<boolean> {
  const bare = found.candidates.filter(({ cosine }) => cosine === null).slice(0, embeddedOnDemand);
  if (bare.length === 0) return false;
  await Promise.all(bare.map(({ passage }) => embedPassage(shelf, passage, { signal, urgent: true }))).catch(
    () => undefined,
  );
  return true;
}

export function placeOf(passage: Passage, entries: readonly Entry[]): { documentName: string; part: string } {
  const entry = entries.find(({ path }) => path === passage.path);
  const parts = entry?.document?.parts ?? [];
  // The innermost part is the last one that holds the start.
  const part = parts.findLast(({ start, end }) => start <= passage.start && passage.start < end);
  return { documentName: entry?.name ?? passage.path, part: part?.label ?? '' };
}

export function phaseOf(stage: Stage): Phase {
  switch (stage) {
    case 'embed':
    case 'search':
      return 'searching';
    case 'load':
    case 'prompt':
      return 'loading';
    case 'read':
      return 'reading';
    case 'write':
    case 'check':
      return 'writing';
  }
}
