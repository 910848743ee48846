/** What the glass box says of stages, runs and what differs between two of them. */
import { stageIds, type StageId, type StageSettings } from '../../../lab/stages.ts';
import type { GlassRun } from '../../../library/glass-box.ts';
import type { Source } from '../../../pipeline/answer.ts';
import { readingText } from '../../ask/asked-with.ts';
import { count, duration, makerText, placeText, strategyText } from '../../wording.ts';

export const stageName: Readonly<Record<StageId, string>> = {
  cut: 'Documents cut into passages',
  words: 'Index of words',
  vectors: 'Vectors of the passages',
  index: 'Index of vectors',
  question: 'Vector of the question',
  search: 'Search by words and by meaning',
  fuse: 'Two rankings made one',
  choose: 'Passages chosen',
  evidence: 'Evidence against the threshold',
  prompt: 'Prompt',
  read: 'Reading',
  write: 'Writing',
  check: 'Checking',
};

export const indexText: Readonly<Record<StageSettings['index'], string>> = {
  auto: 'By size',
  voy: 'voy, a k-d tree',
  flat: 'Flat scan',
};

export const fusionText: Readonly<Record<StageSettings['fusion'], string>> = {
  z: 'Scores by their spread',
  range: 'Scores from 0 to 1',
  rrf: 'Ranks alone (RRF)',
};

/** What a stage gave, in one line. */
export function summary(stage: StageId, { settings, stages }: GlassRun): string {
  switch (stage) {
    case 'cut': {
      const { entries, passages } = stages.cut.outcome;
      const { strategy, passageTokens, overlapTokens } = settings;
      const how = `${strategyText[strategy]}, at most ${passageTokens} tokens, overlap ${overlapTokens}`;
      return `${count(entries.length, 'document')}, ${count(passages.length, 'passage')}. ${how}.`;
    }
    case 'words':
      return `${count(stages.words.outcome.passages, 'passage')} can be searched by words.`;
    case 'vectors': {
      const { reused, made } = stages.vectors.outcome;
      if (reused + made === 0) return 'There is no embedder, so there are no vectors.';
      return `${count(made, 'vector')} made anew, ${reused.toLocaleString('en')} there already for the same words.`;
    }
    case 'index':
      return `${indexText[stages.index.outcome]}.`;
    case 'question': {
      const { outcome } = stages.question;
      return outcome ? `${count(outcome.length, 'number')} of length 1.` : 'There is no embedder: words alone count.';
    }
    case 'search': {
      const { hits } = stages.search.outcome;
      return `${count(hits.keyword.length, 'hit')} by words, ${hits.vector.length} by meaning.`;
    }
    case 'fuse':
      return `${count(stages.fuse.outcome.ordered.length, 'passage')} in one order.`;
    case 'choose': {
      const { candidates, sources, second } = stages.choose.outcome;
      const again = second === null ? '' : ' Searched once more: the question asks several things.';
      return `${sources.length} kept, ${candidates.length - sources.length} cut.${again}`;
    }
    case 'evidence': {
      const { evidence, threshold } = stages.evidence.outcome;
      const below = evidence < threshold ? 'below it: refused' : 'the model is asked';
      return `Evidence ${evidence.toFixed(2)}, threshold ${threshold.toFixed(2)}: ${below}.`;
    }
    case 'prompt': {
      const { prompt } = stages.check.outcome.trace;
      return prompt ? `${count(prompt.ids.length, 'token')}.` : 'No model is asked.';
    }
    case 'read': {
      const { outcome } = stages.read;
      if (!outcome) return 'Nothing is read.';
      const how = settings.generator === 'base' ? 'together' : settings.reading;
      return `${count(outcome.tokens, 'token')} before the question. ${readingText[how]}.`;
    }
    case 'write': {
      const { draft } = stages.write.outcome;
      return draft.prompt ? `${count(draft.ids.length, 'token')}.` : 'Nothing was written by a model.';
    }
    case 'check': {
      const { refused, sentences } = stages.check.outcome;
      if (refused) return 'A refusal: there is nothing to check.';
      const good = sentences.filter(({ support }) => support.supported).length;
      return `Supported by what is cited: ${good} of ${count(sentences.length, 'sentence')}.`;
    }
  }
}

/** The time of a stage, beside that of the first run where it ran again. */
export function timeText(stage: StageId, run: GlassRun, first: GlassRun): string {
  const now = duration(run.stages[stage].milliseconds);
  if (run === first) return now;
  if (!run.ran.has(stage)) return `kept: ${now}`;
  return `${now}; before: ${duration(first.stages[stage].milliseconds)}`;
}

export interface Difference {
  readonly came: readonly string[];
  readonly went: readonly string[];
  readonly sameText: boolean;
}

/** Passages by what they say: another cut has others, also where it begins and ends alike. */
export function difference(first: GlassRun, run: GlassRun): Difference {
  const [before, now] = [first, run].map(({ stages }) => stages.choose.outcome.sources);
  const without = (some: readonly Source[], others: readonly Source[]): string[] => {
    const there = new Set(others.map(({ passage }) => `${passage.path}\n${passage.text}`));
    return some.filter(({ passage }) => !there.has(`${passage.path}\n${passage.text}`)).map(sourceText);
  };
  return {
    came: without(now!, before!),
    went: without(before!, now!),
    sameText: first.stages.check.outcome.text === run.stages.check.outcome.text,
  };
}

/** `lease.pdf, page 4: “The deposit is…”` */
function sourceText({ documentName, part, passage }: Source): string {
  return `${placeText(documentName, part)}: “${passage.text.slice(0, 60).trim()}…”`;
}

/** What differs, as sentences. */
export function differenceText({ came, went, sameText }: Difference): string {
  const passages =
    came.length + went.length === 0
      ? 'The same passages were kept.'
      : [
          came.length > 0 ? `Came in: ${came.join('; ')}.` : '',
          went.length > 0 ? `Went out: ${went.join('; ')}.` : '',
        ].join(' ');
  return `${passages.trim()} ${sameText ? 'The text of the answer is the same.' : 'The text of the answer is another.'}`;
}

/** `The answer is the same.`, or what it says now. */
export function answerText(first: GlassRun, run: GlassRun): string {
  const { text } = run.stages.check.outcome;
  if (text === first.stages.check.outcome.text) return 'The answer is the same.';
  return `The answer now: “${text.length > 90 ? `${text.slice(0, 90).trim()}…` : text}”`;
}

export function madeText(run: GlassRun): string {
  return makerText(run.stages.check.outcome.made);
}

/** `5 of 13 stages would run: …` */
export function toRunText(stages: ReadonlySet<StageId>): string {
  if (stages.size === 0) return 'Nothing has been changed.';
  const names = stageIds.filter((id) => stages.has(id)).map((id) => stageName[id].toLowerCase());
  return `${stages.size} of ${stageIds.length} stages will run: ${names.join(', ')}.`;
}
