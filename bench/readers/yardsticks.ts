/** What other programs read in the same file: the reference for each format, kept by hash. */
import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEPT, stateOf, type Sample } from './files.ts';
import { byPython } from './mail.ts';
import { convert, type Target } from './office.ts';
import { byDecoding } from './own-text.ts';
import { bySlideXml } from './packages.ts';
import { byPandoc } from './pandoc.ts';
import { has, output } from './run.ts';
import { byWorkbook } from './workbooks.ts';

export interface Reference {
  /** As a person names it: `pdftotext`, `LibreOffice to docx, then pandoc`. */
  readonly by: string;
  /** Texts that would each be right. */
  readonly texts: readonly string[];
}

interface Yardstick {
  readonly by: string;
  readonly program: string;
  /** Scripts of this folder that it depends on: what they made before a change is made anew. */
  readonly scripts: readonly string[];
  /** What LibreOffice makes of the file first; `read` then gets all of that. */
  readonly through?: readonly Target[];
  /** Null if the program cannot read the file. */
  read(
    files: readonly [string, ...string[]],
    one: Sample,
  ): Promise<readonly string[] | null> | readonly string[] | null;
}

const pandoc: Yardstick = {
  by: 'pandoc',
  program: 'pandoc',
  scripts: ['pandoc.ts'],
  read: ([file], { format }) => byPandoc(file, format),
};
const slides: Yardstick = {
  by: 'the slides’ XML by unzip',
  program: 'unzip',
  scripts: ['packages.ts'],
  read: ([file], { format }) => bySlideXml(file, format),
};
const decoding: Yardstick = {
  by: 'the decoded file',
  program: 'node',
  scripts: ['own-text.ts', 'packages.ts'],
  read: ([file], { format }) => byDecoding(file, format),
};
const mail: Yardstick = {
  by: 'Python’s email',
  program: 'python3',
  scripts: ['mail.ts', 'mail.py', 'pandoc.ts'],
  read: ([file], { format }) => byPython(file, format),
};
const pdftotext: Yardstick = {
  by: 'pdftotext',
  program: 'pdftotext',
  scripts: [],
  read: ([file]) => written('pdftotext', ['-enc', 'UTF-8', file, '-']),
};
const officeText: Yardstick = {
  by: 'LibreOffice to text',
  program: 'soffice',
  scripts: [],
  through: ['txt'],
  read: ([file]) => [readFileSync(file, 'utf8')],
};
const workbook: Yardstick = {
  by: 'LibreOffice to csv, all sheets, and other words of its XML by unzip',
  program: 'soffice',
  scripts: ['workbooks.ts', 'packages.ts', 'office.ts'],
  through: ['csv'],
  read: (files, { file }) => byWorkbook(files, file),
};
/** A workbook that is no package: LibreOffice makes one of it, whose XML tells what no csv does. */
const oldWorkbook: Yardstick = {
  ...workbook,
  by: 'LibreOffice to csv, all sheets, and to ods, other words of its XML by unzip',
  through: ['csv', 'ods'],
};
const officePrint: Yardstick = { ...pdftotext, by: 'LibreOffice to pdf, then pdftotext', through: ['pdf'] };
const officeDocx: Yardstick = {
  by: 'LibreOffice to docx, then pandoc',
  program: 'pandoc',
  scripts: ['pandoc.ts'],
  through: ['docx'],
  read: ([file]) => byPandoc(file, 'docx'),
};
const catdoc: Yardstick = {
  by: 'catdoc',
  program: 'catdoc',
  scripts: [],
  read: ([file]) => written('catdoc', ['-d', 'utf-8', '-w', file]),
};

/** The first that can read a file is its yardstick; the next tells how far two programs agree. */
const YARDSTICKS: Readonly<Record<string, readonly Yardstick[]>> = {
  pdf: [pdftotext],
  docx: [pandoc, officeText],
  odt: [pandoc, officeText],
  // Pandoc's reader of RTF knows few code pages.
  rtf: [officeDocx, pandoc],
  doc: [officeDocx, catdoc],
  html: [pandoc],
  epub: [pandoc],
  tex: [pandoc],
  ipynb: [pandoc],
  pptx: [slides, officePrint],
  odp: [slides, officePrint],
  xlsx: [workbook],
  xls: [oldWorkbook],
  ods: [workbook],
  eml: [mail],
  mbox: [mail],
  mhtml: [mail],
  ...Object.fromEntries(
    ['txt', 'md', 'csv', 'tsv', 'json', 'jsonl', 'xml', 'yaml', 'srt', 'vtt'].map((format) => [format, [decoding]]),
  ),
};

/** References of samples by hash, each by the first yardstick that can read it. */
export async function references(samples: readonly Sample[]): Promise<ReadonlyMap<string, Reference>> {
  const first = await measured(samples, 0);
  return new Map([
    ...first,
    ...(await measured(
      samples.filter(({ hash }) => !first.has(hash)),
      1,
    )),
  ]);
}

/** What the second yardstick of a format reads, by hash: where two programs disagree, no reader can agree with both. */
export function secondReferences(samples: readonly Sample[]): Promise<ReadonlyMap<string, Reference>> {
  return measured(samples, 1);
}

async function measured(samples: readonly Sample[], place: 0 | 1): Promise<Map<string, Reference>> {
  const found = new Map<string, Reference>();
  for (const format of new Set(samples.map((one) => one.format))) {
    const stick = YARDSTICKS[format]?.[place];
    if (!stick || !has(stick.program)) continue;
    const group = samples.filter((one) => one.format === format);
    const made: ReadonlyMap<string, readonly string[]>[] = [];
    for (const target of stick.through ?? []) made.push(await convert(group, target));
    for (const one of group) {
      const files = stick.through ? made.flatMap((ofTarget) => ofTarget.get(one.hash) ?? []) : [one.file];
      const texts = await kept(one, stick, files);
      if (texts?.some((text) => /[\p{L}\p{N}]/u.test(text))) found.set(one.hash, { by: stick.by, texts });
    }
  }
  return found;
}

async function kept(one: Sample, stick: Yardstick, files: readonly string[]): Promise<readonly string[] | null> {
  const [first, ...more] = files;
  if (first === undefined) return null;
  const folder = join(KEPT, 'references', `${stick.by.replace(/\W+/g, '-')}-${stateOf(stick.scripts)}`);
  const file = join(folder, `${one.hash}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as readonly string[] | null;
  const texts = await stick.read([first, ...more], one);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(texts));
  return texts;
}

async function written(program: string, args: readonly string[]): Promise<readonly string[] | null> {
  const text = await output(program, args);
  return text && [text.toString('utf8')];
}

/** What each format is held against, for the head of the report. */
export function yardstickOf(format: string): string {
  return YARDSTICKS[format]?.map(({ by }) => by).join(', else ') ?? 'none';
}
