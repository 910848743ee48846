/** A first pass over XML: how its elements are used, so that the second can tell inline elements from blocks. */
import { SaxesParser } from 'saxes';
import { BLOCKS, localName } from './xml-vocabulary.ts';

export interface Survey {
  /** Local name of the outermost element; '' if there is none. */
  readonly root: string;
  /** Names that stand beside text: inline elements. Without any the file is data, not prose. */
  readonly inline: ReadonlySet<string>;
  /** Names that hold other elements. */
  readonly parents: ReadonlySet<string>;
  /** Names that hold text of their own. */
  readonly worded: ReadonlySet<string>;
  /** The first thing that is not well-formed, as a sentence; null if nothing. */
  readonly fault: string | null;
}

interface Open {
  readonly name: string;
  /** Null before the first: most elements hold only text. */
  children: Set<string> | null;
  hasText: boolean;
}

/** Characters handed to the parser at once. */
export const SLICE = 1 << 16;

/** Nothing is fetched; entities of the file's own are never expanded. */
export function parseXml(text: string, parser: SaxesParser): void {
  for (let at = 0; at < text.length; at += SLICE) parser.write(text.slice(at, at + SLICE));
  parser.close();
}

export function surveyXml(text: string): Survey {
  const parser = new SaxesParser();
  const inline = new Set<string>();
  const parents = new Set<string>();
  const worded = new Set<string>();
  const stack: Open[] = [];
  let root = '';
  let fault: string | null = null;
  parser.on('error', ({ message }) => {
    if (fault !== null || /undefined entity/i.test(message)) return;
    const [, line, what = message] = /^(\d+):\d+: (.*)$/s.exec(message) ?? [];
    fault = `It is not well-formed XML${line === undefined ? '' : ` at line ${line}`} (${what.replace(/\.$/, '')}); it was read as far as its marks can be followed.`;
  });
  parser.on('opentag', (tag) => {
    const name = localName(tag.name);
    if (root === '') root = name;
    const up = stack.at(-1);
    if (up) {
      up.children ??= new Set();
      up.children.add(name);
      parents.add(up.name);
    }
    stack.push({ name, children: null, hasText: false });
  });
  const onText = (words: string): void => {
    const open = stack.at(-1);
    if (open && !open.hasText && /\S/.test(words)) open.hasText = true;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    const closed = stack.pop();
    if (!closed?.hasText) return;
    worded.add(closed.name);
    for (const child of closed.children ?? []) if (!BLOCKS.has(child)) inline.add(child);
  });
  parseXml(text, parser);
  return { root, inline, parents, worded, fault };
}
