/**
 * Map, then combine: passages are read in groups, each gives its points, and the points are folded into one list, each
 * cited and checked like any sentence of an answer. The map step takes sentences word for word
 * (docs/conversation.md).
 */
import type { Answer, Sentence, Source, Survey } from '../answer.ts';
import { sentences } from '../chunk/sentences.ts';
import { checkedSentences } from '../cite/checked.ts';
import type { Passage } from '../document.ts';
import { cited } from '../generate/extractive.ts';
import { refusal } from '../prompt/format.ts';
import type { EmbedText } from '../retrieve/closest.ts';
import { onlyWithin } from '../retrieve/within.ts';
import { centralSentences, WordShares } from './central.ts';
import { CloseSentences, type About, type Close } from './close.ts';
import { groupsOf, mostRead, spread } from './groups.ts';
import { folded, type Found, type Point } from './points.ts';
import type { SurveyRequest } from './request.ts';

/** Passages that speak of something, best first. */
export interface Speaking {
  readonly passages: readonly Passage[];
  /** Passages searched. */
  readonly searched: number;
  /** L2-normalised vector of what they were searched for; null without an embedder. */
  readonly vector: Float32Array | null;
}

/** Where the steps run. */
export interface SurveyStages {
  /** How many documents the question is limited to; undefined for all. */
  readonly documents?: number | undefined;
  /** All passages of a document, in order. */
  passagesOf(path: string): readonly Passage[];
  /** All passages whose own evidence is over the threshold, whatever document they stand in. */
  speakingOf(about: string, signal: AbortSignal): Promise<Speaking>;
  embedText: EmbedText;
  place(passage: Passage): { documentName: string; part: string };
}

export interface SurveyProgress {
  /** Passages read so far, of those that are to be read. */
  onRead?(done: number, total: number): void;
  /** The list so far. */
  onText?(text: string): void;
}

/** Points of a summary: a screen or two. */
const POINTS = 12;
/** Points of one passage: of a short document not every sentence is one. */
const MOST_OF_PASSAGE = 2;

interface Step {
  readonly group: readonly Passage[];
  find(): Promise<readonly Found[]>;
}

interface Plan {
  readonly steps: readonly Step[];
  readonly survey: Omit<Survey, 'read'>;
  readonly asked: string;
}

/** @throws the signal's reason when it is stopped before the first point; later it returns what came, `stopped`. */
export async function answerSurvey(
  request: SurveyRequest,
  stages: SurveyStages,
  signal: AbortSignal,
  progress: SurveyProgress = {},
): Promise<Answer> {
  const began = performance.now();
  const { steps, survey, asked } = await planned(request, stages, signal);
  const searched = performance.now();
  const total = steps.reduce((sum, { group }) => sum + group.length, 0);
  let points: readonly Point[] = [];
  let read = 0;
  for (const { group, find } of steps) {
    progress.onRead?.(read, total);
    // What is under way when it is stopped is not waited for.
    const found = await Promise.race([find(), stopped(signal)]);
    if (found === null) break;
    points = folded(points, found);
    read += group.length;
    progress.onText?.(written(points, stages).text);
  }
  if (points.length === 0) signal.throwIfAborted();
  const { text, sources } = written(points, stages);
  const times = [
    { stage: 'search', milliseconds: searched - began },
    { stage: 'read', milliseconds: performance.now() - searched },
  ] as const;
  const refused = points.length === 0;
  const { documents } = stages;
  const why = ['The points are the documents’ own sentences; the model was not asked for them.'];
  if (refused && documents !== undefined) why.push(onlyWithin(documents));
  return {
    text: refused ? `${refusal}.` : text,
    made: refused ? 'evidence' : 'extractive',
    madeBecause: why.join(' '),
    ...{ refused, sources, sentences: refused ? [] : checkedPoints(text, asked, sources), removedCitations: [] },
    ...{
      stopped: signal.aborted,
      offered: null,
      survey: { ...survey, read, ...(documents !== undefined && { documents }) },
    },
    trace: {
      ...{ question: asked, corrections: [], candidates: [], evidence: 0, calibrated: false, threshold: 0 },
      features: { cosine: null, coverage: 0, standing: 0, length: 0, size: 0 },
      ...{ searched: { passages: survey.searched, embedded: 0 }, prompt: null, writtenIds: [], times },
    },
  };
}

async function planned(request: SurveyRequest, stages: SurveyStages, signal: AbortSignal): Promise<Plan> {
  const { embedText } = stages;
  switch (request.kind) {
    case 'summarise': {
      const all = stages.passagesOf(request.path);
      const groups = groupsOf(spread(all, mostRead));
      const shares = new WordShares(all);
      const each = Math.ceil(POINTS / Math.max(1, groups.length));
      const steps = groups.map((group) => ({
        group,
        find: async () => {
          const most = Math.min(each, MOST_OF_PASSAGE * group.length);
          return under('', await centralSentences(group, shares, most, embedText));
        },
      }));
      return {
        ...{ steps, asked: request.name },
        survey: { kind: 'summarise', of: request.name, fitting: all.length, searched: all.length },
      };
    }
    case 'list': {
      const speaking = await stages.speakingOf(request.about, signal);
      return {
        steps: closeSteps(speaking, new CloseSentences(aboutOf(request.about, speaking), null, embedText), ''),
        asked: request.about,
        survey: { kind: 'list', of: request.about, fitting: speaking.passages.length, searched: speaking.searched },
      };
    }
    case 'compare': {
      const { sides, aspect } = request;
      const abouts = sides.map((side) => (aspect ? `${aspect} of ${side}` : side));
      const both = await Promise.all(abouts.map((about) => stages.speakingOf(about, signal)));
      const steps = both.flatMap((speaking, i) => {
        const close = new CloseSentences(aboutOf(abouts[i]!, speaking), abouts[1 - i]!, embedText);
        return closeSteps(speaking, close, sides[i]!);
      });
      const fitting = both.reduce((sum, { passages }) => sum + passages.length, 0);
      const of = `${sides[0]} and ${sides[1]}`;
      return { steps, asked: abouts.join(' '), survey: { kind: 'compare', of, fitting, searched: both[0]!.searched } };
    }
  }
}

const aboutOf = (text: string, { vector }: Speaking): About => ({ text, vector });

function closeSteps({ passages }: Speaking, close: CloseSentences, heading: string): Step[] {
  return groupsOf(spread(passages, mostRead)).map((group) => ({
    group,
    find: async () => under(heading, await close.of(group)),
  }));
}

const under = (heading: string, found: readonly Close[]): Found[] => found.map((one) => ({ ...one, heading }));

/** The list that a point was taken from has its own. */
const BULLET = /^[•·▪◦‣*–-]\s+/u;

/** The points as an answer's text, `- The rent is £3 [1].`, and its sources numbered as they come. */
function written(points: readonly Point[], stages: SurveyStages): { text: string; sources: readonly Source[] } {
  const sources: Source[] = [];
  const numberOf = (passage: Passage): number => {
    const known = sources.find((source) => source.passage === passage);
    if (known) return known.number;
    sources.push({ number: sources.length + 1, passage, ...stages.place(passage) });
    return sources.length;
  };
  const lines: string[] = [];
  let heading = '';
  for (const point of points) {
    if (point.heading !== heading) lines.push(`${(heading = point.heading)}:`);
    const [first, ...others] = point.passages.map(numberOf);
    const all = [first, ...others].map((number) => `[${number}]`).join('');
    const text = point.text.replace(BULLET, '');
    const citing = sentences(text).map(({ start, end }) => cited({ text: text.slice(start, end), source: first! }));
    lines.push(`- ${citing.join(' ').replaceAll(`[${first}]`, all)}`);
  }
  return { text: lines.join('\n'), sources };
}

/** A heading says nothing that could be supported. */
function checkedPoints(text: string, asked: string, sources: readonly Source[]): Sentence[] {
  return checkedSentences(text, asked, sources).filter(
    ({ start }) => text[text.lastIndexOf('\n', start - 1) + 1] === '-',
  );
}

/** Null as soon as the signal is aborted. */
function stopped(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
