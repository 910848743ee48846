/** The page as a person uses it, by its accessible names. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Answer } from '../../../src/pipeline/answer.ts';
import type { Library } from '../../../src/library/library.svelte.ts';

declare const carrel: Library;

/** A file to drop: on disk, or made in the test. */
export type GivenFile = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

export const textFile = (name: string, text: string): GivenFile => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
});

export class Desk {
  constructor(readonly page: Page) {}

  get documents(): Locator {
    return this.page.getByRole('list', { name: 'Documents' });
  }

  document(name: string): Locator {
    return this.documents.getByRole('listitem').filter({ hasText: name });
  }

  get viewer(): Locator {
    return this.page.getByRole('region', { name: 'Document', exact: true });
  }

  get answers(): Locator {
    return this.page.getByRole('article', { name: 'Answer' });
  }

  /** Both models verified: answers come from the generator from now on. */
  async modelsReady(): Promise<void> {
    await this.page.waitForFunction(() => carrel.models.state === 'ready', null, { timeout: 120_000 });
  }

  async add(files: readonly GivenFile[]): Promise<void> {
    const given = files as Parameters<Locator['setInputFiles']>[0];
    await this.page.getByLabel('Add documents').first().setInputFiles(given);
  }

  /** Waits until nothing is being read or embedded. */
  async settled(timeout = 120_000): Promise<void> {
    await this.page.waitForFunction(
      () =>
        carrel.entries.length > 0 &&
        carrel.entries.every(({ status }) => ['ready', 'words-only', 'failed'].includes(status.state)),
      null,
      { timeout },
    );
  }

  /** Asks through the form and waits for the finished answer. */
  async ask(question: string, timeout = 90_000): Promise<Asked> {
    const before = await this.answers.count();
    await this.begin(question);
    const article = this.answers.nth(before);
    await expect(article).toHaveAttribute('aria-busy', 'false', { timeout });
    const answer = await this.page.evaluate(() => carrel.turns.at(-1)?.answer ?? null);
    return { article, answer };
  }

  async begin(question: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Question' }).fill(question);
    await this.page.getByRole('button', { name: 'Ask', exact: true }).click();
  }

  /** Passages embedded since the page opened. */
  calls(): Promise<number> {
    return this.page.evaluate(() => carrel.engine.embedders.calls);
  }

  clear(): Promise<void> {
    return this.page.evaluate(() => carrel.clear());
  }
}

export interface Asked {
  readonly article: Locator;
  readonly answer: Answer | null;
}

/** The words of a text as the design compares them: lower case, no citations, no punctuation, no articles. */
export function normalisedWords(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/\[\d+\]/g, ' ')
    .replace(/(?<=\d),(?=\d)/g, '')
    .replace(/[^\p{L}\p{N}.\s]|\.(?!\d)/gu, ' ')
    .split(/\s+/)
    .filter((word) => word && !['a', 'an', 'the'].includes(word));
}

/** The gold's words stand as a contiguous run in the answer; for yes and no the first word is equal. */
export function contains(answer: string, golds: readonly string[]): boolean {
  const words = normalisedWords(answer);
  return golds.some((gold) => {
    const wanted = normalisedWords(gold);
    if (/^(?:yes|no)$/i.test(gold)) return words[0] === wanted[0];
    return words.some((_, i) => wanted.every((word, j) => words[i + j] === word));
  });
}

export const oneSpace = (text: string): string => text.replace(/\s+/g, ' ').trim();
