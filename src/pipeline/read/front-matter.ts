/** Title, author and date of a markdown file's front matter (YAML or TOML). Nothing in it is evaluated. */
import { isoDate } from './iso-date.ts';

const FRONT_MATTER = /^\uFEFF?(---|\+\+\+)[ \t]*\r?\n(?:[\s\S]*?\r?\n)?(?:\1|\.\.\.)[ \t]*(?=\r?\n|$)/;

export interface FrontMatter {
  /** With its marks; '' if there is none. */
  readonly source: string;
  readonly title: string;
  readonly author: string;
  readonly date: string;
}

export function frontMatter(text: string): FrontMatter {
  const source = FRONT_MATTER.exec(text)?.[0] ?? '';
  const lines = source.split(/\r?\n/);
  const value = (...keys: string[]): string[] => {
    for (const key of keys) {
      const found = valuesOf(lines, key);
      if (found.length > 0) return found;
    }
    return [];
  };
  return {
    source,
    title: value('title').join(' '),
    author: value('author', 'authors', 'by').join(', '),
    date: isoDate(value('date', 'published', 'created')[0] ?? ''),
  };
}

/** The words of a key at the margin: on its line, in a list, folded over the lines below, or the names of a list of people. */
function valuesOf(lines: readonly string[], key: string): string[] {
  const at = lines.findIndex((line) => new RegExp(`^["']?${key}["']?[ \\t]*[:=]`, 'i').test(line));
  if (at === -1) return [];
  const first = (lines[at] ?? '').replace(/^[^:=]*[:=][ \t]*/, '').trim();
  const below: string[] = [];
  for (let i = at + 1; i < lines.length && /^(?:[ \t]+\S|- )/.test(lines[i] ?? ''); i++)
    below.push((lines[i] ?? '').trim());
  if (/^[|>][+-]?\d?$/.test(first)) return [below.join(' ')];
  if (first.startsWith('['))
    return `${first} ${below.join(' ')}`
      .replace(/^\[|\].*$/g, '')
      .split(/,(?=(?:[^"']*["'][^"']*["'])*[^"']*$)/)
      .map(unquoted)
      .filter(Boolean);
  if (first !== '') return [unquoted(first.replace(/\s+#.*$/, ''))].filter(Boolean);
  const named = below.map((line) => /^(?:- )?name[ \t]*:[ \t]*(.+)$/.exec(line)?.[1] ?? '').filter(Boolean);
  const items = below.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
  return (named.length > 0 ? named : items).map(unquoted).filter(Boolean);
}

function unquoted(words: string): string {
  return words.trim().replace(/^(["'])(.*)\1$/, '$2');
}
