import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { ReadError } from '../document.ts';
import { FORMATS } from './formats.ts';
import { readDocument } from './read.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from([...text].map((c) => c.charCodeAt(0)));
const EXTENSIONS = ['txt', 'md', 'html', 'csv', 'docx', 'pdf', 'bin'];

/** A whole sentence that names the file. */
const SENTENCE = /^“[^”]+” .*\.$/s;

async function promisesOf(path: string, bytes: Uint8Array): Promise<string[]> {
  try {
    return brokenPromises(await readDocument({ path, bytes }));
  } catch (error) {
    if (error instanceof ReadError && SENTENCE.test(error.message) && !('cause' in error)) return [];
    throw error;
  }
}

it('a reader that does not come is not the file’s fault', async () => {
  const reader = FORMATS.text.reader!;
  const load = vi
    .spyOn(reader, 'load')
    .mockRejectedValueOnce(new TypeError('Failed to fetch dynamically imported module'));
  const reading = readDocument({ path: 'a.txt', bytes: bytesOf('Text.') });
  await expect(reading).rejects.toMatchObject({
    code: 'not-loaded',
    message: expect.stringMatching(/^“a.txt” was not read: .* Reload the page, then read it again\.$/) as string,
  });
  load.mockRestore();
  expect((await readDocument({ path: 'a.txt', bytes: bytesOf('Text.') })).text).toBe('Text.');
});

describe('what cannot be read is refused with a sentence', () => {
  it.each([
    ['nothing', 'a.txt', '', 'empty'],
    ['only blanks', 'a.md', ' \n\t ', 'no-text'],
    ['a picture cut short', 'a.txt', '\x89PNG\r\n\x1a\n\0\0', 'damaged'],
    ['a recording', 'a.bin', 'ID3\x03\0\0', 'unsupported'],
    ['an archive', 'a.zip', 'PK\x05\x06' + '\0'.repeat(18), 'no-text'],
    ['an old Word file', 'a.doc', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0', 'damaged'],
    [
      'a locked Word file',
      'a.docx',
      '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0',
      'encrypted',
    ],
    ['bytes', 'a.txt', '\0\x01\x02\x03\x9f\x04\0\0\x05\x06', 'binary'],
    ['bytes called PDF', 'a.pdf', '\0\x01\x02\x03\x9f\x04\0\0\x05\x06', 'damaged'],
    ['a cut archive called Word', 'a.docx', 'PK\x03\x04\x14\0\0\0', 'damaged'],
    ['a PDF of nothing', 'a.pdf', '%PDF-1.7\n', 'damaged'],
  ])('%s', async (_, path, content, code) => {
    const refusal = await readDocument({ path: `folder/${path}`, bytes: bytesOf(content) }).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(ReadError);
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(SENTENCE) });
    expect((refusal as ReadError).message).toContain(`“${path}”`);
  });

  it('says what a damaged file was meant to be', async () => {
    const bytes = bytesOf('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0');
    await expect(readDocument({ path: 'a.doc', bytes })).rejects.toThrow('an old Word document');
  });
});

describe('content decides before the name', () => {
  it.each([
    ['notes.txt', '<!DOCTYPE html><p>Hello</p>', 'html'],
    ['page.html', 'No markup here.', 'text'],
    ['page.pdf', '<html><body>Not found</body></html>', 'html'],
    ['readme', 'Plain.', 'text'],
    ['data.json', '{"a": 1}', 'json'],
  ])('%s', async (path, content, kind) => {
    const document = await readDocument({ path, bytes: bytesOf(content) });
    expect(document.kind).toBe(kind);
    const promised = /\.(?:txt|html|pdf)$/.test(path);
    expect(document.notes.some((note) => note.startsWith('Its name ends in'))).toBe(promised);
  });
});

describe('every document keeps its promises', () => {
  const pieces = [
    '# ',
    '## A',
    '\n',
    '\n\n',
    '- ',
    '> ',
    '1. ',
    '| a | b |\n|---|---|\n',
    '| c |',
    '```',
    '`x`',
    '*',
    '**b**',
    '\\*',
    '&amp;',
    '&#0;',
    '[x](http://a)',
    '![p](q)',
    '[^1]',
    '[^1]: note',
    '[r]: http://x',
    '---\n',
    '\r\n',
    '\t',
    '    ',
    '<b>',
    '<!-- c -->',
    'word',
    'zwei Wörter',
    'é',
    '😀',
    '\u0000',
    '\u00ad',
    '===',
    '~~x~~',
    'www.a.de',
    '- [x] ',
    '<',
  ];
  const markup = [
    'p',
    'div',
    'ul',
    'li',
    'table',
    'tr',
    'td',
    'th',
    'h2',
    'b',
    'a href="http://x"',
    'pre',
    'br',
    'script',
    'nav',
    'svg',
    'title',
    'blockquote',
    'caption',
  ];
  const html = fc.array(
    fc.oneof(
      fc.constantFrom(...markup).map((tag) => `<${tag}>`),
      fc.constantFrom(...markup).map((tag) => `</${tag.split(' ')[0]}>`),
      fc.constantFrom('text', ' ', '\n', '&lt;', '&nbsp;', '|', '&#13;', 'ü', '<', '😀'),
    ),
    { maxLength: 40 },
  );
  const encoder = new TextEncoder();

  it.each(['    > ', '[r]: http://x\nzwei Wörter---\n---\n', '> \n>     > x\n', '\t> a\n    &gt;'])(
    'markdown %j',
    async (text) => {
      expect(await promisesOf('x.md', encoder.encode(text))).toEqual([]);
    },
  );

  it('markdown of any pieces', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), async (parts) => {
        expect(await promisesOf('x.md', encoder.encode(parts.join('')))).toEqual([]);
      }),
      { numRuns: 300 },
    ));

  it('html of any pieces', () =>
    fc.assert(
      fc.asyncProperty(html, async (parts) => {
        expect(await promisesOf('x.html', encoder.encode(`<html>${parts.join('')}`))).toEqual([]);
      }),
      { numRuns: 300 },
    ));

  it('tables of any cells', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'Name', '1', '"', ',', ';', '\n', '\t', ' ', '"x, y"', '<b>', 'ü'), {
          maxLength: 40,
        }),
        async (parts) => {
          expect(await promisesOf('x.csv', encoder.encode(parts.join('')))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    ));

  it('any bytes under any name', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...EXTENSIONS),
        fc.constantFrom('', '%PDF-1.4\n', 'PK\x03\x04', '<html>', '\xff\xfe', '# '),
        fc.uint8Array({ maxLength: 300 }),
        async (extension, head, tail) => {
          expect(await promisesOf(`x.${extension}`, Uint8Array.from([...bytesOf(head), ...tail]))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    ));
});
