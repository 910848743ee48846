/**
 * Files that mean harm, in every format that can carry it. What is tried and what comes of it stands in docs/threats.md;
 * `tests/e2e/attacks.spec.ts` shows the same files in the built page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import type { Document } from '../document.ts';
import { readDocument } from './read.ts';

const FOLDER = join(import.meta.dirname, '../../../tests/fixtures/documents/formats/attacks');
const called = (pattern: RegExp): string[] => readdirSync(FOLDER).filter((name) => pattern.test(name));
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, name)));
const read = (name: string, path = name): Promise<Document> => readDocument({ path, bytes: bytesOf(name) });
const readText = (path: string, text: string): Promise<Document> =>
  readDocument({ path, bytes: new TextEncoder().encode(text) });
/** All that a person could come to see of a document. */
const allOf = ({ text, shown, omitted, notes }: Document): string =>
  [text, shown.as === 'html' ? shown.html : '', ...omitted.map((one) => one.text), ...notes].join('\n');

/** A document that keeps its promises, or the code of a whole sentence. */
async function outcome(reading: Promise<Document>): Promise<Document | string> {
  try {
    const document = await reading;
    expect(brokenPromises(document)).toEqual([]);
    return document;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    expect(error.message).toMatch(/^“[^”]*” .*\.$/s);
    return error.code;
  }
}

/** Time is told in rounds of work of the same run: so many sortings of 200,000 numbers. */
let sorting = 0;
beforeAll(() => {
  const from = performance.now();
  for (let i = 0; i < 3; i++) Float64Array.from({ length: 200_000 }, (_, k) => Math.sin(k * 7 + i)).sort();
  sorting = (performance.now() - from) / 3;
});

async function within(sortings: number, work: () => Promise<void>): Promise<void> {
  const from = performance.now();
  await work();
  expect(performance.now() - from).toBeLessThan(sortings * Math.max(sorting, 10));
}

describe('a script, a formula or an address outside', () => {
  const connections: unknown[] = [];
  const connect = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...given) {
    connections.push(given);
    return this;
  });
  const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.reject(new Error('refused')));
  afterEach(() => void connections.splice(0));
  afterAll(() => {
    connect.mockRestore();
    fetched.mockRestore();
  });

  const OFFERS = called(/^offer\./);

  it('has a file in each format that can carry one', () => {
    const formats = 'csv docx eml epub fodp fods fodt html ipynb json md mhtml pptx rss rtf svg tex vtt xlsx xml yaml';
    expect(OFFERS.map((name) => name.slice(6)).sort()).toEqual(formats.split(' '));
  });

  it.each(OFFERS)('in %s is neither run nor fetched, and the words are read', async (name) => {
    const document = await read(name);
    expect(document.text).toContain('The lifeboat of Skarness is called Petrel.');
    expect(brokenPromises(document)).toEqual([]);
    expect(globalThis).not.toHaveProperty('owned');
    expect(Object.prototype).not.toHaveProperty('owned');
    expect(connections).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
    // What an entity, an include or a link names is not in it.
    expect(allOf(document)).not.toMatch(/root:.*:0:0:/);
    const html = document.shown.as === 'html' ? document.shown.html : '';
    expect(html).not.toMatch(/href="(?!https?:|mailto:)/);
  });
});

describe('entities', () => {
  it.each([...called(/^laughs\./), 'quadratic.xml'])('of %s are not expanded', async (name) => {
    await within(400, async () => {
      const found = await outcome(read(name));
      if (typeof found === 'string') expect(found).toBe('damaged');
      else {
        expect(found.text).toContain('Before');
        expect(allOf(found).length).toBeLessThan(1_000_000);
        expect(allOf(found)).not.toContain('haha'.repeat(11));
      }
    });
  });
});

describe('nesting without end', () => {
  const DEPTH = 60_000;
  const nested = (open: string, close: string): string => `${open.repeat(DEPTH)}Deep words${close.repeat(DEPTH)}`;

  it.each(called(/^deep\./))('in %s is refused or read, in time', async (name) => {
    await within(400, async () => {
      const found = await outcome(read(name));
      if (typeof found === 'string') expect(found).toMatch(/^(?:damaged|too-large|no-text)$/);
      else expect(found.text).toContain('Deep words');
    });
  });

  it.each([
    ['deep.html', nested('<div>', '</div>')],
    ['deep.svg', nested('<g>', '</g>')],
    ['deep.json', `${nested('[', ']').replace('Deep words', '"Deep words"')}`],
    ['deep.ipynb', `{"nbformat": 4, "cells": ${nested('[', ']').replace('Deep words', '"Deep words"')}}`],
    ['deep.yaml', nested('- ', '')],
    ['deep.md', nested('> ', '')],
    ['deep.tex', `\\documentclass{a}\\begin{document}${nested('{', '}')}\\end{document}`],
    ['deep.rtf', `{\\rtf1 ${nested('{', '}')}}`],
    ['deep.csv', nested('"', '"')],
    ['deep.eml', `From: a@example.org\nSubject: Deep\nContent-Type: text/html\n\n${nested('<b>', '</b>')}`],
    [
      'deep.fodt',
      `<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.text">${nested('<text:section>', '</text:section>')}</office:document>`,
    ],
  ])('in %s is refused or read, in time', async (path, text) => {
    await within(400, async () => {
      const found = await outcome(readText(path, text));
      if (typeof found === 'string') expect(found).toMatch(/^(?:damaged|too-large|no-text)$/);
      else expect(found.text).toContain('Deep words');
    });
  });
});

describe('archives', () => {
  it.each(['zip64.zip', 'zip64-stored.zip'])('%s is read by its records for large archives', async (name) => {
    const document = await read(name);
    expect(document.text).toBe('File | Size\nnotes/keys.txt | 26 bytes');
    expect(document.inner.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])).toEqual([
      ['notes/keys.txt', 'The keys hang by the door.'],
    ]);
    expect(document.notes).toEqual([]);
  });

  it.each([
    ['zip64-claims-much.zip', /^Not unpacked: “notes\/keys\.txt”\. They would grow more than 100 times/],
    ['zip64-claims-little.zip', /^Not unpacked: “notes\/keys\.txt”\. They are damaged/],
  ])('%s lies about sizes and stays packed', async (name, note) => {
    const document = await read(name);
    expect(document.inner).toEqual([]);
    expect(document.notes).toEqual([expect.stringMatching(note)]);
  });

  it('with a count that cannot be is refused', async () => {
    expect(await outcome(read('zip64-counts-wrong.zip'))).toBe('damaged');
  });

  it.each(called(/^bomb\./))('%s is refused before it is unpacked', async (name) => {
    await within(100, async () => expect(await outcome(read(name))).toBe('too-large'));
  });

  it('in archives are opened to a depth, and no layer grows more than a hundred times', async () => {
    const sizes: number[] = [];
    let file = { path: 'layers.zip', bytes: bytesOf('layers.zip') };
    for (;;) {
      const { inner } = await readDocument(file);
      const next = inner[0];
      if (next === undefined) break;
      expect(next.bytes.length).toBeLessThan(Math.max(file.bytes.length * 100, 1024 * 1024));
      sizes.push(next.bytes.length);
      file = { path: `${file.path}/${next.path}`, bytes: next.bytes };
      if (!file.path.endsWith('.zip')) break;
    }
    expect(file.path).toBe('layers.zip/layer1.zip/layer0.zip/zeros.txt');
    expect(sizes.at(-1)).toBe(20_000_000);
    // One archive more around them, and the innermost stays packed.
    const deeper = await read('layers.zip', 'a.zip/b.zip/c.zip/layers.zip');
    expect(deeper.inner).toEqual([]);
    expect(deeper.notes).toEqual([expect.stringContaining('They lie in more than 3 archives')]);
  });
});
