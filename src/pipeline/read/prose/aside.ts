/** What a reader of a word processor's document leaves out of the text as it goes, and the sentences on it. */
import type { Omitted } from '../../document.ts';

export class Aside {
  readonly #margins = new Set<string>();
  readonly #comments: string[] = [];
  readonly #deleted: string[] = [];
  readonly #descriptions: string[] = [];
  readonly #hidden: string[] = [];
  readonly #drawn: string[] = [];
  readonly #notes: string[] = [];
  pictures = 0;
  embedded = 0;

  /** A running header or footer. */
  margin(words: string): void {
    if (words.trim() !== '') this.#margins.add(words.trim());
  }

  comment(words: string): void {
    if (words.trim() !== '') this.#comments.push(words.trim());
  }

  /** Text deleted in a tracked change. */
  deleted(words: string): void {
    if (words.trim() !== '') this.#deleted.push(words.trim());
  }

  /** Text that the file tells programs not to show. */
  hidden(words: string): void {
    if (words.trim() !== '') this.#hidden.push(words.trim());
  }

  /** Words of a chart or a diagram. */
  drawn(words: string): void {
    if (words.trim() !== '') this.#drawn.push(words.trim());
  }

  /** What a picture shows, as the file says it for those who cannot see it. */
  description(words: string): void {
    if (words.trim() !== '') this.#descriptions.push(words.trim());
  }

  note(sentence: string): void {
    if (!this.#notes.includes(sentence)) this.#notes.push(sentence);
  }

  sentences(): string[] {
    const sentences: string[] = [];
    if (this.#margins.size > 0)
      sentences.push(
        `Its running headers and footers were left out: ${[...this.#margins].map((line) => `“${line}”`).join(', ')}.`,
      );
    const comments = this.#comments.length;
    if (comments > 0)
      sentences.push(comments === 1 ? 'One comment was left out.' : `${comments} comments were left out.`);
    if (this.#deleted.length > 0) sentences.push('Text that is marked as deleted in tracked changes was left out.');
    if (this.#hidden.length > 0) sentences.push('Hidden text was left out.');
    if (this.embedded > 0)
      sentences.push(
        this.embedded === 1 ? 'One embedded file was left out.' : `${this.embedded} embedded files were left out.`,
      );
    return [...sentences, ...this.#notes];
  }

  omitted(): Omitted[] {
    const all: readonly (readonly [string, readonly string[]])[] = [
      ['running headers and footers', [...this.#margins]],
      ['comments', this.#comments],
      ['deleted text', this.#deleted],
      ['hidden text', this.#hidden],
      ['charts and diagrams', this.#drawn],
      ['descriptions of pictures', this.#descriptions],
    ];
    return all.filter(([, texts]) => texts.length > 0).map(([what, texts]) => ({ what, text: texts.join('\n') }));
  }
}
