/** Source code: the text as it is; blocks between blank lines and before declarations; parts named after both. */
import { codeBlock, lineParts, linesOf } from './lines.ts';
import type { Line, NamedBlock } from './lines.ts';
import { nameOf } from './reading.ts';
import type { Content } from './reading.ts';

/** Words before the name of what a line declares, in the common languages. */
const MODIFIERS =
  '(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|pub(?:\\([a-z]+\\))?|unsafe|' +
  'extern|inline|const|sealed|open|override|data|partial|virtual|declare)\\s+)*';
const KEYWORDS =
  'function\\*?|func|fn|fun|def|class|interface|struct|enum|trait|impl|type|module|namespace|package|object|record|' +
  'union|protocol|extension|sub|procedure|create\\s+(?:or\\s+replace\\s+)?(?:table|view|function|procedure|trigger|index)';
/** Receivers of Go's methods stand between keyword and name. */
const DECLARATION = new RegExp(
  `^(\\s*)${MODIFIERS}(?:${KEYWORDS})\\s+(?:\\([^)]*\\)\\s*)?["\`]?([\\p{L}_$][\\p{L}\\p{N}_$]*(?:(?:\\.|::)[\\p{L}\\p{N}_$]+)*)`,
  'iu',
);
/** `const name = (…) =>`, `const name = function`, at the margin. */
const ARROW =
  /^()(?:export\s+)?(?:const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)[^=]*=\s*(?:async\s*)?(?:function\b|\(|\w+\s*=>)/u;
/** C, C++, Java, C#: a type, a name and parameters, at the margin or one step in, and a brace or a line end. */
const TYPED = /^([ \t]{0,4})(?:[\w:<>,*&[\]~]+\s+)+[*&]*([A-Za-z_~][\w:~]*)\s*\([^;]*$/;
const NO_NAMES = new Set(
  'if for while switch catch return else do try new throw case elif with when match let'.split(' '),
);
/** Comments and decorators that belong to the declaration below them. */
const ABOVE = /^\s*(?:\/\/|\/?\*|#(?!include|define|if|endif)|--|;|@|"""|'''|\[)/;
/** A block of more lines is cut, even where no line is blank. */
const MAX_LINES = 60;
/** A line longer than this is not a declaration that anyone wrote. */
const MAX_LINE = 400;

/** Reads decoded source code; it is never empty here. */
export function readCode(path: string, text: string, notes: readonly string[]): Content {
  const blocks = codeBlocks(text);
  return {
    title: nameOf(path),
    text,
    blocks: blocks.map(({ start, end }) => ({ kind: 'code', start, end })),
    parts: lineParts(text, blocks),
    shown: { as: 'code' },
    notes,
  };
}

function codeBlocks(text: string): NamedBlock[] {
  const blocks: NamedBlock[] = [];
  let group: Line[] = [];
  let name: string | undefined;
  const flush = (): void => {
    const block = codeBlock(text, group, name);
    if (block) blocks.push(block);
    group = [];
    name = undefined;
  };
  for (const line of linesOf(text)) {
    if (line.text.trim() === '') {
      flush();
      continue;
    }
    const declared = declaredName(line.text);
    if (declared !== null && group.some(({ text: above }) => !ABOVE.test(above))) flush();
    if (group.length >= MAX_LINES) flush();
    group.push(line);
    if (declared !== null) name = declared;
  }
  flush();
  return blocks;
}

/** What a line declares, or null. */
function declaredName(line: string): string | null {
  if (line.length > MAX_LINE || ABOVE.test(line)) return null;
  for (const pattern of [DECLARATION, ARROW, TYPED]) {
    const found = pattern.exec(line);
    const name = found?.[2];
    if (found && name && !NO_NAMES.has(name) && !NO_NAMES.has(line.trim().split(/\W/, 1)[0] ?? '')) return name;
  }
  return null;
}
