/**
 * Map, then combine: passages are read in groups, each gives its points, and the points are folded into one list, each
 * cited and checked like any sentence of an answer. The map step takes sentences word for word
 * (docs/conversation.md).
 */
import type { Answer, Source, Survey } from '../answer.ts';
import { checkedSentences } from '../cite/checked.ts';
import type { Passage } from '../document.ts';
import { cited } from '../generate/extractive.ts';
import { refusal } from '../prompt/format.ts';
import { rankSentences, type EmbedText } from '../retrieve/closest.ts';
import { centralSentences, wordShares } from './central.ts';
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
/** A sentence further from the question than this share of the closest is no point. */
const REACH = 0.6;
/** A sentence ends like one, or is a row whose cells are named: a heading says nothing. */
const IS_POINT = /[.!?;)”"]$|[:|] /;
/** Points of one group. */
const MOST_OF_GROUP = 4;

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
  return {
    text: refused ? `${refusal}.` : text,
    made: refused ? 'evidence' : 'extractive',
    madeBecause: 'The points are the documents’ own sentences; the model was not asked for them.',
    ...{ refused, sources, sentences: refused ? [] : checkedSentences(text, asked, sources), removedCitations: [] },
    ...{ stopped: signal.aborted, offered: null, survey: { ...survey, read } },
    trace: {
      ...{ corrections: [], candidates: [], evidence: 0, calibrated: false, threshold: 0 },
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
      const shares = wordShares(all);
      const each = Math.max(1, Math.min(MOST_OF_GROUP, Math.ceil(POINTS / Math.max(1, groups.length))));
      const steps = groups.map((group) => ({
        group,
        find: async () => plain(await centralSentences(group, shares, each, embedText)),
      }));
      return {
        ...{ steps, asked: request.name },
        survey: { kind: 'summarise', of: request.name, fitting: all.length, searched: all.length },
      };
    }
    case 'list': {
      const speaking = await stages.speakingOf(request.about, signal);
      return {
        ...{ steps: listSteps(request.about, '', speaking, embedText), asked: request.about },
        survey: { kind: 'list', of: request.about, fitting: speaking.passages.length, searched: speaking.searched },
      };
    }
    case 'compare': {
      const { sides, aspect } = request;
      const abouts = sides.map((side) => (aspect ? `${aspect} of ${side}` : side));
      const both = await Promise.all(abouts.map((about) => stages.speakingOf(about, signal)));
      const steps = both.flatMap((speaking, i) => listSteps(abouts[i]!, sides[i]!, speaking, embedText));
      const fitting = both.reduce((sum, { passages }) => sum + passages.length, 0);
      const of = `${sides[0]} and ${sides[1]}`;
      return { steps, asked: abouts.join(' '), survey: { kind: 'compare', of, fitting, searched: both[0]!.searched } };
    }
  }
}

/** The sentences of each group that come close, measured against the closest so far: the best passages come first. */
function listSteps(about: string, heading: string, { passages, vector }: Speaking, embed: EmbedText): Step[] {
  let closest = 0;
  return groupsOf(spread(passages, mostRead)).map((group) => ({
    group,
    async find() {
      const numbered = group.map(({ text, context }, i) => ({ number: i, text, context }));
      const ranked = await rankSentences(numbered, about, vector, embed);
      closest = Math.max(closest, ranked[0]?.score ?? 0);
      const near = ranked
        .filter(({ score, text }) => score >= REACH * closest && IS_POINT.test(text))
        .slice(0, MOST_OF_GROUP);
      return near
        .sort((a, b) => a.source - b.source || a.start - b.start)
        .map(({ text, source }) => ({ text, passage: group[source]!, heading }));
    },
  }));
}

const plain = (found: readonly { text: string; passage: Passage }[]): Found[] =>
  found.map((one) => ({ ...one, heading: '' }));

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
    const also = others.map((number) => `[${number}]`).join('');
    lines.push(
      `- ${cited({ text: point.text.replace(BULLET, ''), source: first! }).replace(`[${first}]`, `[${first}]${also}`)}`,
    );
  }
  return { text: lines.join('\n'), sources };
}

/** Null as soon as the signal is aborted. */
function stopped(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
