/** What an e-book says of itself: its metadata, its files, and the order they are read in (EPUB 2 and 3). */
import { find, elementsOf, textOf } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';

export interface PackageDocument {
  readonly title: string;
  /** Authors, separated by commas. */
  readonly author: string;
  /** As the book writes it. */
  readonly date: string;
  /** In reading order. */
  readonly spine: readonly SpineItem[];
  /** Paths of the table of contents in EPUB 3 and EPUB 2; '' if there is none. */
  readonly nav: string;
  readonly ncx: string;
}

export interface SpineItem {
  /** Inside the archive; '' where the book's own list of files lacks it. */
  readonly path: string;
  /** MIME type. */
  readonly type: string;
  /** As the reading order names it. */
  readonly id: string;
}

/** The path of the package document, from `META-INF/container.xml`; '' if it names none. */
export function rootFile(container: XmlElement): string {
  const roots = find(container, 'container', 'rootfiles');
  const path = roots === undefined ? undefined : elementsOf(roots, 'rootfile')[0]?.attributes['full-path'];
  return path === undefined ? '' : resolvePath('', path);
}

/** Takes a package document apart that lies at `path`. */
export function packageDocument(xml: XmlElement, path: string): PackageDocument {
  const root = find(xml, 'package');
  const metadata = find(root, 'metadata');
  // Older books put the names into an element of their own.
  const names = find(metadata, 'dc-metadata') ?? metadata;
  const all = (name: string): string[] =>
    (names === undefined ? [] : elementsOf(names, name))
      .map((element) => textOf(element).replace(/\s+/g, ' ').trim())
      .filter((text) => text !== '');
  const manifest = find(root, 'manifest');
  const items = manifest === undefined ? [] : elementsOf(manifest, 'item');
  const byId = new Map(items.map(({ attributes }) => [attributes['id'] ?? '', attributes]));
  const spine = find(root, 'spine');
  const pathOf = (attributes: Readonly<Record<string, string>> | undefined): string =>
    attributes?.['href'] === undefined ? '' : resolvePath(path, attributes['href']);
  const nav = items.find(({ attributes }) => /(?:^|\s)nav(?:\s|$)/.test(attributes['properties'] ?? ''));
  const ncx = items.find(({ attributes }) => attributes['media-type'] === 'application/x-dtbncx+xml');
  return {
    title: all('title')[0] ?? '',
    author: all('creator').join(', '),
    date: all('date')[0] ?? '',
    spine: (spine === undefined ? [] : elementsOf(spine, 'itemref')).map(({ attributes }) => {
      const id = attributes['idref'] ?? '';
      return { id, path: pathOf(byId.get(id)), type: byId.get(id)?.['media-type'] ?? '' };
    }),
    nav: pathOf(nav?.attributes),
    ncx: pathOf(ncx?.attributes),
  };
}

/** A link's path inside the archive, seen from the file at `base`; what leads out of the archive ends at its root. */
export function resolvePath(base: string, link: string): string {
  const bare = link.replace(/[?#].*$/s, '');
  const segments = bare.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const segment of decoded(bare).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

function decoded(link: string): string {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
}
