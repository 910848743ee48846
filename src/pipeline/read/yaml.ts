/** YAML: the text as it is; a block for each entry at the margin, for list items and between blank lines. */
import { isoDate } from './iso-date.ts';
import { codeBlock, lineParts, linesOf } from './lines.ts';
import type { Line, NamedBlock } from './lines.ts';
import { stemOf, tidyTitle } from './reading.ts';
import type { Content } from './reading.ts';

const KEY = /^(?:"([^"]+)"|'([^']+)'|([^\s#:'"[{\-?&*!|>%@`][^:#]*?)):(?:\s|$)/;
/** An entry of the outermost list, or of a list one level below a key. */
const ITEM = /^ {0,4}- /;
const SEPARATOR = /^(?:---|\.\.\.)(?:\s|$)/;
/** Entries shorter than this are gathered into one block. */
const ENOUGH = 200;

/**
 * Reads decoded YAML line by line. Nothing in it is evaluated: aliases, tags and merge keys stay words, so none can
 * multiply. A text block (`|`, `>`) stays with its key.
 */
export function readYaml(path: string, text: string, notes: readonly string[]): Content {
  const blocks = yamlBlocks(text);
  const top = (...keys: string[]): string => topValue(text, keys);
  return {
    title: tidyTitle(top('title', 'name')) || stemOf(path),
    author: top('author', 'authors', 'creator'),
    date: isoDate(top('date', 'published', 'created')),
    text,
    blocks: blocks.map(({ start, end }) => ({ kind: 'code', start, end })),
    parts: lineParts(text, blocks),
    shown: { as: 'code' },
    notes,
  };
}

function yamlBlocks(text: string): NamedBlock[] {
  const blocks: NamedBlock[] = [];
  let group: Line[] = [];
  let name: string | undefined;
  let size = 0;
  const flush = (): void => {
    const block = codeBlock(text, group, name);
    if (block) blocks.push(block);
    group = [];
    name = undefined;
    size = 0;
  };
  for (const line of linesOf(text)) {
    const key = KEY.exec(line.text);
    // Comments stay with the entry below them.
    const onlyComments = group.every(({ text: above }) => /^\s*(?:#|$)/.test(above) || SEPARATOR.test(above));
    const starts = key !== null || ITEM.test(line.text) || /^\s*#/.test(line.text) || line.text.trim() === '';
    if (SEPARATOR.test(line.text) || (starts && size >= ENOUGH && !onlyComments)) flush();
    group.push(line);
    size += line.text.length;
    if (key) name ??= key[1] ?? key[2] ?? key[3];
  }
  flush();
  return blocks;
}

/** The value of the first of these keys at the margin, when it is one line of words. */
function topValue(text: string, keys: readonly string[]): string {
  for (const key of keys) {
    const value = new RegExp(`^${key}:[ \\t]+(.+?)[ \\t\\r]*$`, 'm').exec(text)?.[1] ?? '';
    const words = value.replace(/\s#.*$/, '').replace(/^(["'])(.*)\1$/, '$2');
    if (/^[\p{L}\p{N}]/u.test(words)) return words;
  }
  return '';
}
