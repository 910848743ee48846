import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import type { Document } from '../document.ts';
import { readDocument } from './read.ts';

/** Made by Python's standard library, see scripts/fixtures/formats/plain.py. */
const folder = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/plain');
const fileBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));

async function read(name: string, bytes: Uint8Array | string = fileBytes(name)): Promise<Document> {
  const document = await readDocument({
    path: name,
    bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes,
  });
  expect(brokenPromises(document)).toEqual([]);
  return document;
}

const slices = ({ text }: Document, spans: readonly { start: number; end: number }[]): string[] =>
  spans.map(({ start, end }) => text.slice(start, end));
const blocksOf = (document: Document): string[] =>
  document.blocks.map(({ kind, start, end }) => `${kind}: ${document.text.slice(start, end)}`);
const labels = (document: Document): string[] => document.parts.map(({ label }) => label);

describe('LaTeX', () => {
  it('lays headings, items, rows and code over the file itself', async () => {
    const document = await read('rules.tex');
    expect(document.text).toBe(readFileSync(join(folder, 'rules.tex'), 'utf8'));
    expect(document).toMatchObject({
      kind: 'tex',
      title: 'House rules of Straße 4',
      author: 'Ada Byron, Jürgen Král',
      date: '2024-03-01',
      shown: { as: 'code' },
    });
    expect(labels(document)).toEqual(['House rules of Straße 4', 'Animals', 'Cats']);
    expect(blocksOf(document).slice(2, 13)).toEqual([
      'code: % Not for print.',
      'heading: \\section{Animals}\\label{sec:animals}',
      'paragraph: Dogs are \\textbf{allowed}, $a^2 + b^2$.',
      'paragraph: \\begin{itemize}',
      'item: \\item one\n  more',
      'item: \\item two\n\\end{itemize}',
      'paragraph: \\begin{tabular}{ll}',
      'row: Day & Hour \\\\\n\\hline',
      'row: Mon & 9 \\\\',
      'paragraph: \\end{tabular}',
      'heading: \\subsection*{Cats}',
    ]);
    expect(document.blocks[10]).toMatchObject({ header: 'Day | Hour' });
    expect(blocksOf(document)[13]).toBe('code: \\begin{verbatim}\nx = 1\n\ny % no comment\n\\end{verbatim}');
    expect(document.notes).toEqual([
      'One picture that it names is no part of the file and was not read.',
      'It takes in other files (garden); add them too.',
    ]);
  });
});

describe('notebooks', () => {
  it('reads cells in order with their outputs, each a part', async () => {
    const document = await read('rents.ipynb');
    expect(document).toMatchObject({
      kind: 'ipynb',
      title: 'Rents of Lindenhof',
      author: 'Ada Byron',
      date: '2024-03-01',
      notes: ['One picture was left out; only text is read.'],
    });
    expect(blocksOf(document)).toEqual([
      'heading: Rents of Lindenhof',
      'item: paid monthly',
      'item: in advance',
      'code: total = 3 * 400\nprint(total)',
      'code: 1200',
      'code: frame',
      'row: flat | rent',
      'row: 4a | 400',
      'code: Traceback\nZeroDivisionError: division by zero',
    ]);
    expect(document.parts).toEqual([
      { kind: 'cell', label: 'cell 1', start: 0, end: 44 },
      { kind: 'cell', label: 'cell 2', start: 46, end: 80 },
      { kind: 'cell', label: 'cell 4', start: 82, end: document.text.length },
    ]);
    expect(document.shown.as === 'html' ? document.shown.html : '').toContain('<section data-part="2">');
  });

  it('refuses one that is broken', async () => {
    await expect(read('x.ipynb', '{"nbformat": 4, "cells": [')).rejects.toMatchObject({ code: 'damaged' });
  });
});

describe('JSON', () => {
  it('is cut into records, whatever its layout, and stays as it is', async () => {
    const document = await read('flats.json');
    expect(document.text).toBe(readFileSync(join(folder, 'flats.json'), 'utf8'));
    expect(document).toMatchObject({ title: 'Flats of Lindenhof', author: 'Ada Byron', date: '2024-03-01' });
    expect(document.blocks).toHaveLength(13);
    expect(slices(document, document.blocks)[2]).toMatch(/^\{\s+"number": "4b",[\s\S]+"rent": 401\s+\},$/);
    expect(labels(document)).toEqual(['lines 1–37', 'lines 38–67', 'lines 68–97', 'lines 98–129']);
    const dense = await read('flats.min.json');
    expect(dense.blocks).toHaveLength(12);
    expect(slices(dense, dense.blocks).every((slice) => /^\[?\{"number":\d+,.*\}[,\]]$/.test(slice))).toBe(true);
    expect(labels(dense)).toEqual(['line 1']);
  });

  it('says where it is not valid, and is not overflowed by depth', async () => {
    const broken = await read('x.json', '{"a": 1,\n "b" 2}');
    expect(broken.notes).toEqual([
      expect.stringMatching(/^It is not valid JSON( at line 2)?; it was read as it stands\.$/),
    ]);
    const deep = '['.repeat(300_000) + ']'.repeat(300_000);
    expect((await read('deep.json', `${deep} `)).text).toBe(`${deep} `);
    expect((await read('open.json', '{"a":['.repeat(100_000))).blocks.length).toBeGreaterThan(0);
  });

  it('reads lines as rows and counts those that are not valid', async () => {
    const document = await read('flats.jsonl');
    expect(blocksOf(document)).toEqual([
      'row: {"flat": "4a", "rent": 400}',
      'row: {"flat": "4b", "rent": 410}',
      'row: {"flat":',
    ]);
    expect(document.notes).toEqual(['Line 3 is not valid JSON; it was read as it stands.']);
    expect(labels(document)).toEqual(['lines 1–3']);
  });
});

describe('YAML', () => {
  it('is cut at entries and documents and stays as it is', async () => {
    const document = await read('rules.yaml');
    expect(document.text).toBe(readFileSync(join(folder, 'rules.yaml'), 'utf8'));
    expect(document).toMatchObject({ title: 'House rules', author: 'Ada Byron', date: '2024-03-01' });
    expect(slices(document, document.blocks).slice(1)).toEqual([
      'noise:\n  - after ten: forbidden\n  - at noon: forbidden',
      '---\nsecond: document',
    ]);
    expect(labels(document)).toEqual(['lines 1–15: title, noise, second']);
  });

  it('does not expand aliases', async () => {
    const bomb = `a: &a [x, x]\n${'bcdefgh'
      .split('')
      .map((c, i) => `${c}: &${c} [*${'abcdefg'[i]}, *${'abcdefg'[i]}]`)
      .join('\n')}\n`;
    expect((await read('bomb.yaml', bomb)).text).toBe(bomb);
  });
});

describe('XML', () => {
  it('reads an article: headings, tables, lists, references', async () => {
    const document = await read('mice.xml');
    expect(document).toMatchObject({ kind: 'xml', title: 'On mice', author: 'Jürgen Král', date: '2021-03-02' });
    expect(blocksOf(document)).toEqual([
      'heading: On mice',
      'paragraph: Král Jürgen',
      'paragraph: 2 3 2021',
      'paragraph: Short text.',
      'heading: Finds',
      'paragraph: One 1 two.',
      'row: Day | Mice',
      'row: Mon | 9 grey',
      'item: cheese',
      'heading: References',
      'paragraph: 1 Kim A 2001',
    ]);
    expect(document.blocks[7]).toMatchObject({ header: 'Day | Mice' });
    expect(labels(document)).toEqual(['On mice', 'Finds', 'References']);
    expect(document.notes).toEqual([
      'Attributes of elements (numbers, addresses, settings) were left out; those that hold words were kept.',
      'One comment was left out.',
    ]);
    expect(document.omitted).toContainEqual({ what: 'comments', text: 'a comment' });
  });

  it('reads data as records and feeds as items', async () => {
    expect((await read('countries.xml')).text).toBe(
      'name: Aruba; population: 100000\n\nname: Chad; city: name: Abéché, pop: 3',
    );
    const feed = await read('news.rss');
    expect(feed).toMatchObject({ title: 'News of Lindenhof', date: '2024-03-01' });
    expect(feed.text).toBe(
      'News of Lindenhof\n\npubDate: Fri, 01 Mar 2024 10:00:00 GMT\n\nIce\n\nThe harbour froze.\n\nAgain & again.',
    );
  });

  it('expands no entities and fetches nothing', async () => {
    const document = await read('laughs.xml');
    expect(document.text).toBe('a: Before &l9; &file; after');
    expect(document.notes).toEqual([
      '2 abbreviations that the file defines itself (entities) stand as written, for safety.',
    ]);
  });

  it('follows what is not well-formed as far as it can, and depth', async () => {
    const broken = await read('x.xml', '<a><b>One</c> two</a>');
    expect(broken.text).toContain('One');
    expect(broken.notes[0]).toMatch(/^It is not well-formed XML at line 1 \(.+\); it was read as far/);
    expect((await read('deep.xml', '<a>'.repeat(50_000) + 'deep' + '</a>'.repeat(50_000))).text).toContain('deep');
    expect((await read('cut.xml', '<a><b>One</b><c>two')).text).toContain('two');
    expect((await read('none.xml', 'no marks at all')).kind).toBe('text');
  });
});

describe('subtitles', () => {
  it('joins cues into passages under their times', async () => {
    const document = await read('film.srt');
    expect(document.text).toBe('Hello there.\n- Who?\n- Me.\n\nLater & more');
    expect(document.parts).toEqual([
      { kind: 'time', label: '00:00:01–00:00:05', start: 0, end: 25 },
      { kind: 'time', label: '00:01:03–00:01:05', start: 27, end: 39 },
    ]);
  });

  it('knows voices, notes and styles of WebVTT', async () => {
    const document = await read('film.vtt');
    expect(document).toMatchObject({ title: 'A film', text: 'Ada: Hello there & then. Hello there' });
    expect(document.notes).toEqual([
      'One comment was left out.',
      'The names of one cue were left out.',
      'Styles of the subtitles were left out.',
    ]);
    expect(document.omitted).toEqual([
      { what: 'comments', text: 'Made by hand' },
      { what: 'names of cues', text: 'opening' },
    ]);
  });
});

describe('source code', () => {
  it('is cut between blank lines and before declarations, and names them', async () => {
    const document = await read('desk.py');
    expect(document.text).toBe(readFileSync(join(folder, 'desk.py'), 'utf8'));
    expect(document).toMatchObject({ kind: 'code', title: 'desk.py', shown: { as: 'code' } });
    expect(slices(document, document.blocks).slice(0, 3)).toEqual([
      '"""Counts."""\nimport os',
      '# Adds up.\ndef total(values):\n    result = 0',
      'for value in values:\n        result += value\n    return result',
    ]);
    expect(labels(document)).toEqual(['lines 1–16: total, Desk, __init__']);
  });

  it.each([
    ['a.ts', 'export async function readAll(path: string) {\n}', 'readAll'],
    ['a.ts', 'export const read = async (path) => path;', 'read'],
    ['a.go', 'func (d *Desk) Open() error {\n}', 'Open'],
    ['a.rs', 'pub(crate) fn open(desk: &Desk) {\n}', 'open'],
    ['a.c', 'static int open_desk(struct desk *d)\n{\n}', 'open_desk'],
    ['a.sql', 'CREATE TABLE flats (\n id int\n);', 'flats'],
  ])('names the declaration of %s %j', async (name, source, declared) => {
    expect(labels(await read(name, source))[0]).toMatch(new RegExp(`: ${declared}$`));
  });
});

describe('content decides before the name', () => {
  it.each([
    ['{"a": [1]}', 'x.txt', 'json'],
    ['{"a": 1}\n{"a": 2}\n', 'x.json', 'jsonl'],
    ['{"cells": [{"cell_type":"code","source":"x"}], "nbformat": 4}', 'x.json', 'ipynb'],
    ['<?xml version="1.0"?><a>words</a>', 'x.txt', 'xml'],
    ['1\n00:00:01,000 --> 00:00:02,000\nHello\n', 'x.txt', 'subtitles'],
    ['\\documentclass{article}\n\\begin{document}Hi\\end{document}', 'x.txt', 'tex'],
    ['a\tb\n1\t2\n3\t4\n', 'x.txt', 'csv'],
    ['#!/bin/sh\necho hi\n', 'run', 'code'],
    ['Only words', 'x.srt', 'text'],
    ['[draft] Not a list', 'x.txt', 'text'],
  ])('%j called %s', async (text, name, kind) => {
    expect((await read(name, text)).kind).toBe(kind);
  });
});

describe('anything', () => {
  const words = (...pieces: string[]): fc.Arbitrary<string> =>
    fc
      .array(fc.constantFrom(...pieces, 'word', ' ', '\n', '\r\n', 'é', '\0'), { maxLength: 60 })
      .map((all) => all.join(''));
  const sources: Record<string, fc.Arbitrary<string>> = {
    'x.tex': words(
      '\\section{',
      '}',
      '\\item ',
      '\\begin{verbatim}',
      '\\end{verbatim}',
      '%',
      '&',
      '\\\\',
      '\\begin{tabular}',
      '\\begin{document}',
    ),
    'x.json': words('{', '}', '[', ']', ',', '"', '\\', ':', '1'),
    'x.jsonl': words('{"a":1}', '{', '\n'),
    'x.yaml': words('key: ', '- ', '---', '#', '  ', '|', "'"),
    'x.xml': words(
      '<a>',
      '</a>',
      '<title>',
      '</title>',
      '<p x="a b">',
      '</p>',
      '<table>',
      '<tr>',
      '<td>',
      '</td>',
      '</tr>',
      '</table>',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&x;',
      '<!--',
      '-->',
      '<ref>',
      '</ref>',
      '<list>',
      '<code>',
      '</code>',
    ),
    'x.rss': words('<rss>', '<item>', '<title>', '</title>', '<description>', '</description>', '&lt;p&gt;', '</item>'),
    'x.srt': words('1\n', '00:00:01,000 --> 00:00:02,000\n', '<i>', '\n\n', '- ', '-->'),
    'x.py': words('def f():\n', 'class A:\n', '#', '\n\n', '    '),
    'x.ipynb': fc
      .array(
        fc.record({
          cell_type: fc.constantFrom('markdown', 'code', 'raw', 'heading', 1),
          source: fc.anything(),
          outputs: fc.anything(),
        }),
      )
      .map((cells) => {
        try {
          return JSON.stringify({ nbformat: 4, cells });
        } catch {
          return '{"nbformat": 4, "cells": []}';
        }
      }),
  };
  it.each(Object.entries(sources))('keeps every promise of %s', (path, source) =>
    fc.assert(
      fc.asyncProperty(source, async (text) => {
        try {
          expect(brokenPromises(await readDocument({ path, bytes: new TextEncoder().encode(text) }))).toEqual([]);
        } catch (error) {
          if (!(error instanceof ReadError) || 'cause' in error) throw error;
        }
      }),
      { numRuns: 150 },
    ),
  );
});
