/** Author and date of a web page: from its meta elements, its JSON-LD, and marked-up names and times. */
import { isoDate } from './iso-date.ts';

const AUTHOR = [
  'meta[name="author" i]',
  'meta[name="dc.creator" i]',
  'meta[name="dcterms.creator" i]',
  'meta[name="citation_author" i]',
  'meta[name="parsely-author" i]',
  'meta[property="article:author" i]',
  'meta[name="byl" i]',
];
const DATE = [
  'meta[property="article:published_time" i]',
  'meta[name="date" i]',
  'meta[name="dc.date" i]',
  'meta[name="dcterms.date" i]',
  'meta[name="dcterms.created" i]',
  'meta[name="citation_publication_date" i]',
  'meta[name="citation_date" i]',
  'meta[name="parsely-pub-date" i]',
  'meta[name="pubdate" i]',
  'meta[itemprop="datePublished" i]',
];
/** JSON-LD beyond this size is no description of a page. */
const MAX_JSON = 200_000;
const MAX_NODES = 2000;

export function htmlMeta(document: Document): { author: string; date: string } {
  const linked = fromJsonLd(document);
  const author =
    names(metas(document, AUTHOR)) ||
    linked.author ||
    text(document, '[rel~="author"], [itemprop="author"] [itemprop="name"], [itemprop="author"]');
  const [date = ''] = metas(document, DATE).map(isoDate).filter(Boolean);
  const time = document.querySelector('article time[datetime], time[pubdate], time[itemprop="datePublished"]');
  return { author, date: date || linked.date || isoDate(time?.getAttribute('datetime') ?? '') };
}

function metas(document: Document, selectors: readonly string[]): string[] {
  for (const selector of selectors) {
    const found = [...document.querySelectorAll(selector)].map((meta) => (meta.getAttribute('content') ?? '').trim());
    if (found.some(Boolean)) return found.filter(Boolean);
  }
  return [];
}

/** Addresses are no names. */
function names(found: readonly string[]): string {
  const people = found
    .filter((name) => !/^https?:/i.test(name) && name.length < 200)
    .map((name) => name.replace(/^by\s+/i, ''));
  return [...new Set(people)].slice(0, 20).join(', ');
}

function text(document: Document, selector: string): string {
  const words = (document.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return words.length < 100 ? words.replace(/^by\s+/i, '') : '';
}

function fromJsonLd(document: Document): { author: string; date: string } {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const json = script.textContent ?? '';
    if (json.length > MAX_JSON) continue;
    try {
      const found = described(JSON.parse(json) as unknown);
      if (found !== null) return found;
    } catch {
      // A description that is broken describes nothing.
      continue;
    }
  }
  return { author: '', date: '' };
}

/** The first thing in it that has an author or a date of publication. */
function described(root: unknown): { author: string; date: string } | null {
  const queue: unknown[] = [root];
  for (let i = 0; i < queue.length && i < MAX_NODES; i++) {
    const node = queue[i];
    if (Array.isArray(node)) queue.push(...node.slice(0, MAX_NODES));
    else if (typeof node === 'object' && node !== null) {
      const { author, datePublished, '@graph': graph } = node as Record<string, unknown>;
      const date = typeof datePublished === 'string' ? isoDate(datePublished) : '';
      const name = names((Array.isArray(author) ? author : [author]).map(nameOf).filter(Boolean));
      if (name !== '' || date !== '') return { author: name, date };
      if (graph !== undefined) queue.push(graph);
    }
  }
  return null;
}

function nameOf(author: unknown): string {
  if (typeof author === 'string') return author.trim();
  if (typeof author !== 'object' || author === null) return '';
  const { name } = author as { name?: unknown };
  return typeof name === 'string' ? name.trim() : '';
}
