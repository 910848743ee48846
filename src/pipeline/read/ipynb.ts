/** Notebooks (.ipynb): cells in order with their outputs of text; each cell is a part. Nothing in them is run. */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { parseHTML } from 'linkedom';
import { gfm } from 'micromark-extension-gfm';
import { ReadError } from '../document.ts';
import type { Part } from '../document.ts';
import { walkHtml } from './html-walk.ts';
import { isoDate } from './iso-date.ts';
import { writeMarkdown } from './markdown-writer.ts';
import { pictureNotes } from './markup.ts';
import { readNotebook } from './notebook.ts';
import type { Cell, Output } from './notebook.ts';
import { nameOf, noText, stemOf, tidyTitle } from './reading.ts';
import type { Content } from './reading.ts';
import { Writer } from './writer.ts';
import type { Container } from './writer.ts';

/** Markdown nested deeper, or longer, than its parser takes in reasonable time is read as plain paragraphs. */
const TOO_DEEP = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){50}|^[ \t]{200}/m;
const TOO_LONG = 50_000;
/** Made once: thousands of cells are parsed with them. */
const SYNTAX = [gfm()];
const TREE = [gfmFromMarkdown()];

/** Reads a decoded notebook. @throws ReadError damaged, no-text */
export function readIpynb(path: string, text: string, notes: readonly string[]): Content {
  const notebook = readNotebook(text);
  if (notebook === null)
    throw new ReadError(
      'damaged',
      `“${nameOf(path)}” is not a whole notebook: its JSON is broken or has no cells. Save it again in Jupyter and add that.`,
    );
  const writer = new Writer();
  const parts: Part[] = [];
  let pictures = 0;
  let unread = 0;
  notebook.cells.forEach((cell, i) => {
    const section: Container = { tag: 'section', part: parts.length };
    const first = writer.blocks.length;
    pictures += writeCell(writer, cell, section);
    for (const output of cell.outputs) {
      const told = writeOutput(writer, output, section);
      pictures += told.pictures;
      unread += told.unread;
    }
    writer.end();
    const block = writer.blocks[first];
    if (block)
      parts.push({
        kind: 'cell',
        label: `cell ${i + 1}`,
        start: block.start,
        end: writer.blocks.at(-1)?.end ?? block.end,
      });
  });
  const html = writer.finish();
  if (writer.length === 0) throw noText(nameOf(path), 'all of its cells are empty.');
  const labels = writer.labels.map(tidyTitle);
  return {
    title: tidyTitle(notebook.title) || labels.find((label) => label !== '') || stemOf(path),
    author: notebook.author,
    date: isoDate(notebook.date),
    text: writer.text,
    blocks: writer.blocks,
    parts,
    shown: { as: 'html', html },
    notes: [
      ...notes,
      ...pictureNotes(pictures),
      ...(unread === 0
        ? []
        : [
            `${unread === 1 ? 'One output' : `${unread} outputs`} that only a program can show (widgets, charts) ${unread === 1 ? 'was' : 'were'} left out.`,
          ]),
    ],
  };
}

/** Writes a cell's own source; returns how many pictures it passed by. */
function writeCell(writer: Writer, { kind, source }: Cell, section: Container): number {
  if (kind !== 'markdown') {
    writer.preformatted(clean(source), [section]);
    return 0;
  }
  if (source.length > TOO_LONG || TOO_DEEP.test(source)) {
    writePlain(writer, source, section);
    return 0;
  }
  const tree = fromMarkdown(source, { extensions: SYNTAX, mdastExtensions: TREE });
  return writeMarkdown(tree, source, writer, [section]);
}

function writePlain(writer: Writer, source: string, section: Container): void {
  for (const paragraph of source.split(/\n\s*\n/)) {
    writer.add(paragraph, { kind: 'paragraph' }, [section], []);
    writer.end();
  }
}

function writeOutput(writer: Writer, output: Output, section: Container): { pictures: number; unread: number } {
  // A data frame's HTML has its table; other HTML is made for scripts.
  if (/<table[\s>]/i.test(output.html))
    return { pictures: writeHtml(writer, output.html, section) + output.pictures, unread: 0 };
  writer.preformatted(clean(output.text), [section]);
  return { pictures: output.pictures, unread: output.text === '' && output.pictures === 0 ? 1 : 0 };
}

function writeHtml(writer: Writer, html: string, section: Container): number {
  const { document } = parseHTML(`<!doctype html><html><head></head><body>${html}</body></html>`);
  return walkHtml(document, writer, new Set(), [section]).pictures;
}

/** Without the colours of a terminal, and with lines that were overwritten (progress bars) as they stood last. */
function clean(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex
      .replace(/\u001B\[[\d;?]*[A-Za-z]/g, '')
      .replace(/\r\n/g, '\n')
      .replace(/^.*\r(?=.)/gm, '')
      .replaceAll('\r', '')
      .replaceAll('\0', '\uFFFD')
  );
}
