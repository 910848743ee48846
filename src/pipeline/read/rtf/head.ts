/** Tables at the head of a Rich Text file: the code pages of fonts and what its paragraph styles mean. */
import { headingOf, styleNamed } from '../prose/style-names.ts';
import type { ProseStyle } from '../prose/manuscript.ts';
import { pageOfCharset } from '../prose/code-pages.ts';

export class Head {
  /** Code page of text in a font that names none. */
  page = 1252;
  defaultFont = 0;
  readonly #pages = new Map<number, number>();
  readonly #styles = new Map<number, ProseStyle>();
  #font = 0;
  #style: { number: number; outline: number | null } = { number: 0, outline: null };

  /** A control word of the head or of a table there. */
  word(name: string, value: number | null, table: 'fonts' | 'styles' | null): void {
    if (table === null) {
      if (name === 'ansicpg' && value !== null && value > 0) this.page = value;
      else if (name === 'mac') this.page = 10000;
      else if (name === 'pc') this.page = 437;
      else if (name === 'pca') this.page = 850;
      else if (name === 'deff') this.defaultFont = value ?? 0;
    } else if (table === 'fonts') {
      if (name === 'f') this.#font = value ?? 0;
      else if (name === 'fcharset') {
        const page = pageOfCharset(value ?? 1);
        if (page !== null) this.#pages.set(this.#font, page);
      } else if (name === 'cpg' && value !== null && value > 0) this.#pages.set(this.#font, value);
    } else if (name === 's') this.#style = { number: value ?? 0, outline: null };
    // Styles of characters, sections and tables have numbers of their own.
    else if (name === 'cs' || name === 'ds' || name === 'ts') this.#style = { number: -1, outline: null };
    else if (name === 'outlinelevel') this.#style.outline = value;
  }

  /** The name of the style whose group ends. */
  styleName(name: string): void {
    const { number, outline } = this.#style;
    const style = styleNamed(name.replace(/;\s*$/, '')) ?? (outline === null ? null : headingOf(outline + 1));
    if (number >= 0 && style !== null) this.#styles.set(number, style);
    this.#style = { number: 0, outline: null };
  }

  pageOf(font: number): number {
    return this.#pages.get(font) ?? this.page;
  }

  style(number: number): ProseStyle | null {
    return this.#styles.get(number) ?? null;
  }
}
