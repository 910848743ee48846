/** The titles that an e-book's table of contents gives to its files. */
import { descendants, find, textOf } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import { tidyTitle } from '../reading.ts';
import { resolvePath } from './package-document.ts';

/** Titles by path; a title for the file as a whole goes before one for a place in it. */
export type Contents = ReadonlyMap<string, string>;

/** Of EPUB 3: links in a page that lies at `path`. */
export function navContents(page: Document, path: string): Contents {
  const navs = [...page.querySelectorAll('nav')];
  const toc = navs.find((nav) => nav.getAttribute('epub:type') === 'toc') ?? navs[0];
  const links = toc === undefined ? [] : [...toc.querySelectorAll('a')];
  return contents(
    links.map((link) => [link.getAttribute('href') ?? '', link.textContent ?? '']),
    path,
  );
}

/** Of EPUB 2: an NCX file that lies at `path`. */
export function ncxContents(xml: XmlElement, path: string): Contents {
  const points: [string, string][] = [];
  const waiting = descendants(xml, 'navPoint').reverse();
  for (let point = waiting.pop(); point; point = waiting.pop()) {
    points.push([find(point, 'content')?.attributes['src'] ?? '', textOf(find(point, 'navLabel', 'text'))]);
    waiting.push(...descendants({ ...point, name: '' }, 'navPoint').reverse());
  }
  return contents(points, path);
}

function contents(entries: readonly (readonly [string, string])[], path: string): Contents {
  const titles = new Map<string, string>();
  const whole = new Set<string>();
  for (const [link, written] of entries) {
    const title = tidyTitle(written);
    if (link === '' || title === '') continue;
    const target = resolvePath(path, link);
    const isWhole = !link.includes('#');
    if (titles.has(target) && (!isWhole || whole.has(target))) continue;
    titles.set(target, title);
    if (isWhole) whole.add(target);
  }
  return titles;
}
