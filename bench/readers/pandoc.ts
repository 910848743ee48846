/** The words of pandoc's own tree of a document: without the rules, numbers and wrapped cells of its plain text. */
import { output } from './run.ts';

/** Pandoc's inline and block elements: a type, and mostly a content. */
interface Element {
  readonly t: string;
  readonly c?: unknown;
}

/** Formats as pandoc calls them. */
const READERS: Readonly<Record<string, string>> = {
  docx: 'docx',
  odt: 'odt',
  rtf: 'rtf',
  epub: 'epub',
  html: 'html',
  tex: 'latex',
  ipynb: 'ipynb',
};

/**
 * The text, with and without what stands for pictures, and of a docx also with its comments and struck out words: a
 * reader may do either. Null if pandoc cannot read the file.
 */
export async function byPandoc(file: string, format: string): Promise<readonly string[] | null> {
  const ways = format === 'docx' ? [[], ['--track-changes=all']] : [[]];
  const texts: string[] = [];
  for (const way of ways) {
    const json = await output('pandoc', ['--sandbox', ...way, '-f', READERS[format] ?? format, '-t', 'json', file]);
    if (!json) return null;
    const { blocks, meta } = JSON.parse(json.toString('utf8')) as { blocks: unknown; meta: unknown };
    // A paragraph in the style Title becomes metadata of a docx; what a web page calls itself is no text of it.
    const all = format === 'docx' ? [meta, blocks] : blocks;
    texts.push(words(all, true), words(all, false));
  }
  return [...new Set(texts)];
}

function words(node: unknown, pictures: boolean): string {
  const pieces: string[] = [];
  walk(node, pictures, pieces);
  return pieces.join('');
}

function walk(node: unknown, pictures: boolean, into: string[]): void {
  if (Array.isArray(node)) for (const one of node) walk(one, pictures, into);
  else if (isElement(node)) element(node, pictures, into);
  else if (typeof node === 'object' && node !== null) for (const one of Object.values(node)) walk(one, pictures, into);
}

function element({ t, c }: Element, pictures: boolean, into: string[]): void {
  const parts = Array.isArray(c) ? (c as unknown[]) : [];
  switch (t) {
    case 'Str':
    case 'MetaString':
      into.push(String(c));
      return;
    case 'Space':
    case 'SoftBreak':
    case 'LineBreak':
      into.push(' ');
      return;
    case 'Code':
    case 'Math':
    case 'CodeBlock':
      into.push(String(parts.at(-1)), t === 'CodeBlock' ? '\n' : '');
      return;
    case 'RawInline':
    case 'RawBlock':
      return;
    case 'Cite':
      return walk(parts[1], pictures, into);
    case 'Image':
      return pictures ? walk(parts[1], pictures, into) : undefined;
    case 'Note':
      into.push(' ');
      walk(c, pictures, into);
      return;
    case 'Para':
    case 'Plain':
    case 'Header':
    case 'LineBlock':
    case 'MetaInlines':
      walk(c, pictures, into);
      into.push('\n');
      return;
    default:
      walk(c, pictures, into);
  }
}

function isElement(node: unknown): node is Element {
  return typeof node === 'object' && node !== null && 't' in node && typeof node.t === 'string';
}
