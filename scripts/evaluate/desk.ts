/** The built page in headless Chromium, used stage by stage: its own workers read, cut, embed and search. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import type { Site } from '../built-page.ts';
import { ROOT } from '../root.ts';
import type { Settings } from '../../src/library/state.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { passageInput, type ChunkSettings } from '../../src/pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../../src/pipeline/document.ts';
import { textBlocks } from '../../src/pipeline/read/text.ts';
import type { Found } from '../../src/pipeline/answer.ts';
import type { SearchOptions } from '../../src/pipeline/retrieve/search.ts';
import type { Spelt } from '../../src/pipeline/retrieve/spell.ts';
import type { Source } from './questions.ts';
import { VectorFile } from './vectors.ts';

declare const carrel: Library;

/** Texts that are given to the page at a time. */
const BATCH = 64;

type Task = 'embedding' | 'generation';

export interface ShippedModel {
  readonly id: string;
  /** Of the weights. */
  readonly sha256: string;
  /** Of an embedder's vectors. */
  readonly dimensions: number;
}

/** The model that the page carries for a task. */
export async function shippedModel(task: Task): Promise<ShippedModel> {
  const { models } = JSON.parse(await readFile(join(ROOT, 'public/models/manifest.json'), 'utf8')) as {
    models: { id: string; task: string; dimensions?: number; files: { path: string; sha256: string }[] }[];
  };
  const model = models.find((one) => one.task === task);
  const weights = model?.files.find(({ path }) => path.endsWith('.onnx'));
  if (!model || !weights) throw new Error(`The manifest names no model for ${task}.`);
  return { id: model.id, sha256: weights.sha256, dimensions: model.dimensions ?? 0 };
}

/** Opens the page and waits for its models. */
export async function openPage(context: Pick<BrowserContext, 'newPage'>, address: string): Promise<Page> {
  const page = await context.newPage();
  // What runs in the page is compiled with this script, whose compiler names functions by a call of its own.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(address);
  await page.waitForFunction(() => carrel.models.state === 'ready', null, { timeout: 900_000 });
  return page;
}

type TextSource = Extract<Source, { text: string }>;

interface Read {
  readonly path: string;
  readonly text: string;
  readonly passages: readonly Passage[];
}

/** The text of a document and its passages, or the reader's sentence of why it cannot be read. */
export type Added = Read | { readonly path: string; readonly unread: string };

export class EvaluationDesk {
  private constructor(
    private readonly page: Page,
    private readonly vectors: VectorFile,
  ) {}

  /** @param kept folder of the vectors that earlier runs made */
  static async open({ browser, address }: Site, model: ShippedModel, kept: string): Promise<EvaluationDesk> {
    const page = await openPage(browser, address);
    const vectors = new VectorFile(join(kept, `${model.id}-${model.sha256.slice(0, 16)}.bin`), model.dimensions);
    return new EvaluationDesk(page, vectors);
  }

  close(): Promise<void> {
    return this.page.close();
  }

  /** The page's settings as a new visitor has them. */
  settings(): Promise<Settings> {
    return this.page.evaluate(() => carrel.settings);
  }

  /** Reads, cuts, embeds and indexes the sources; what came of each, in their order. */
  async add(sources: readonly Source[], settings: ChunkSettings): Promise<readonly Added[]> {
    const all: Added[] = [];
    for (let at = 0; at < sources.length; at += BATCH) {
      const added = await this.taken(sources.slice(at, at + BATCH), settings);
      await this.index(added.flatMap((one) => ('unread' in one ? [] : one)));
      all.push(...added);
    }
    return all;
  }

  async remove(paths: readonly string[]): Promise<void> {
    await this.page.evaluate((gone) => Promise.all(gone.map((path) => carrel.engine.remove(path))), paths);
  }

  /** Embeds questions beforehand: one by one they would keep one worker busy. */
  async prepare(questions: readonly string[]): Promise<void> {
    for (let at = 0; at < questions.length; at += BATCH) await this.embed('question', questions.slice(at, at + BATCH));
  }

  /** The search of the page, slips of the keyboard put right before it. */
  async search(question: string, options: SearchOptions): Promise<{ readonly asked: Spelt; readonly found: Found }> {
    const asked = await this.page.evaluate(
      (written) => carrel.engine.correct(written, new AbortController().signal),
      question,
    );
    const [vector] = await this.embed('question', [asked.text]);
    const found = await this.page.evaluate(
      ([text, numbers, chosen]) =>
        carrel.engine.search(text, new Float32Array(numbers), chosen, new AbortController().signal),
      [asked.text, [...vector!], options] as const,
    );
    return { asked, found };
  }

  private async taken(sources: readonly Source[], settings: ChunkSettings): Promise<readonly Added[]> {
    const texts = sources.filter((source) => 'text' in source);
    const passages = await this.cut(texts, settings);
    const byPath = new Map(texts.map(({ path }, i) => [path, passages[i]!]));
    const added: Added[] = [];
    for (const source of sources) {
      const { path } = source;
      if ('text' in source) added.push({ path, text: source.text, passages: byPath.get(path)! });
      else added.push(await this.read(path, source.file, settings));
    }
    return added;
  }

  private async index(added: readonly Read[]): Promise<void> {
    const missing = await this.page.evaluate(
      (all) => Promise.all(all.map(({ path, passages }) => carrel.engine.put(path, passages))),
      added,
    );
    const without = added.flatMap(({ path, passages }, i) => {
      const wanted = new Map(passages.map((passage) => [passage.id, passage]));
      return missing[i]!.map((id) => ({ path, id, input: passageInput(wanted.get(id)!) }));
    });
    for (let at = 0; at < without.length; at += BATCH) {
      const batch = without.slice(at, at + BATCH);
      const vectors = await this.embed(
        'passage',
        batch.map(({ input }) => input),
      );
      await this.page.evaluate(
        (given) =>
          Promise.all(given.map(({ path, id, vector }) => carrel.engine.addVector(path, id, new Float32Array(vector)))),
        batch.map(({ path, id }, i) => ({ path, id, vector: [...vectors[i]!] })),
      );
    }
  }

  private async read(path: string, file: string, settings: ChunkSettings): Promise<Added> {
    const base64 = (await readFile(file)).toString('base64');
    return this.page.evaluate(
      async ([name, content, sizes]) => {
        const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
        const reading = carrel.engine.read({
          path: name,
          file: new File([bytes], name),
          help: {},
          settings: sizes,
          signal: new AbortController().signal,
          onStarted: () => undefined,
          onRecognised: () => undefined,
        });
        return reading.then(
          ({ document, passages }) => ({ path: name, text: document.text, passages }),
          (error: unknown) => {
            if (error instanceof Error && error.name === 'ReadError') return { path: name, unread: error.message };
            throw error;
          },
        );
      },
      [path, base64, settings] as const,
    );
  }

  private cut(sources: readonly TextSource[], settings: ChunkSettings): Promise<readonly (readonly Passage[])[]> {
    return this.page.evaluate(
      ([whole, sizes]) =>
        Promise.all(whole.map((one) => carrel.engine.rechunk(one, sizes, new AbortController().signal))),
      [sources.map(documentOf), settings] as const,
    );
  }

  private async embed(kind: 'passage' | 'question', texts: readonly string[]): Promise<Float32Array[]> {
    const missing = [...new Set(texts.filter((text) => !this.vectors.get(kind, text)))];
    const made = await this.page.evaluate(
      ([what, given]) =>
        Promise.all(
          given.map(async (text) => {
            const { embedders } = carrel.engine;
            return [...(what === 'passage' ? await embedders.passage(text) : (await embedders.question(text)).vector)];
          }),
        ),
      [kind, missing] as const,
    );
    missing.forEach((text, i) => this.vectors.add(kind, text, new Float32Array(made[i]!)));
    return texts.map((text) => this.vectors.get(kind, text)!);
  }
}

function documentOf({ path, title, text }: TextSource): Document {
  return {
    path,
    name: path,
    kind: 'text',
    title,
    author: '',
    date: '',
    text,
    parts: [],
    blocks: textBlocks(text).blocks,
    shown: { as: 'text' },
    notes: [],
    omitted: [],
    inner: [],
  };
}
