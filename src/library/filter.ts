/** Which documents of the list are shown, by what is known of them. */
import type { DocumentKind } from '../pipeline/document.ts';
import { fold } from '../pipeline/index/words.ts';
import { isUnder, type Within } from '../pipeline/retrieve/within.ts';
import type { Entry } from './state.ts';

/** What is '' does not count. */
export interface Filter {
  /** Part of the document's name. */
  readonly name: string;
  /** A folder, or a file that holds others: `letters/2024`. */
  readonly folder: string;
  readonly kind: DocumentKind | '';
  /** Days, `2024-03-01`, the first and the last that count. */
  readonly from: string;
  readonly to: string;
  /** Part of a title or heading: passages under it. */
  readonly heading: string;
}

export const noFilter: Filter = { name: '', folder: '', kind: '', from: '', to: '', heading: '' };

type Filtered = Pick<Entry, 'path' | 'name' | 'document' | 'file' | 'passages'>;

export function isActive(filter: Filter): boolean {
  return Object.values(filter).some((value: string) => value.trim() !== '');
}

export function filtered<T extends Filtered>(entries: readonly T[], filter: Filter): readonly T[] {
  return isActive(filter) ? entries.filter((entry) => isMeant(entry, filter)) : entries;
}

/** The filter's result as what a search or a question is limited to; null when nothing of it can be searched. */
export function withinOf(entries: readonly Filtered[], filter: Filter): Within | null {
  const paths = filtered(entries, filter).flatMap(({ path, document }) => (document ? [path] : []));
  return paths.length > 0 ? { paths, heading: filter.heading.trim() } : null;
}

function isMeant({ path, name, document, file, passages }: Filtered, filter: Filter): boolean {
  const heading = filter.heading.trim();
  return (
    fold(name).includes(fold(filter.name.trim())) &&
    (filter.folder === '' || path.startsWith(`${filter.folder}/`)) &&
    (filter.kind === '' || document?.kind === filter.kind) &&
    isBetween(dateOf({ document, file }), filter) &&
    (heading === '' || passages.some((passage) => isUnder(passage, heading)))
  );
}

/** As exactly as it is known: the date that the document names, else the day on which its file was changed last. */
export function dateOf({ document, file }: Pick<Entry, 'document' | 'file'>): string {
  if (document && /^\d{4}/.test(document.date)) return document.date.slice(0, 10);
  const changed = new Date(file.lastModified);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${changed.getFullYear()}-${two(changed.getMonth() + 1)}-${two(changed.getDate())}`;
}

/** Of a document that is only known to be of 2024, any day of that year may be meant. */
function isBetween(date: string, { from, to }: Pick<Filter, 'from' | 'to'>): boolean {
  return (from === '' || date >= from.slice(0, date.length)) && (to === '' || date <= to.slice(0, date.length));
}

/** Every folder that holds documents, at any depth, and every file that holds others. By name. */
export function foldersOf(entries: readonly Pick<Entry, 'path'>[]): readonly string[] {
  const folders = new Set<string>();
  for (const { path } of entries)
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.add(path.slice(0, at));
  return [...folders].sort((a, b) => a.localeCompare(b, 'en'));
}

export function kindsOf(entries: readonly Pick<Entry, 'document'>[]): readonly DocumentKind[] {
  return [...new Set(entries.flatMap(({ document }) => document?.kind ?? []))];
}
