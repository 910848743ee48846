/** The built page in headless Chromium, used stage by stage: its own workers read, cut, embed and search. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, chromiumPath, ensureChromium } from '../chromium.ts';
import { build, DIST } from '../build.ts';
import { ROOT } from '../root.ts';
import { serve } from '../serve.ts';
import type { Settings } from '../../src/library/state.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { passageInput, type ChunkSettings } from '../../src/pipeline/chunk/chunk.ts';
import type { Document, Passage } from '../../src/pipeline/document.ts';
import { textBlocks } from '../../src/pipeline/read/text.ts';
import type { Found } from '../../src/pipeline/answer.ts';
import type { SearchOptions } from '../../src/pipeline/retrieve/search.ts';
import type { Source } from './questions.ts';
import { VectorFile } from './vectors.ts';

declare const carrel: Library;

/** Texts embedded between two writes to disk. */
const BATCH = 64;

export interface EmbeddingModel {
  readonly id: string;
  readonly sha256: string;
  readonly dimensions: number;
}

/** The embedder that the page carries, and the SHA-256 of its weights. */
export async function shippedEmbedder(): Promise<EmbeddingModel> {
  const { models } = JSON.parse(await readFile(join(ROOT, 'public/models/manifest.json'), 'utf8')) as {
    models: { id: string; task: string; dimensions?: number; files: { path: string; sha256: string }[] }[];
  };
  const model = models.find(({ task }) => task === 'embedding');
  const weights = model?.files.find(({ path }) => path.endsWith('.onnx'));
  if (!model?.dimensions || !weights) throw new Error('The manifest names no embedder.');
  return { id: model.id, sha256: weights.sha256, dimensions: model.dimensions };
}

export class EvaluationDesk {
  private constructor(
    private readonly page: Page,
    private readonly vectors: VectorFile,
    private readonly end: () => Promise<void>,
  ) {}

  static async open(model: EmbeddingModel): Promise<EvaluationDesk> {
    await build();
    ensureChromium();
    const site = await serve({ root: DIST });
    const executablePath = chromiumPath();
    const browser = await chromium.launch({
      args: [...CHROMIUM_FLAGS],
      ...(executablePath ? { executablePath } : {}),
    });
    const page = await browser.newPage();
    await page.goto(site.address);
    // Its tokenizer counts the tokens of the passages.
    await page.waitForFunction(() => carrel.models.state === 'ready', null, { timeout: 300_000 });
    const vectors = new VectorFile(
      join(ROOT, '.cache/vectors', `${model.id}-${model.sha256.slice(0, 16)}.bin`),
      model.dimensions,
    );
    return new EvaluationDesk(page, vectors, async () => {
      await browser.close();
      await site.close();
    });
  }

  close(): Promise<void> {
    return this.end();
  }

  /** The page's settings as a new visitor has them. */
  settings(): Promise<Settings> {
    return this.page.evaluate(() => carrel.settings);
  }

  /** Reads, cuts, embeds and indexes one source; its passages. @throws what the reader throws */
  async add(source: Source, settings: ChunkSettings): Promise<readonly Passage[]> {
    const passages =
      'file' in source ? await this.read(source.path, source.file, settings) : await this.cut(source, settings);
    const missing = new Set(
      await this.page.evaluate(([path, all]) => carrel.engine.put(path, all), [source.path, passages] as const),
    );
    const without = [...new Map(passages.filter(({ id }) => missing.has(id)).map((one) => [one.id, one])).values()];
    for (let at = 0; at < without.length; at += BATCH) {
      const batch = without.slice(at, at + BATCH);
      const vectors = await this.embed('passage', batch.map(passageInput));
      await this.page.evaluate(
        async ([path, given]) => {
          for (const [id, vector] of given) await carrel.engine.addVector(path, id, new Float32Array(vector));
        },
        [source.path, batch.map(({ id }, i) => [id, [...vectors[i]!]] as const)] as const,
      );
    }
    return passages;
  }

  /** The search of the page. */
  async search(question: string, options: SearchOptions): Promise<Found> {
    const [vector] = await this.embed('question', [question]);
    return this.page.evaluate(
      ([asked, numbers, chosen]) =>
        carrel.engine.search(asked, new Float32Array(numbers), chosen, new AbortController().signal),
      [question, [...vector!], options] as const,
    );
  }

  private async read(path: string, file: string, settings: ChunkSettings): Promise<readonly Passage[]> {
    const base64 = (await readFile(file)).toString('base64');
    return this.page.evaluate(
      async ([name, content, sizes]) => {
        const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
        const { passages } = await carrel.engine.read({
          path: name,
          file: new File([bytes], name),
          help: {},
          settings: sizes,
          signal: new AbortController().signal,
          onStarted: () => undefined,
          onRecognised: () => undefined,
        });
        return passages;
      },
      [path, base64, settings] as const,
    );
  }

  private cut(
    source: { path: string; title: string; text: string },
    settings: ChunkSettings,
  ): Promise<readonly Passage[]> {
    const { path, title, text } = source;
    const document: Document = {
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
    return this.page.evaluate(([whole, sizes]) => carrel.engine.rechunk(whole, sizes, new AbortController().signal), [
      document,
      settings,
    ] as const);
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
