/** HTML: its whole visible text; page furniture is left out only around an article that Readability finds. */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { ReadError } from '../document.ts';
import type { Omitted } from '../document.ts';
import { sections } from './cover.ts';
import { htmlMeta } from './html-meta.ts';
import { walkHtml } from './html-walk.ts';
import type { Passed } from './html-walk.ts';
import { pictureNotes } from './markup.ts';
import { isNestedBeyond } from './nesting.ts';
import { nameOf, noText, stemOf, tidyTitle } from './reading.ts';
import type { Content } from './reading.ts';
import { Writer } from './writer.ts';

const FURNITURE =
  'nav, aside, footer, [role=navigation], [role=complementary], [role=contentinfo], [role=banner], [role=search]';
/** An article with less of the page's text than this does not say what the rest is. */
const ARTICLE_SHARE = 0.4;
/** Readability's time grows faster than the page; beyond this many elements the whole text is kept. */
const MAX_ELEMENTS = 20_000;
/** The parser's time grows with the square of the depth; no page that anyone wrote comes near this. */
const MAX_DEPTH = 25_000;

/** Reads decoded HTML; the title is its own, else its first heading, else the file's name. @throws ReadError no-text */
export function readHtml(path: string, html: string, notes: readonly string[]): Content {
  if (isNestedBeyond(html, MAX_DEPTH))
    throw new ReadError(
      'too-large',
      `“${nameOf(path)}” nests its elements too deeply to be read. Open it in a browser, save it as plain text or PDF and add that.`,
    );
  const document = parse(html);
  let written = write(document, new Set());
  const left = furniture(document, html, written.writer.length);
  if (left.elements.size > 0) written = write(document, left.elements);
  const why = 'no words are visible in it. If a script writes them, print the page to PDF and add that.';
  const read = content(path, written, titleOf(document), [...notes, ...left.notes], why);
  const furnitureText = left.text === '' ? [] : [{ what: 'navigation, sidebars and footers', text: left.text }];
  return { ...read, ...htmlMeta(document), omitted: [...furnitureText, ...(read.omitted ?? [])] };
}

/** Reads HTML made from another format, all of it. @throws ReadError no-text */
export function readFragment(path: string, html: string, title: string, notes: readonly string[]): Content {
  return content(
    path,
    write(parse(html), new Set()),
    title,
    notes,
    'there are no words in it, or only pictures of them.',
  );
}

function content(
  path: string,
  written: Written,
  ownTitle: string,
  notes: readonly string[],
  whyNoText: string,
): Content {
  const { writer, markup, passed } = written;
  if (writer.length === 0) throw noText(nameOf(path), whyNoText);
  const text = writer.text;
  const labels = writer.labels.map(tidyTitle);
  const title = tidyTitle(ownTitle) || labels.find((label) => label !== '') || stemOf(path);
  return {
    title,
    text,
    blocks: writer.blocks,
    parts: sections(text, writer.blocks, labels, title),
    shown: { as: 'html', html: markup },
    notes: [...notes, ...pictureNotes(passed.pictures), ...hiddenNotes(passed)],
    omitted: omittedOf(passed),
  };
}

function hiddenNotes({ hidden }: Passed): string[] {
  const length = hidden.join('').length;
  return length === 0
    ? []
    : [`${length} characters that the page does not show at first (hidden elements) were left out.`];
}

function omittedOf({ descriptions, hidden }: Passed): Omitted[] {
  return [
    ...(descriptions.length === 0 ? [] : [{ what: 'descriptions of pictures', text: descriptions.join('\n') }]),
    ...(hidden.length === 0 ? [] : [{ what: 'hidden elements', text: hidden.join('\n') }]),
  ];
}

interface Written {
  readonly writer: Writer;
  readonly markup: string;
  readonly passed: Passed;
}

function parse(html: string): Document {
  const whole = /<html[\s>]/i.test(html) ? html : `<!doctype html><html><head></head><body>${html}</body></html>`;
  const { document } = parseHTML(whole);
  // A frame's own page stands in an attribute; it is read in its place.
  for (const frame of document.querySelectorAll('iframe[srcdoc]')) {
    const inside = document.createElement('div');
    inside.innerHTML = frame.getAttribute('srcdoc') ?? '';
    frame.replaceWith(inside);
  }
  return document;
}

function write(document: Document, left: ReadonlySet<Node>): Written {
  const writer = new Writer();
  const passed = walkHtml(document, writer, left);
  return { writer, markup: writer.finish(), passed };
}

function titleOf(document: Document): string {
  const title = document.querySelector('head > title, html > title')?.textContent ?? '';
  return title || (document.querySelector('h1')?.textContent ?? '');
}

/** Navigation, sidebars and footers outside the article, if there is an article; and a note that counts them. */
function furniture(
  document: Document,
  html: string,
  length: number,
): { elements: Set<Node>; notes: string[]; text: string } {
  const elements = new Set<Node>();
  const candidates = [...document.querySelectorAll(FURNITURE)];
  if (candidates.length === 0) return { elements, notes: [], text: '' };
  const kept = inArticle(html, length);
  if (kept === null) return { elements, notes: [], text: '' };
  let count = 0;
  const texts: string[] = [];
  candidates.forEach((candidate, i) => {
    if (kept.has(i) || isInside(candidate, elements)) return;
    const writer = new Writer();
    walkHtml(candidate, writer, new Set());
    writer.finish();
    if (writer.length === 0) return;
    elements.add(candidate);
    count += writer.length;
    texts.push(writer.text);
  });
  const notes =
    count === 0 ? [] : [`${count} characters of navigation, sidebars and footers around the article were left out.`];
  return { elements, notes, text: texts.join('\n\n') };
}

function isInside(element: Element, elements: ReadonlySet<Node>): boolean {
  for (let up = element.parentElement; up !== null; up = up.parentElement) if (elements.has(up)) return true;
  return false;
}

/** Numbers of the furniture that Readability counts to the article; null when it finds no article worth the name. */
function inArticle(html: string, length: number): Set<number> | null {
  // Readability takes its document apart, so it gets one of its own.
  const copy = parse(html);
  [...copy.querySelectorAll(FURNITURE)].forEach((element, i) => {
    for (const inner of [element, ...element.querySelectorAll('*')]) inner.setAttribute('data-furniture', String(i));
    // Readability takes every aside and footer out, those of the article itself too.
    const holder = element.matches('nav, [role=navigation]') ? null : element.closest('article');
    holder?.setAttribute('data-holds', `${holder.getAttribute('data-holds') ?? ''} ${i}`);
  });
  try {
    const article = new Readability<Element>(copy, {
      maxElemsToParse: MAX_ELEMENTS,
      serializer: (node) => node as Element,
    }).parse();
    const found = article?.content;
    if (!found || (found.textContent ?? '').replace(/\s+/g, ' ').length < length * ARTICLE_SHARE) return null;
    const marked = [found, ...found.querySelectorAll('[data-furniture], [data-holds]')];
    const numbers = marked.map(
      (el) => `${el.getAttribute('data-furniture') ?? ''} ${el.getAttribute('data-holds') ?? ''}`,
    );
    return new Set(numbers.join(' ').trim().split(/\s+/).map(Number));
  } catch {
    // Too many elements or too deep for it: without an article all of the text is kept.
    return null;
  }
}
