/** Blocks of LaTeX source: headings, paragraphs, items, rows of tables, code and comments. */
import type { Block } from '../document.ts';
import { linesOf, trimmedSpan } from './lines.ts';
import { tidyTitle } from './reading.ts';
import { argument, texWords } from './tex-words.ts';

const LEVELS: Record<string, number> = {
  part: 1,
  chapter: 1,
  section: 2,
  subsection: 3,
  subsubsection: 4,
  paragraph: 5,
  subparagraph: 6,
  frametitle: 3,
};
const HEADING = new RegExp(`^[ \\t]*\\\\(${Object.keys(LEVELS).join('|')})\\*?\\s*(?:\\[[^\\]]*\\]\\s*)?\\{`);
const VERBATIM = /^\s*\\begin\{(verbatim\*?|Verbatim|lstlisting|minted|alltt|comment|filecontents\*?)\}/;
const TABLE = /\\begin\{(?:tabular[xy]?\*?|longtable|tabu|array)\}/;
const TABLE_END = /\\end\{(?:tabular[xy]?\*?|longtable|tabu|array)\}/;

/** A line of nothing but rules belongs to the row above it. */
const RULES = /^\s*(?:\\(?:hline|cline|cmidrule|toprule|midrule|bottomrule)(?:\([lr]*\))?(?:\{[^}]*\})?\s*)+$/;

type Kind = 'paragraph' | 'item' | 'quote' | 'code';

export function texBlocks(text: string): { blocks: Block[]; labels: string[] } {
  const blocks: Block[] = [];
  const labels: string[] = [];
  const preambleEnd = /^[^%\n]*\\begin\{document\}/m.exec(text)?.index ?? -1;
  let open: { start: number; end: number; kind: Kind } | null = null;
  let verbatim = '';
  let quotes = 0;
  /** The header of the table under way; null outside tables. */
  let header: string | null = null;
  const flush = (): void => {
    const span = open && trimmedSpan(text, open.start, open.end);
    if (open && span) blocks.push({ kind: open.kind, ...span });
    open = null;
  };
  const add = (start: number, end: number, kind: Kind): void => {
    if (open !== null && open.kind !== kind) flush();
    open = open === null ? { start, end, kind } : { ...open, end };
  };
  let resume = 0;
  for (const line of linesOf(text)) {
    const { start, end } = line;
    if (end <= resume) continue;
    if (verbatim !== '') {
      add(start, end, 'code');
      if (line.text.includes(`\\end{${verbatim}}`)) {
        verbatim = '';
        flush();
      }
      continue;
    }
    if (line.text.trim() === '') {
      flush();
      continue;
    }
    if (/^\s*%/.test(line.text) || start < preambleEnd) {
      add(start, end, 'code');
      continue;
    }
    const found = HEADING.exec(line.text);
    const heading = found && argument(text, start + found[0].length - 1);
    if (found && heading) {
      flush();
      blocks.push({
        kind: 'heading',
        level: LEVELS[found[1] ?? ''] ?? 2,
        start: start + line.text.search(/\S/),
        end: heading.end,
      });
      labels.push(tidyTitle(texWords(heading.value)));
      const label = /^[ \t]*\\label\{[^}\n]*\}/.exec(text.slice(heading.end, heading.end + 200))?.[0].length ?? 0;
      const rest = trimmedSpan(text, heading.end + label, Math.max(end, heading.end + label));
      const last = blocks.at(-1)!;
      if (label > 0) blocks[blocks.length - 1] = { ...last, end: heading.end + label };
      if (rest) add(rest.start, rest.end, 'paragraph');
      resume = Math.max(end, heading.end + label);
      continue;
    }
    const code = VERBATIM.exec(line.text);
    if (code) {
      flush();
      verbatim = code[1] ?? '';
      add(start, end, 'code');
      if (line.text.includes(`\\end{${verbatim}}`)) verbatim = '';
      continue;
    }
    if (/\\begin\{(?:quote|quotation|verse)\}/.test(line.text)) {
      flush();
      quotes++;
    }
    if (header !== null && /&|\\\\/.test(line.text)) {
      flush();
      const span = trimmedSpan(text, start, end);
      const cells = texWords(
        line.text
          .replace(/\\(?:[hc]line|toprule|midrule|bottomrule)\b(?:\{[^}]*\})?/g, '')
          .replace(/(^|[^\\])&/g, '$1 | '),
      );
      if (span) blocks.push({ kind: 'row', header, ...span });
      if (header === '') header = cells;
      if (TABLE_END.test(line.text)) header = null;
      continue;
    }
    const row = blocks.at(-1);
    if (header !== null && open === null && row?.kind === 'row' && RULES.test(line.text)) {
      blocks[blocks.length - 1] = { ...row, end: start + line.text.trimEnd().length };
      continue;
    }
    if (/^\s*\\item\b/.test(line.text)) flush();
    if (TABLE.test(line.text) && !TABLE_END.test(line.text)) header = '';
    const current = open as { kind: Kind } | null;
    const kind = /^\s*\\item\b/.test(line.text)
      ? 'item'
      : quotes > 0
        ? 'quote'
        : current?.kind === 'item'
          ? 'item'
          : 'paragraph';
    add(
      start,
      end,
      /^\s*\\end\{(?:itemize|enumerate|description)\}/.test(line.text) && current?.kind === 'item' ? 'item' : kind,
    );
    if (/\\end\{(?:itemize|enumerate|description)\}/.test(line.text)) flush();
    if (TABLE_END.test(line.text)) header = null;
    if (/\\end\{(?:quote|quotation|verse)\}/.test(line.text)) {
      quotes = Math.max(0, quotes - 1);
      flush();
    }
  }
  flush();
  return { blocks, labels };
}
