/** The words in the XML of packages, taken out by `unzip`: every run of text that a slide or its notes hold. */
import { output } from './run.ts';

/** With and without notes, diagrams and comments: a reader may tell them or not. Null if it is no package. */
export async function bySlideXml(file: string, format: string): Promise<readonly string[] | null> {
  return format === 'odp' ? openDocument(file) : officeOpen(file);
}

async function officeOpen(file: string): Promise<readonly string[] | null> {
  const of = async (pattern: string) =>
    runs(await inside(file, pattern), 'a:p', /<a:t(?:\s[^>]*)?>([^<]*)<\/a:t>|<a:br\b/g);
  const slides = await of('ppt/slides/slide*.xml');
  if (slides === '') return null;
  const notes = await of('ppt/notesSlides/notesSlide*.xml');
  const diagrams = await of('ppt/diagrams/data*.xml');
  const comments = runs(await inside(file, 'ppt/comments/*.xml'), '(?:p:text|a:p)', />([^<]+)/g);
  return everyWay(slides, [notes, diagrams, comments]);
}

async function openDocument(file: string): Promise<readonly string[] | null> {
  const content = await inside(file, 'content.xml');
  if (content === '') return null;
  const words = (xml: string) => runs(xml, 'text:(?:p|h)', />([^<]+)|<text:(?:s|tab|line-break)\b/g);
  return [
    ...new Set([words(content), words(content.replace(/<presentation:notes\b[\s\S]*?<\/presentation:notes>/g, ''))]),
  ];
}

/** A text with and without each of what may follow it. */
export function everyWay(text: string, more: readonly string[]): readonly string[] {
  return more
    .filter((one) => one !== '')
    .reduce<string[]>((ways, one) => [...ways, ...ways.map((way) => `${way}\n${one}`)], [text]);
}

/** The files of a ZIP package that a pattern names, one after the other; '' if there are none. */
export async function inside(file: string, pattern: string): Promise<string> {
  const found = await output('unzip', ['-p', file, pattern]);
  return (found?.toString('utf8') ?? '').replace(/<mc:Fallback>[\s\S]*?<\/mc:Fallback>/g, '');
}

/** The text of each paragraph on a line; where the pattern finds no text there is a space. */
export function runs(xml: string, paragraph: string, text: RegExp): string {
  const paragraphs = xml.matchAll(new RegExp(`<${paragraph}(?:\\s[^>]*)?>[\\s\\S]*?</${paragraph}>`, 'g'));
  return Array.from(paragraphs, ([inner]) =>
    Array.from(inner.matchAll(text), ([, words]) => (words === undefined ? ' ' : decoded(words))).join(''),
  ).join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text of XML with its references resolved. */
export function decoded(xml: string): string {
  return xml.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
