/** Markdown (CommonMark and GFM, front matter allowed). The text stays the file itself; blocks and sections lie over it. */
import type { Definition, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Block, Span } from '../document.ts';
import { cover, sections } from './cover.ts';
import { frontMatter } from './front-matter.ts';
import { markdownHtml } from './markdown-html.ts';
import { pictureNotes, spanAt } from './markup.ts';
import { stemOf, tidyTitle } from './reading.ts';
import type { Content } from './reading.ts';
import { readText } from './text.ts';

/** Deeper than this the parser's time grows with the square of the depth. */
const MAX_DEPTH = 100;
const TOO_DEEP = new RegExp(
  `^(?:[ \\t]*(?:[>*+-]|\\d{1,9}[.)])){${MAX_DEPTH}}|^[ \\t]{${MAX_DEPTH * 4}}[ \\t]*[>*+-]`,
  'm',
);

/** Reads decoded markdown; falls back to plain text, and says so, where the markup cannot be followed. */
export function readMarkdown(path: string, text: string, notes: readonly string[]): Content {
  try {
    if (!TOO_DEEP.test(text)) return structured(path, text, notes);
  } catch (error) {
    // The tree's own walks recurse: a stack that overflows is a document too deep, not a fault of ours.
    if (!(error instanceof RangeError)) throw error;
  }
  return readText(path, text, [...notes, 'Its markup is nested too deeply to follow; it was read as plain text.']);
}

function structured(path: string, text: string, notes: readonly string[]): Content {
  const matter = frontMatter(text);
  const front = matter.source;
  const blocks: Block[] = [];
  const labels: string[] = [];
  const html: string[] = [];
  let pictures = 0;
  if (front !== '') {
    blocks.push({ kind: 'paragraph', start: 0, end: front.trimEnd().length });
    html.push(`<pre><code>${spanAt(front, 0)}</code></pre>`);
  }
  for (const { start, end } of pieces(text, front.length)) {
    const piece = text.slice(start, end);
    const tree = fromMarkdown(piece, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    const found = markdownBlocks(tree);
    for (const block of found.blocks) blocks.push({ ...block, start: block.start + start, end: block.end + start });
    labels.push(...found.labels.map(tidyTitle));
    const shown = markdownHtml(tree, piece, start);
    html.push(shown.html);
    pictures += shown.pictures;
  }
  const covered = cover(text, blocks);
  const title = tidyTitle(matter.title) || labels.find((label) => label !== '') || stemOf(path);
  return {
    title,
    author: matter.author,
    date: matter.date,
    text,
    blocks: covered,
    parts: sections(text, covered, labels, title),
    shown: { as: 'html', html: html.join('') },
    notes: [...notes, ...pictureNotes(pictures)],
  };
}

/** The parser's time grows with the square of the length: long files are parsed in pieces of about this many characters. */
const PIECE = 4000;

/** Pieces that end where no list, quote or code goes on: before text at the margin after a blank line. */
function* pieces(text: string, from: number): Generator<Span> {
  let start = from;
  let fence = '';
  let blank = false;
  for (let at = from; at < text.length;) {
    const found = text.indexOf('\n', at);
    const next = found === -1 ? text.length : found + 1;
    const line = text.slice(at, Math.min(next, at + 200));
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && blank && at - start >= PIECE && /^[\p{L}#]/u.test(line)) {
      yield { start, end: at };
      start = at;
    }
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence)) fence = '';
    blank = line.trim() === '';
    at = next;
  }
  if (start < text.length) yield { start, end: text.length };
}

/** Start and end offsets of a node; every node of a parsed tree has them. */
export function place(node: Nodes | Definition): { start: number; end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

/** The words of a node without its markup. */
export function plainText(node: Nodes): string {
  if (node.type === 'break') return ' ';
  if ('value' in node) return node.type === 'html' ? '' : node.value;
  if ('alt' in node) return node.alt ?? '';
  return 'children' in node ? node.children.map(plainText).join('') : '';
}

function markdownBlocks(tree: Root): { blocks: Block[]; labels: string[] } {
  const blocks: Block[] = [];
  const labels: string[] = [];
  const visit = (node: Nodes, kind: 'paragraph' | 'item' | 'quote'): void => {
    switch (node.type) {
      case 'root':
      case 'list':
      case 'footnoteDefinition':
        for (const child of node.children) visit(child, kind);
        break;
      case 'listItem':
        for (const child of node.children) visit(child, 'item');
        break;
      case 'blockquote':
        for (const child of node.children) visit(child, 'quote');
        break;
      case 'heading':
        blocks.push({ kind: 'heading', level: node.depth, ...place(node) });
        labels.push(plainText(node));
        break;
      case 'table': {
        const [first, ...rows] = node.children;
        if (!first) break;
        const header = first.children.map((cell) => plainText(cell).trim()).join(' | ');
        // The delimiter row has no words: it belongs to the header row.
        const end = rows[0] ? place(rows[0]).start : place(node).end;
        blocks.push({ kind: 'row', header: '', start: place(first).start, end: rows[0] ? place(first).end : end });
        for (const row of rows) blocks.push({ kind: 'row', header, ...place(row) });
        break;
      }
      case 'code':
        blocks.push({ kind: 'code', ...place(node) });
        break;
      default:
        blocks.push({ kind, ...place(node) });
    }
  };
  visit(tree, 'paragraph');
  return { blocks, labels };
}
