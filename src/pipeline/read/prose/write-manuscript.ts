/** Writes a manuscript: paragraphs, lists and tables in order, its footnotes behind them. */
import { sections } from '../cover.ts';
import { listFor } from '../list-nesting.ts';
import { pictureNotes, withoutNul } from '../markup.ts';
import { nameOf, noText, stemOf, tidyTitle } from '../reading.ts';
import type { Content } from '../reading.ts';
import type { Run } from '../slides/deck.ts';
import { Writer } from '../writer.ts';
import type { BlockStyle, Container } from '../writer.ts';
import { wordsIn } from './manuscript.ts';
import type { Manuscript, Note, Paragraph, Prose, ProseTable } from './manuscript.ts';
import { headedBy, isData } from './tables.ts';

/** Lists nested deeper than this add nothing for a reader. */
const MAX_LEVEL = 8;

/** @throws ReadError no-text */
export function writeManuscript(path: string, manuscript: Manuscript): Content {
  const pen = new Pen();
  pen.write(manuscript.body);
  for (const note of manuscript.footnotes) pen.write(marked(note));
  const writer = pen.writer;
  const html = writer.finish();
  if (writer.length === 0) throw noText(nameOf(path), 'there are no words in it, or only pictures of them.');
  const labels = writer.labels.map(tidyTitle);
  const title = tidyTitle(manuscript.title) || labels.find((label) => label !== '') || stemOf(path);
  const { text, blocks } = writer;
  return {
    title,
    author: manuscript.author,
    date: manuscript.date,
    text,
    blocks,
    parts: sections(text, blocks, labels, title),
    shown: { as: 'html', html },
    notes: [...manuscript.notes, ...pictureNotes(manuscript.pictures)],
    omitted: manuscript.omitted,
    inner: manuscript.inner,
  };
}

/** A note with its mark before its first words. */
function marked({ mark, content }: Note): Prose[] {
  const sign: Run = { text: `[${mark}] `, marks: [] };
  const [first, ...rest] = content;
  if (first?.kind !== 'paragraph')
    return [{ kind: 'paragraph', style: { kind: 'paragraph' }, runs: [sign] }, ...content];
  return [{ ...first, style: { kind: 'paragraph' }, runs: [sign, ...first.runs] }, ...rest];
}

class Pen {
  readonly writer = new Writer();
  #list: Container[] = [];
  #quote: Container | null = null;
  /** Lines of code that follow one another are one block. */
  #code: string[] = [];

  write(pieces: readonly Prose[]): void {
    for (const piece of pieces) this.#piece(piece);
    this.#endCode();
  }

  #piece(piece: Prose): void {
    const kind = piece.kind === 'table' ? 'table' : piece.style.kind;
    const isBlank = wordsIn([piece]) === '';
    if (kind === 'code' && piece.kind === 'paragraph') {
      this.#code.push(piece.runs.map(({ text }) => text).join(''));
      return;
    }
    if (isBlank) return;
    this.#endCode();
    if (kind !== 'item') this.#list = [];
    if (kind !== 'quote') this.#quote = null;
    if (piece.kind === 'table') this.#table(piece);
    else this.#paragraph(piece);
  }

  #paragraph({ style, runs }: Paragraph): void {
    if (style.kind === 'item') {
      this.#list = listFor(style, this.#list, MAX_LEVEL);
      this.#runs(runs, { kind: 'item' }, this.#list);
    } else if (style.kind === 'quote') {
      this.#quote ??= { tag: 'blockquote' };
      this.#runs(runs, { kind: 'quote' }, [this.#quote]);
    } else this.#runs(runs, style, []);
  }

  #runs(runs: readonly Run[], style: BlockStyle, inside: readonly Container[]): void {
    this.writer.end();
    for (const { text, marks } of runs)
      withoutNul(text)
        .split('\n')
        .forEach((line, i) => {
          if (i > 0) this.writer.lineBreak();
          this.writer.add(line, style, inside, marks);
        });
    this.writer.end();
  }

  #endCode(): void {
    const code = withoutNul(this.#code.join('\n'));
    this.#code = [];
    if (!/\S/.test(code)) return;
    this.#list = [];
    this.#quote = null;
    this.writer.preformatted(code, []);
  }

  /** A table of data by rows; one that lays out a page by its cells, one after the other. */
  #table(piece: ProseTable): void {
    if (!isData(piece)) {
      for (const { cells } of piece.rows)
        for (const cell of cells) {
          this.#list = [];
          this.write(cell);
        }
      return;
    }
    const rows = piece.rows.filter(({ cells }) => cells.some((cell) => wordsIn(cell) !== ''));
    const hasHeader = headedBy(rows);
    const table: Container = { tag: 'table' };
    const head: Container = { tag: 'thead' };
    const body: Container = { tag: 'tbody' };
    const header = hasHeader ? (rows[0]?.cells ?? []).map(wordsIn).join(' | ') : '';
    rows.forEach(({ cells }, i) => {
      const isHead = hasHeader && i === 0;
      this.writer.row(isHead ? '' : header, [table, isHead ? head : body]);
      for (const cell of cells) {
        this.writer.cell(isHead ? 'th' : 'td');
        this.#cell(cell);
      }
      this.writer.end();
    });
  }

  #cell(pieces: readonly Prose[]): void {
    for (const piece of pieces) {
      if (piece.kind === 'table') for (const { cells } of piece.rows) for (const cell of cells) this.#cell(cell);
      else
        for (const { text, marks } of piece.runs) this.writer.add(withoutNul(text), { kind: 'paragraph' }, [], marks);
      this.writer.space();
    }
  }
}
