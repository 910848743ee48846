/**
 * What a workbook says: its cells as LibreOffice shows them, and the words that no csv holds, out of the package's XML by
 * `unzip`: drawn text, titles of charts, comments, the lines above and below each page, names of sheets.
 */
import { readFileSync } from 'node:fs';
import { decoded, everyWay, inside, runs } from './packages.ts';

interface Words {
  /** Names of the sheets, in order. */
  readonly names: readonly string[];
  /** What every reader has to find. */
  readonly said: readonly string[];
  /** What a reader may rightly tell or not: descriptions of pictures, lines that number the pages. */
  readonly perhaps: readonly string[];
}

/** `files` are the sheets as csv, and a package of the workbook in OpenDocument where it is none itself. */
export async function byWorkbook(files: readonly string[], file: string): Promise<readonly string[] | null> {
  const sheets = files.filter((one) => one.endsWith('.csv'));
  const made = files.find((one) => one.endsWith('.ods'));
  if (sheets.length === 0) return null;
  const words = (await officeOpen(file)) ?? (await openDocument(made ?? file));
  const named = inOrder(sheets, words?.names ?? []);
  const cells = named.map(([path, name]) => ({ name, text: readFileSync(path, 'utf8') }));
  // Names may head all sheets, those with cells, or none.
  const ways = [/^(?!)/, /[\p{L}\p{N}]/u, /^/].map((headed) =>
    cells.map(({ name, text }) => (headed.test(text) ? `${name}\n${text}` : text)),
  );
  return ways.flatMap((way) => everyWay([...way, ...(words?.said ?? [])].join('\n'), words?.perhaps ?? []));
}

/** The csv files with the names of their sheets, in the order of the sheets; a file is called by hash and name. */
function inOrder(files: readonly string[], names: readonly string[]): readonly (readonly [string, string])[] {
  return files
    .map((path) => [path, names.find((name) => path.endsWith(`-${name}.csv`)) ?? ''] as const)
    .sort(([, a], [, b]) => names.indexOf(a) - names.indexOf(b));
}

async function officeOpen(file: string): Promise<Words | null> {
  const workbook = await inside(file, 'xl/workbook.xml');
  if (workbook === '') return null;
  const drawings = await inside(file, 'xl/drawings/drawing*.xml');
  const drawn = [drawings, await inside(file, 'xl/charts/chart*.xml'), await inside(file, 'xl/diagrams/data*.xml')];
  const sheets = (await inside(file, 'xl/worksheets/*.xml')) + (await inside(file, 'xl/chartsheets/*.xml'));
  const margins = Array.from(
    sheets.matchAll(/<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>([^<]+)/g),
    ([, line]) => decoded(line!),
  );
  const sections = margins.flatMap((line) => line.split(/&[LCR]/));
  return {
    names: attributes(workbook, 'sheet', 'name'),
    said: [
      ...drawn.map((xml) => runs(xml, 'a:p', /<a:t(?:\s[^>]*)?>([^<]*)<\/a:t>|<a:br\b/g)),
      ...(await comments(file)),
      ...sections.filter((line) => !NUMBERS.test(line)).map(withoutCodes),
    ],
    perhaps: [
      attributes(drawings, 'cNvPr', 'descr').join('\n'),
      sections
        .filter((line) => NUMBERS.test(line))
        .map(withoutCodes)
        .join('\n'),
    ],
  };
}

/** Page and pages, in the code of headers and footers (ECMA-376 part 1, 18.3.1.46). */
const NUMBERS = /&[PN]/;

function withoutCodes(line: string): string {
  return line.replace(/&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[^&])/gi, ' ').replaceAll('&&', '&');
}

/** Author and words of each; of a thread the old form repeats the words under a note of its own, so it is passed by. */
async function comments(file: string): Promise<string[]> {
  const old = await inside(file, 'xl/comments*.xml');
  const authors = Array.from(old.matchAll(/<(?:\w+:)?author>([^<]*)/g), ([, name]) => decoded(name!));
  const persons = new Map(
    Array.from((await inside(file, 'xl/persons/*.xml')).matchAll(/<person\s[^>]*>/g), ([tag]) => [
      attribute(tag, 'id'),
      attribute(tag, 'displayName'),
    ]),
  );
  const threads = await inside(file, 'xl/threadedComments/*.xml');
  return [
    ...Array.from(
      old.matchAll(/<(?:\w+:)?comment (?:[^>]*\s)?authorId="(\d+)"[\s\S]*?<\/(?:\w+:)?comment>/g),
      ([whole, id]) => {
        const author = authors[Number(id)] ?? '';
        return author.startsWith('tc={') ? '' : `${author} ${plain(whole, 't')}`;
      },
    ),
    ...Array.from(
      threads.matchAll(/(<threadedComment\s[^>]*>)([\s\S]*?)<\/threadedComment>/g),
      ([, tag, inner]) => `${persons.get(attribute(tag!, 'personId')) ?? ''} ${plain(inner!, 'text')}`,
    ),
  ];
}

async function openDocument(file: string): Promise<Words | null> {
  const content = await inside(file, 'content.xml');
  if (content === '') return null;
  const styles = await inside(file, 'styles.xml');
  const charts = await inside(file, 'Object */content.xml');
  const titles = Array.from(
    charts.matchAll(/<chart:(?:sub)?title\b[\s\S]*?<\/chart:(?:sub)?title>/g),
    ([title]) => title,
  );
  const notes = Array.from(content.matchAll(/<office:annotation\b[\s\S]*?<\/office:annotation>/g), ([note]) => note);
  const margins = pagesOf(content, styles).flatMap((page) =>
    Array.from(page.matchAll(/<text:p\b[\s\S]*?<\/text:p>/g), ([line]) => line),
  );
  const isNumber = (line: string) => /<text:page-/.test(line);
  const line = (xml: string) => paragraphs(xml.replace(/<text:(?!p\b|span\b)[\w-]+\b[^>]*>[^<]*<\/text:[\w-]+>/g, ' '));
  return {
    names: attributes(content, 'table', 'name'),
    said: [
      paragraphs(drawnIn(content.replace(/<office:annotation\b[\s\S]*?<\/office:annotation>/g, ''))),
      ...titles.map(paragraphs),
      ...notes.map((note) => `${plain(note, 'creator')} ${paragraphs(note)}`),
      ...margins.filter((one) => !isNumber(one)).map(line),
    ],
    perhaps: [plain(content, 'desc'), margins.filter(isNumber).map(line).join('\n')],
  };
}

/** The headers and footers that are shown, of the page styles that the sheets name. */
function pagesOf(content: string, styles: string): string[] {
  const used = new Set(Array.from(content.matchAll(/style:master-page-name="([^"]+)"/g), ([, name]) => name));
  return Array.from(styles.matchAll(/<style:master-page\s[^>]*style:name="([^"]+)"[\s\S]*?<\/style:master-page>/g))
    .filter(([, name]) => used.has(name))
    .flatMap(([page]) =>
      Array.from(
        page.matchAll(/<style:((?:header|footer)(?:-left|-first)?)\b([^>]*)(?<!\/)>[\s\S]*?<\/style:\1>/g),
      ).flatMap(([margin, , tag]) => (tag!.includes('style:display="false"') ? [] : [margin])),
    );
}

/** The XML of what is drawn: everything inside an element of `draw:`. */
function drawnIn(content: string): string {
  let depth = 0;
  let from = 0;
  const found: string[] = [];
  for (const tag of content.matchAll(/<(\/?)draw:[\w-]+[^>]*?(\/?)>/g)) {
    if (tag[2] === '/') continue;
    if (tag[1] === '') {
      if (depth++ === 0) from = tag.index;
    } else if (--depth === 0) found.push(content.slice(from, tag.index));
  }
  return found.join('\n');
}

function paragraphs(xml: string): string {
  return runs(xml, 'text:(?:p|h)', />([^<]+)|<text:(?:s|tab|line-break)\b/g);
}

/** The text of all elements of a local name, one a line, without the marks inside. */
function plain(xml: string, name: string): string {
  const found = xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([\\s\\S]*?)</(?:\\w+:)?${name}>`, 'g'));
  return Array.from(found, ([, inner]) => decoded(inner!.replace(/<[^>]*>/g, ' '))).join('\n');
}

/** One attribute of all elements of a local name, where it says something. */
function attributes(xml: string, element: string, name: string): string[] {
  return Array.from(xml.matchAll(new RegExp(`<(?:\\w+:)?${element}\\s[^>]*>`, 'g')), ([tag]) =>
    attribute(tag, name),
  ).filter((value) => value !== '');
}

function attribute(tag: string, name: string): string {
  return decoded(new RegExp(`\\s(?:\\w+:)?${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}
