/** Writes Markdown's tree straight into a document's text, where that text is not the Markdown itself. */
import type { Nodes, Parents, Root, Table } from 'mdast';
import { safeAddress, withoutNul } from './markup.ts';
import { place, plainText } from './markdown.ts';
import { MAX_CELL, tidyCell } from './table.ts';
import { linkMark, MAX_DEPTH } from './writer.ts';
import type { BlockStyle, Container, Mark, Writer } from './writer.ts';

interface Context {
  readonly style: BlockStyle;
  readonly containers: readonly Container[];
  readonly marks: readonly Mark[];
  /** A cell is one line. */
  readonly inCell: boolean;
}

/** Writes the tree of `source` inside `within`; returns how many pictures were passed by. */
export function writeMarkdown(tree: Root, source: string, writer: Writer, within: readonly Container[]): number {
  const pen = new Pen(source, writer);
  pen.write(tree, { style: { kind: 'paragraph' }, containers: within, marks: [], inCell: false });
  writer.end();
  return pen.pictures;
}

class Pen {
  pictures = 0;
  readonly #addresses = new Map<string, string>();

  constructor(
    private readonly source: string,
    private readonly writer: Writer,
  ) {}

  write(tree: Root, context: Context): void {
    this.#define(tree);
    this.#children(tree, context);
  }

  #define(node: Nodes): void {
    if (node.type === 'definition' && !this.#addresses.has(node.identifier))
      this.#addresses.set(node.identifier, node.url);
    if ('children' in node) for (const child of node.children) this.#define(child);
  }

  #children(node: Parents, context: Context): void {
    for (const child of node.children) this.#node(child, context);
  }

  /** A block of its own: what was open before it ends, and so does it. */
  #block(node: Parents, context: Context): void {
    this.writer.end();
    this.#children(node, context);
    this.writer.end();
  }

  #node(node: Nodes, context: Context): void {
    switch (node.type) {
      case 'root':
      case 'delete':
      case 'tableRow':
      case 'tableCell':
        this.#children(node, context);
        break;
      case 'paragraph':
        this.#block(node, context);
        break;
      case 'heading':
        this.#block(node, { ...context, style: { kind: 'heading', level: node.depth } });
        break;
      case 'blockquote':
        this.#block(node, { ...inside(context, { tag: 'blockquote' }), style: { kind: 'quote' } });
        break;
      case 'list':
        this.#block(node, inside(context, { tag: node.ordered ? 'ol' : 'ul' }));
        break;
      case 'listItem':
        this.#block(node, { ...inside(context, { tag: 'li' }), style: { kind: 'item' } });
        break;
      case 'footnoteDefinition': {
        const quote: Context = { ...inside(context, { tag: 'blockquote' }), style: { kind: 'quote' } };
        this.writer.end();
        const { start } = place(node);
        this.#text(this.source.slice(start, start + node.identifier.length + 4), quote);
        this.#block(node, quote);
        break;
      }
      case 'definition':
        this.writer.end();
        this.#text(this.#asWritten(node), context);
        this.writer.end();
        break;
      case 'code':
        this.#preformatted(node.value, context);
        break;
      case 'html':
      case 'yaml':
        if (this.#asWritten(node).includes('\n')) this.#preformatted(this.#asWritten(node), context);
        else this.#text(this.#asWritten(node), marked(context, '<code>'));
        break;
      case 'thematicBreak':
        if (!context.inCell) this.writer.rule();
        break;
      case 'table':
        this.#table(node, context);
        break;
      default:
        this.#inline(node, context);
    }
  }

  #inline(node: Nodes, context: Context): void {
    switch (node.type) {
      case 'text':
        this.#text(node.value, context);
        break;
      case 'inlineCode':
        this.#text(node.value, marked(context, '<code>'));
        break;
      case 'emphasis':
        this.#children(node, marked(context, '<em>'));
        break;
      case 'strong':
        this.#children(node, marked(context, '<strong>'));
        break;
      case 'link':
        this.#children(node, linked(context, node.url));
        break;
      case 'linkReference':
        this.#children(node, linked(context, this.#addresses.get(node.identifier) ?? ''));
        break;
      case 'image':
      case 'imageReference':
        this.pictures++;
        this.#text(node.alt ?? '', context);
        break;
      case 'break':
        if (context.inCell) this.writer.space();
        else this.writer.lineBreak();
        break;
      default:
        this.#text(node.position === undefined ? plainText(node) : this.#asWritten(node), context);
    }
  }

  #asWritten(node: Nodes): string {
    return this.source.slice(node.position?.start.offset, node.position?.end.offset);
  }

  #text(words: string, { style, containers, marks }: Context): void {
    this.writer.add(withoutNul(words), style, containers, marks);
  }

  #preformatted(code: string, context: Context): void {
    if (context.inCell) this.#text(code, marked(context, '<code>'));
    else this.writer.preformatted(withoutNul(code), context.containers);
  }

  /** Rows under the first, which heads them; a table of one column, or with pages in its cells, is read as paragraphs. */
  #table({ children: rows }: Table, context: Context): void {
    const { writer } = this;
    const cells = rows.map((row) => row.children.map((cell) => tidyCell(plainText(cell))));
    const isData = rows.some((row) => row.children.length > 1) && !cells.flat().some((text) => text.length > MAX_CELL);
    if (!isData) {
      for (const row of rows) for (const cell of row.children) this.#block(cell, context);
      return;
    }
    const table: Container = { tag: 'table' };
    const parts = { head: { tag: 'thead' }, body: { tag: 'tbody' } } as const;
    const header = (cells[0] ?? []).join(' | ');
    writer.end();
    rows.forEach((row, i) => {
      if (cells[i]?.every((text) => text === '')) return;
      const isHead = i === 0;
      writer.row(isHead ? '' : header, [...context.containers, table, isHead ? parts.head : parts.body]);
      for (const cell of row.children) {
        writer.cell(isHead ? 'th' : 'td');
        this.#children(cell, { style: { kind: 'paragraph' }, containers: [], marks: [], inCell: true });
      }
      writer.end();
    });
  }
}

function inside(context: Context, container: Container): Context {
  if (context.containers.length >= MAX_DEPTH) return context;
  return { ...context, containers: [...context.containers, container] };
}

function marked(context: Context, mark: Mark): Context {
  return context.marks.includes(mark) ? context : { ...context, marks: [...context.marks, mark] };
}

function linked(context: Context, url: string): Context {
  const address = safeAddress(url);
  const isLinked = context.marks.some((mark) => mark.startsWith('<a'));
  return address === null || isLinked ? context : marked(context, linkMark(address));
}
