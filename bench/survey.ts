/**
 * Summaries, lists and comparisons by the documents' own sentences, as the page gives them, and by its model, which
 * writes a point for each passage: what they cover of the points known to be right, in headless Chromium:
 * `npm run bench -- survey [--set held] [--each 4] [--model] [--json FILE]`; `--each` takes
 * so many questions of each kind, the first.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { withBuiltPage } from '../scripts/built-page.ts';
import { openPage } from '../scripts/evaluate/desk.ts';
import { runAsMain } from '../scripts/main.ts';
import { interval, ratio, type Share } from '../src/lab/bootstrap.ts';
import type { Library } from '../src/library/library.svelte.ts';
import type { Answer } from '../src/pipeline/answer.ts';
import { checkedSentences } from '../src/pipeline/cite/checked.ts';
import { sentences } from '../src/pipeline/chunk/sentences.ts';
import { withoutCitations } from '../src/pipeline/cite/citations.ts';
import type { Passage } from '../src/pipeline/document.ts';
import { cited } from '../src/pipeline/generate/extractive.ts';
import { isRefusal } from '../src/pipeline/prompt/format.ts';
import { folded, type Found } from '../src/pipeline/survey/points.ts';
import { surveyRequest, type Named, type SurveyRequest } from '../src/pipeline/survey/request.ts';
import { writeReport } from './browser/report.ts';
import { judged, questionsOf, sets, unknown, type Judged, type Line, type Question } from './survey/points.ts';

declare const carrel: Library;

const kinds = ['summary', 'list', 'compare'] as const;
const ways = ['sentences', 'model'] as const;
type Way = (typeof ways)[number];

interface Result extends Judged {
  readonly id: string;
  readonly way: Way;
  readonly seconds: number;
  readonly lines: readonly string[];
}

/** Passages that are read under one heading; `side` where two are compared. */
interface Heading {
  readonly about: string;
  readonly side?: 0 | 1;
  readonly instruction: string;
  readonly passages: readonly Passage[];
}

runAsMain(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      set: { type: 'string', default: 'fitted' },
      each: { type: 'string', default: '' },
      model: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  const set = Object.entries(sets).find(([name]) => name === values.set)?.[1];
  if (!set) throw new Error(`There are the sets ${Object.keys(sets).join(' and ')}.`);
  const all = questionsOf(await readFile(set.questions, 'utf8'));
  const most = values.each ? Number(values.each) : Infinity;
  const questions = kinds.flatMap((kind) => all.filter(({ id }) => id.startsWith(kind)).slice(0, most));
  const results = await withBuiltPage(async ({ browser, address, machine }) => {
    console.log(`${questions.length} questions, on ${machine}`);
    const page = await openPage(browser, address);
    const documents = await addDocuments(page, set.documents);
    const texts = await page.evaluate(() =>
      carrel.entries.map(({ name, document }) => [name, document!.text] as const),
    );
    const wrong = unknown(questions, new Map(texts));
    if (wrong.length > 0) throw new Error(`These points do not stand in the documents: ${wrong.join('; ')}.`);
    const found: Result[] = [];
    const began = performance.now();
    for (const question of questions) {
      found.push(await bySentences(page, question));
      if (values.model) found.push(await byModel(page, question, documents));
      console.log(`${question.id}, ${((performance.now() - began) / 1000).toFixed(0)} s`);
    }
    return found;
  });
  for (const kind of kinds) {
    for (const way of ways) {
      const of = results.filter((result) => result.way === way && result.id.startsWith(kind));
      if (of.length > 0) console.log(figures(`${kind}, by ${way === 'model' ? 'the model' : 'sentences'}`, of));
    }
  }
  for (const { id, way, missed } of results)
    if (missed.length > 0) console.log(`${id}, ${way}: without ${missed.join('; ')}`);
  if (values.json) writeReport(values.json, 'survey', { results });
});

function figures(name: string, results: readonly Result[]): string {
  const shown = (shares: readonly Share[]) => {
    const range = interval(shares);
    return range ? `${ratio(shares).toFixed(2)} (${range.low.toFixed(2)} to ${range.high.toFixed(2)})` : 'none';
  };
  const of = (key: 'covered' | 'toThePoint' | 'supported') => shown(results.map((result) => result[key]));
  const lines = results.reduce((sum, result) => sum + result.lines.length, 0);
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  return (
    `${name}: ${results.length} questions, covers ${of('covered')}, to the point ${of('toThePoint')}, ` +
    `supported ${of('supported')}; ${lines} points, ${(seconds / results.length).toFixed(1)} s each`
  );
}

/** @returns the documents as they can be asked for */
async function addDocuments(page: Page, documents: readonly string[]): Promise<readonly Named[]> {
  const files = documents.map((path) => ({ name: basename(path), base64: readFileSync(path).toString('base64') }));
  return page.evaluate(async (given) => {
    const incoming = given.map(({ name, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      return { path: name, file: new File([bytes], name) };
    });
    await carrel.add(incoming);
    while (!carrel.entries.every(({ status }) => status.state === 'ready'))
      await new Promise((go) => setTimeout(go, 50));
    return carrel.entries.map(({ path, name, document }) => ({ path, name, title: document!.title }));
  }, files);
}

async function bySentences(page: Page, { id, question, points }: Question): Promise<Result> {
  const answer = await page.evaluate(async (asked) => {
    await carrel.ask(asked);
    return carrel.turns.at(-1)!.answer;
  }, question);
  if (!answer?.survey) throw new Error(`“${question}” was not answered by points.`);
  const lines = linesOf(answer.refused ? '' : answer.text, answer.sentences);
  const milliseconds = answer.trace.times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const texts = lines.map(({ text }) => text);
  return { id, way: 'sentences', seconds: milliseconds / 1000, lines: texts, ...judged(lines, points) };
}

/** The same passages; each is read alone, and what the model writes of it is a point. */
async function byModel(page: Page, { id, question, points }: Question, documents: readonly Named[]): Promise<Result> {
  const request = surveyRequest(question, documents, null);
  if (!request) throw new Error(`“${question}” asks for no points.`);
  const headings = await headingsOf(page, request);
  const passages: Passage[] = [];
  const parts: string[] = [];
  const began = performance.now();
  for (const { about, side, instruction, passages: given } of headings) {
    const found: Found[] = [];
    for (const [i, text] of (await written(page, given, instruction)).entries()) {
      if (text !== '' && !isRefusal(text)) found.push({ text, passage: given[i]!, heading: '' });
    }
    if (side !== undefined) parts.push(`${about}:`);
    for (const { text, passages: from } of folded([], found)) {
      const source = passages.push(from[0]!);
      const citing = sentences(text).map(({ start, end }) => cited({ text: text.slice(start, end), source }));
      parts.push(`- ${citing.join(' ')}`);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  const sources = passages.map((passage, i) => ({ number: i + 1, passage, documentName: passage.path, part: '' }));
  const text = parts.join('\n');
  const asked = headings.map(({ about }) => about).join(' ');
  const lines = linesOf(text, checkedSentences(text, asked, sources));
  return { id, way: 'model', seconds, lines: lines.map((line) => line.text), ...judged(lines, points) };
}

async function headingsOf(page: Page, request: SurveyRequest): Promise<readonly Heading[]> {
  if (request.kind === 'summarise') {
    const passages = await page.evaluate(
      (path) => carrel.entries.find((entry) => entry.path === path)!.passages,
      request.path,
    );
    return [{ about: request.name, instruction: 'What is the main point of this passage?', passages }];
  }
  if (request.kind === 'list') {
    const passages = await speaking(page, request.about);
    return [{ about: request.about, instruction: `List all the ${request.about}.`, passages }];
  }
  const { sides, aspect } = request;
  return Promise.all(
    sides.map(async (about, i): Promise<Heading> => {
      const whole = aspect ? `${aspect} of ${about}` : about;
      const instruction = `What does the passage say about ${whole}?`;
      return { about, side: i === 0 ? 0 : 1, instruction, passages: await speaking(page, whole) };
    }),
  );
}

function speaking(page: Page, about: string): Promise<readonly Passage[]> {
  return page.evaluate(async (text) => {
    const { shelf } = carrel.engine;
    const { vector } = await shelf.embedders.question(text);
    return (await shelf.speaking(text, vector, null, new AbortController().signal)).passages;
  }, about);
}

function written(page: Page, passages: readonly Passage[], instruction: string): Promise<string[]> {
  return page
    .evaluate(
      async ([given, asked]) => {
        const { signal } = new AbortController();
        const nothing = () => undefined;
        const model = await carrel.engine.model({ adapterScale: 1, reading: 'together' }, signal);
        const texts: string[] = [];
        for (const { context, text } of given) {
          const prompt = await model.prompt([{ number: 1, context, text }], asked);
          texts.push((await model.generate(prompt, signal, nothing, nothing)).text);
        }
        return texts;
      },
      [passages, instruction] as const,
    )
    .then((texts) => texts.map((text) => withoutCitations(text).replace(/\s+/g, ' ').trim()));
}

/** A point is supported if all its sentences are. */
function linesOf(text: string, sentences: Answer['sentences']): Line[] {
  const lines: Line[] = [];
  let heading = -1;
  let at = 0;
  for (const line of text.split('\n')) {
    const [start, end] = [at, at + line.length];
    at = end + 1;
    if (!line.startsWith('- ')) {
      if (line !== '') heading++;
      continue;
    }
    const own = sentences.filter((sentence) => sentence.start < end && start < sentence.end);
    const side = heading < 0 ? {} : { side: heading === 0 ? (0 as const) : (1 as const) };
    lines.push({ text: line.slice(2), ...side, supported: own.every(({ support }) => support.supported) });
  }
  return lines;
}
