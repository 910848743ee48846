/** LaTeX: the text as it is; blocks and sections lie over it. Nothing is expanded, no file is included. */
import { cover, sections } from './cover.ts';
import { isoDate } from './iso-date.ts';
import { stemOf, tidyTitle } from './reading.ts';
import type { Content } from './reading.ts';
import { texBlocks } from './tex-blocks.ts';
import { argument, texWords } from './tex-words.ts';

/** Reads decoded LaTeX; it is never empty here. */
export function readTex(path: string, text: string, notes: readonly string[]): Content {
  const { blocks, labels } = texBlocks(text);
  const covered = cover(text, blocks);
  const title = tidyTitle(texWords(commandArgument(text, 'title')));
  const heading = title || labels.find((label) => label !== '') || stemOf(path);
  const pictures = text.match(/^[^%\n]*\\includegraphics\b/gm)?.length ?? 0;
  const included = [...text.matchAll(/^[^%\n]*\\(?:input|include|subfile)\s*\{([^}\n]{1,200})\}/gm)].map(
    (hit) => hit[1],
  );
  return {
    title: heading,
    author: authors(commandArgument(text, 'author')),
    date: isoDate(texWords(commandArgument(text, 'date'))),
    text,
    blocks: covered,
    parts: sections(text, covered, labels, heading),
    shown: { as: 'code' },
    notes: [
      ...notes,
      ...(pictures === 0
        ? []
        : [
            `${pictures === 1 ? 'One picture' : `${pictures} pictures`} that it names ${pictures === 1 ? 'is' : 'are'} no part of the file and ${pictures === 1 ? 'was' : 'were'} not read.`,
          ]),
      ...(included.length === 0
        ? []
        : [`It takes in other files (${included.slice(0, 10).join(', ')}); add them too.`]),
    ],
  };
}

/** The argument of the first such command that is not in a comment. */
function commandArgument(text: string, name: string): string {
  const found = new RegExp(`^[^%\\n]*?\\\\${name}\\s*(?:\\[[^\\]\\n]*\\]\\s*)?\\{`, 'm').exec(text);
  return found ? (argument(text, found.index + found[0].length - 1)?.value ?? '') : '';
}

/** Names without affiliations, thanks and addresses, which stand below the name or in commands of their own. */
function authors(written: string): string {
  return written
    .split(/\\and\b|\\And\b|\\AND\b/)
    .map((one) =>
      texWords(one.replace(/\\(?:thanks|footnote|inst|email|texttt|href)\s*\{[^{}]*\}/g, '').split('\\\\')[0] ?? ''),
    )
    .filter(Boolean)
    .join(', ');
}
