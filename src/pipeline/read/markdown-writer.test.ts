import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { brokenHtml } from '../../../tests/support/reader-invariants.ts';
import { walkHtml } from './html-walk.ts';
import { markdownHtml } from './markdown-html.ts';
import { writeMarkdown } from './markdown-writer.ts';
import { Writer } from './writer.ts';

const parse = (source: string) => fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

/** Where a text is cut into spans is no matter. */
const bare = (html: string) => html.replace(/<\/?span[^>]*>/g, '');

function written(source: string) {
  const writer = new Writer();
  const pictures = writeMarkdown(parse(source), source, writer, []);
  const html = writer.finish();
  expect(brokenHtml(html, writer.text)).toEqual([]);
  return { text: writer.text, blocks: writer.blocks, labels: writer.labels, html: bare(html), pictures };
}

/** The long way round: markup for the viewer, parsed and walked as a page. */
function walked(source: string) {
  const shown = markdownHtml(parse(source), source, 0);
  const writer = new Writer();
  walkHtml(
    parseHTML(`<!doctype html><html><head></head><body>${shown.html}</body></html>`).document,
    writer,
    new Set(),
  );
  const html = writer.finish();
  return {
    text: writer.text,
    blocks: writer.blocks,
    labels: writer.labels,
    html: bare(html),
    pictures: shown.pictures,
  };
}

describe('markdown written straight into a text', () => {
  it('is what its markup would be read as', () => {
    const source =
      '# Oars *and* keys\n\nIn the **loft**, see [the list](https://example.org/a) or ![A cat](cat.png).  \nNext line.\n\n' +
      '1. One\n   - Two\n\n     More\n2. Three\n\n> Quoted\n> > twice\n\n```js\n  js();\n```\n\n| a | b |\n|---|---|\n| `c` | |\n\n' +
      '---\n\n<b>After</b> ten[^1] ~~gone~~ [r] [x](javascript:y).\n\n[^1]: The note.\n\n[r]: https://example.org/r\n';
    expect(written(source)).toEqual(walked(source));
  });

  it('also where its pieces come in any order', () => {
    const piece = fc.constantFrom(
      ...[
        '# ',
        '## A',
        '\n',
        '\n\n',
        '- ',
        '> ',
        '1. ',
        '| a | b |\n|---|---|\n',
        '| c | d |\n',
        '```\n',
        '`x`',
        '*',
        '**b**',
      ],
      ...[
        '\\*',
        '&amp;',
        '[x](http://a)',
        '![p](q)',
        '[^1]',
        '[^1]: note\n',
        '[r]: http://x\n',
        '---\n',
        '  \n',
        '<b>',
        'word',
        ' é',
        '~~x~~',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const source = pieces.join('');
        expect(written(source)).toEqual(walked(source));
      }),
      { numRuns: 500 },
    );
  });
});
