/** JSON: the text as it is, cut into blocks of records. */
import { jsonBlocks } from './json-blocks.ts';
import { lineParts } from './lines.ts';
import type { NamedBlock } from './lines.ts';
import { isoDate } from './iso-date.ts';
import { stemOf, tidyTitle } from './reading.ts';
import type { Content } from './reading.ts';

/** Beyond this many characters the values are not looked at, only the text. */
const MAX_PARSED = 50_000_000;

/** Reads decoded JSON; what is not valid is read as it stands, and said. */
export function readJson(path: string, text: string, notes: readonly string[]): Content {
  const parsed = text.length > MAX_PARSED ? { value: null, fault: null } : parse(text);
  const blocks: NamedBlock[] = jsonBlocks(text).map((span) => ({ kind: 'code', ...span }));
  const named = (...keys: string[]): string => textOf(parsed.value, keys);
  return {
    title: tidyTitle(named('title', 'name', 'headline')) || stemOf(path),
    author: named('author', 'authors', 'creator', 'byline'),
    date: isoDate(named('date', 'published', 'datePublished', 'created', 'updated', 'publishedTime')),
    text,
    blocks,
    parts: lineParts(text, blocks),
    shown: { as: 'code' },
    notes: parsed.fault === null ? notes : [...notes, parsed.fault],
  };
}

function parse(text: string): { value: unknown; fault: string | null } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown, fault: null };
  } catch (error) {
    const where = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const line = where === undefined ? '' : ` at line ${text.slice(0, Number(where)).split('\n').length}`;
    return { value: null, fault: `It is not valid JSON${line}; it was read as it stands.` };
  }
}

/** The first of the keys that holds words at the top of an object; names in a list or an object are joined. */
function textOf(value: unknown, keys: readonly string[]): string {
  if (typeof value !== 'object' || value === null) return '';
  for (const key of keys) {
    const found = words((value as Record<string, unknown>)[key]);
    if (found !== '') return found;
  }
  return '';
}

function words(value: unknown): string {
  if (typeof value === 'string') return value.length > 300 ? '' : value.replace(/\s+/g, ' ').trim();
  if (Array.isArray(value)) return value.slice(0, 20).map(nameIn).filter(Boolean).join(', ');
  return nameIn(value);
}

function nameIn(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null) return '';
  const { name } = value as { name?: unknown };
  return typeof name === 'string' ? name.trim() : '';
}
