import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { readDocument } from './read.ts';

const read = (text: string, path = 'x.md') => readDocument({ path, bytes: new TextEncoder().encode(text) });
const slices = (text: string, spans: readonly { start: number; end: number }[]): string[] =>
  spans.map(({ start, end }) => text.slice(start, end));

describe('markdown', () => {
  const text = [
    '---',
    'title: "House rules"',
    '---',
    'Before.',
    '',
    '# Animals &amp; *pets*',
    '',
    '1. Dogs \\*may* stay.',
    '   - Cats too.',
    '',
    '> Quoted',
    '> twice',
    '',
    '| Day | Hour |',
    '|-----|------|',
    '| Mon | 9    |',
    '',
    '```js',
    'js();',
    '```',
    '',
    'See [the page](https://example.org/a?b=1&c=2), [bad](javascript:x), ![A cat](cat.png)',
    '',
    'Noise',
    '=====',
    '<b>After</b> ten.',
    '',
  ].join('\n');

  it('lays blocks and sections over the file itself', async () => {
    const document = await read(text);
    expect(document.text).toBe(text);
    expect(document.title).toBe('House rules');
    expect(brokenPromises(document)).toEqual([]);
    expect(document.blocks.map(({ kind }) => kind)).toEqual(
      'paragraph paragraph heading item item quote row row code paragraph heading paragraph'.split(' '),
    );
    expect(slices(text, document.blocks).slice(2, 8)).toEqual([
      '# Animals &amp; *pets*',
      '1. Dogs \\*may* stay.',
      '- Cats too.',
      '> Quoted\n> twice',
      '| Day | Hour |\n|-----|------|',
      '| Mon | 9    |',
    ]);
    expect(document.blocks[7]).toMatchObject({ kind: 'row', header: 'Day | Hour' });
    expect(document.parts.map(({ label }) => label)).toEqual(['House rules', 'Animals & pets', 'Noise']);
    expect(document.notes).toEqual(['One picture was left out; only text is read.']);
  });

  it('shows safe markup whose spans stand where the text stands', async () => {
    const { shown } = await read(text);
    const html = shown.as === 'html' ? shown.html : '';
    const at = (words: string): number => text.indexOf(words);
    expect(html).toContain(
      `<a href="https://example.org/a?b=1&amp;c=2"><span data-start="${at('the page')}">the page</span></a>`,
    );
    expect(html).toContain(`<span data-start="${at('&amp;')}" data-end="${at('&amp;') + 5}">&amp;</span>`);
    expect(html).toContain(`<pre><code><span data-start="${at('js();')}">js();</span></code></pre>`);
    expect(html).toContain(`<td><span data-start="${at('Mon')}">Mon</span></td>`);
    expect(html).toContain('&lt;b&gt;');
    expect(html).not.toMatch(/javascript|<b>|<img|cat\.png/);
  });

  it('reads markup nested too deeply as plain text and says so', async () => {
    const deep = `${'> '.repeat(5000)}deep\n`;
    const document = await read(deep);
    expect(document.text).toBe(deep);
    expect(document.shown).toEqual({ as: 'text' });
    expect(document.notes).toEqual(['Its markup is nested too deeply to follow; it was read as plain text.']);
  });

  it('reads a long file in pieces as it reads a short one', async () => {
    const section = '# Part\n\nSome *words* here.\n\n- one\n\n  still one\n\n```\n\nNo # heading\n```\n\n';
    const long = await read(section.repeat(400));
    const short = await read(section);
    expect(brokenPromises(long)).toEqual([]);
    expect(long.parts).toHaveLength(400);
    const shift = section.length * 399;
    expect(long.blocks.slice(-short.blocks.length)).toEqual(
      short.blocks.map((block) => ({ ...block, start: block.start + shift, end: block.end + shift })),
    );
  });

  it.each([
    ['---\ntitle: Rules # draft\nauthor: Ada Byron\ndate: 2024-03-01\n---\nText\n', 'Ada Byron'],
    [
      '---\ntitle: >-\n  Rules\nauthor:\n  - name: Ada Byron\n    mail: a@b.c\n  - name: "Max, Jr."\ndate: March 1, 2024\n---\nText\n',
      'Ada Byron, Max, Jr.',
    ],
    [
      '+++\ntitle = "Rules"\nauthors = ["Ada Byron", \'Max\']\ndate = 2024-03-01T10:00:00Z\n+++\nText\n',
      'Ada Byron, Max',
    ],
    ['---\ntitle: Rules\nauthors:\n- Ada Byron\n- Max\ndate: 2024-03-01\n---\nText\n', 'Ada Byron, Max'],
  ])('takes title, author and date from front matter %j', async (text, author) => {
    const document = await read(text);
    expect(document).toMatchObject({ text, title: 'Rules', author, date: '2024-03-01' });
    expect(brokenPromises(document)).toEqual([]);
  });

  it('keeps footnotes, formulas and HTML blocks as they stand', async () => {
    const text = 'One[^1] $a^2$.\n\n$$\n\\int x\n$$\n\n<table>\n<tr><td>Rent</td></tr>\n</table>\n\n[^1]: The note.\n';
    const document = await read(text);
    expect(document.text).toBe(text);
    expect(brokenPromises(document)).toEqual([]);
    expect(slices(text, document.blocks)).toEqual([
      'One[^1] $a^2$.',
      '$$\n\\int x\n$$',
      '<table>\n<tr><td>Rent</td></tr>\n</table>',
      '[^1]: The note.',
    ]);
  });

  it('takes the title from the first heading, else from the name', async () => {
    expect((await read('Hello\n\n## A *b* `c`\n')).title).toBe('A b c');
    expect((await read('Hello\n', 'dir/my.notes.md')).title).toBe('my.notes');
  });
});
