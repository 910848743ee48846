/** What a .docx holds beside its running text: page headers and footers, comments, deleted text, charts. */
import { ReadError } from '../../document.ts';
import type { Package } from '../office/package.ts';
import { descendants, elementsOf, prefixed, textOf } from '../office/xml.ts';
import type { XmlElement } from '../office/xml.ts';
import { Aside } from './aside.ts';

/** Reads it from the parts beside the main one, and from `main` what is deleted or only describes a picture. */
export function docxAside(archive: Package, main: XmlElement | null): Aside {
  const aside = new Aside();
  for (const path of archive.paths) {
    if (/^word\/(?:header|footer)\d*\.xml$/.test(path)) aside.margin(wordsBelow(parsed(archive, path)));
    else if (path === 'word/comments.xml') addComments(parsed(archive, path), aside);
  }
  if (main !== null) addFrom(main, aside);
  const names = archive.paths;
  const count = (pattern: RegExp): number => names.filter((name) => pattern.test(name)).length;
  const kinds: readonly (readonly [number, string])[] = [
    [count(/^word\/charts\/chart\d*\.xml$/), 'charts'],
    [count(/^word\/diagrams\/data\d*\.xml$/), 'diagrams'],
  ];
  const found = kinds.filter(([n]) => n > 0).map(([n, what]) => `${n} ${n === 1 ? what.slice(0, -1) : what}`);
  if (found.length > 0) aside.note(`Left out: ${found.join(', ')}.`);
  for (const path of names)
    if (/^word\/(?:charts\/chart|diagrams\/data)\d*\.xml$/.test(path)) aside.drawn(wordsBelow(parsed(archive, path)));
  return aside;
}

/** The running text can be read where a part beside it is broken. */
function parsed(archive: Package, path: string): XmlElement | null {
  try {
    return archive.xml(path);
  } catch (error) {
    if (error instanceof ReadError) throw error;
    return null;
  }
}

function addComments(root: XmlElement | null, aside: Aside): void {
  for (const comment of root === null ? [] : descendants(root, 'comment'))
    aside.comment([prefixed(comment, 'author') ?? '', wordsBelow(comment)].filter((words) => words !== '').join(': '));
}

/** Deleted runs, and what pictures are said to show. */
function addFrom(root: XmlElement, aside: Aside): void {
  for (const paragraph of descendants(root, 'p')) aside.deleted(descendants(paragraph, 'delText').map(textOf).join(''));
  for (const picture of descendants(root, 'docPr')) aside.description(picture.attributes.descr ?? '');
}

/** All words below as one line; of two forms of one drawing only the first. */
function wordsBelow(element: XmlElement | null): string {
  const words: string[] = [];
  const visit = (from: XmlElement): void => {
    for (const child of elementsOf(from)) {
      if (child.name === 't' || child.name === 'v') words.push(textOf(child));
      else if (child.name === 'tab' || child.name === 'br') words.push(' ');
      else if (child.name !== 'Fallback') visit(child);
      if (child.name === 'p' || child.name === 'pt') words.push(' ');
    }
  };
  if (element !== null) visit(element);
  return words.join('').replace(/\s+/g, ' ').trim();
}
