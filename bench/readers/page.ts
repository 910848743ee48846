/** The built page in Chromium, without its models: reading needs none. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Library } from '../../src/library/library.svelte.ts';
import type { Document, Omitted } from '../../src/pipeline/document.ts';

declare const carrel: Library;

/** A document as it comes out of the page: of the files inside it the size alone. */
export type ReadDocument = Omit<Document, 'inner'> & { readonly inner: readonly { path: string; bytes: number }[] };

export interface InnerOutcome {
  readonly path: string;
  readonly text: string;
  readonly omitted: readonly Omitted[];
  /** '' when it was read. */
  readonly reason: string;
}

export type Outcome =
  | { readonly state: 'read'; readonly document: ReadDocument; readonly inner: readonly InnerOutcome[] }
  /** By a ReadError: a code and a sentence. */
  | { readonly state: 'refused'; readonly code: string; readonly reason: string }
  /** Its worker, the page, or the whole tab ended; or nothing came back in time. */
  | { readonly state: 'crashed' | 'hung'; readonly reason: string };

/** What a file took, in milliseconds, and what became of it. */
export type Timed = Outcome & { readonly milliseconds: number };

/** So many files inside a file are read in turn. */
const MOST_INNER = 50;
/** Milliseconds over the page's own budget before a file counts as hung. */
const PATIENCE = 30_000;
/** Milliseconds after which the page ends an idle reader, and a little more. */
const IDLE = 32_000;

export class ReadingPage {
  private page: Page | null = null;

  private constructor(
    private readonly context: BrowserContext,
    private readonly address: string,
  ) {}

  static async open(browser: Browser, address: string): Promise<ReadingPage> {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    // The page then knows at once that it has no models, and estimates tokens.
    await context.route('**/models/**', (route) => route.abort());
    return new ReadingPage(context, address);
  }

  /** Reads one file in the page's own reader, as a dropped file would be; a page that crashed is opened anew. */
  async read(file: string, path: string, bytes: number): Promise<Timed> {
    const page = await this.alive();
    const began = performance.now();
    const elapsed = () => performance.now() - began;
    let crashed: () => void = () => undefined;
    const crash = new Promise<Timed>((resolve) => {
      crashed = () => resolve({ state: 'crashed', reason: 'The tab crashed.', milliseconds: elapsed() });
    });
    page.once('crash', crashed);
    let late: NodeJS.Timeout | undefined;
    const hang = new Promise<Timed>((resolve) => {
      const most = 60_000 + bytes / 1000 + PATIENCE;
      late = setTimeout(() => resolve({ state: 'hung', reason: 'Nothing came back.', milliseconds: elapsed() }), most);
    });
    const done = this.inPage(page, file, path).catch((error: unknown): Timed => ({
      state: 'crashed',
      reason: String(error).slice(0, 300),
      milliseconds: elapsed(),
    }));
    const outcome = await Promise.race([done, crash, hang]);
    clearTimeout(late);
    page.off('crash', crashed);
    if (outcome.state === 'hung' || outcome.state === 'crashed') await this.abandon();
    return outcome;
  }

  /** Megabytes of the page's JavaScript after a collection, and the workers alive; after so long that idle ones end. */
  async atRest(wait: boolean): Promise<{ readonly megabytes: number; readonly workers: number }> {
    const page = await this.alive();
    if (wait) await page.waitForTimeout(IDLE);
    const session = await this.context.newCDPSession(page);
    await session.send('HeapProfiler.enable');
    await session.send('HeapProfiler.collectGarbage');
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    await session.detach();
    const used = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN;
    return { megabytes: used / 1e6, workers: page.workers().length };
  }

  private async inPage(page: Page, file: string, path: string): Promise<Timed> {
    await page.locator('#bench-file').setInputFiles(file);
    const json = await page.evaluate(
      async ({ path, most }) => {
        const given = document.querySelector<HTMLInputElement>('#bench-file')!.files![0]!;
        const { signal } = new AbortController();
        const nothing = Function.prototype as () => void;
        const alike = { help: {}, settings: carrel.settings, signal, onStarted: nothing, onRecognised: nothing };
        const began = performance.now();
        try {
          const { document: read, inner: insides } = await carrel.engine.read({ path, file: given, ...alike });
          const milliseconds = performance.now() - began;
          const inner: object[] = [];
          for (const one of insides.slice(0, most)) {
            const outcome = await carrel.engine
              .read({ path: one.path, file: new File([one.blob], one.path), ...alike })
              .then(
                ({ document: { text, omitted } }) => ({ text, omitted, reason: '' }),
                (error: unknown) => ({ text: '', omitted: [], reason: String(error) }),
              );
            inner.push({ path: one.path, ...outcome });
          }
          const sizes = insides.map(({ path, blob }) => ({ path, bytes: blob.size }));
          return JSON.stringify({ state: 'read', milliseconds, document: { ...read, inner: sizes }, inner });
        } catch (error) {
          const milliseconds = performance.now() - began;
          const { code, message } = error as Error & { code?: string };
          const state = code === undefined ? 'crashed' : 'refused';
          return JSON.stringify({ state, milliseconds, code: code ?? '', reason: message });
        }
      },
      { path, most: MOST_INNER },
    );
    return JSON.parse(json) as Timed;
  }

  private async alive(): Promise<Page> {
    if (this.page) return this.page;
    const page = await this.context.newPage();
    await page.goto(this.address);
    await page.waitForFunction(() => 'carrel' in globalThis && carrel.models.state === 'partly', null, {
      timeout: 60_000,
    });
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'bench-file';
      document.body.append(input);
    });
    this.page = page;
    return page;
  }

  private async abandon(): Promise<void> {
    const page = this.page;
    this.page = null;
    // A tab that hangs may never answer.
    await Promise.race([page?.close().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 5000))]);
  }
}
