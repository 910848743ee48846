import { describe, expect, it } from 'vitest';
import { brokenPromises } from '../../../tests/support/reader-invariants.ts';
import { readDocument } from './read.ts';

const read = (html: string, path = 'page.html') => readDocument({ path, bytes: new TextEncoder().encode(html) });
const shownHtml = (document: Awaited<ReturnType<typeof read>>): string =>
  document.shown.as === 'html' ? document.shown.html : '';

describe('html', () => {
  it('reads what is visible, block by block', async () => {
    const document = await read(`<!doctype html><html><head><title>House
      rules</title><style>p { color: red }</style></head><body><!-- never -->
      <p>Wel&shy;come,&nbsp; all &amp; <em>sundry</em>.<br>Second line.</p>
      <h2>Animals</h2><ul><li>Dogs<ul><li>small ones</li></ul></li></ul>
      <blockquote>Quoted</blockquote><pre>\n  let x;\n  y();\n</pre>
      <p hidden>secret</p><div style="display:none">secret</div><script>secret()</script><img src="x.png">
      <div>Loose <a href="https://example.org/?a=1&amp;b=2">link</a> <a href="javascript:x()">bad</a></div></body></html>`);
    expect(document.text).toBe(
      'Welcome, all & sundry.\nSecond line.\n\nAnimals\n\nDogs\n\nsmall ones\n\nQuoted\n\n  let x;\n  y();\n\nLoose link bad',
    );
    expect(document.title).toBe('House rules');
    expect(document.blocks.map(({ kind }) => kind)).toEqual(
      'paragraph heading item item quote code paragraph'.split(' '),
    );
    expect(document.parts).toMatchObject([
      { label: 'House rules', start: 0, end: 35 },
      { label: 'Animals', start: 37, end: document.text.length },
    ]);
    expect(document.notes).toEqual([
      'One picture was left out; only text is read.',
      '12 characters that the page does not show at first (hidden elements) were left out.',
    ]);
    expect(document.omitted).toEqual([{ what: 'hidden elements', text: 'secret\nsecret' }]);
    expect(brokenPromises(document)).toEqual([]);
    const html = shownHtml(document);
    expect(html).toContain('<ul><li><p><span data-start="46">Dogs</span></p><ul><li><p>');
    expect(html).toContain('<a href="https://example.org/?a=1&amp;b=2">');
    expect(html).not.toMatch(/secret|script|style|x\.png|never/);
  });

  it('reads tables row by row under their header, and layout tables as text', async () => {
    const document =
      await read(`<table><tr><th>Day<th>Hours</tr><tr><td>Mon<td>9 to <b>5</b></tr><tr><td>Tue<td></tr></table>
      <table><tr><td><h1>Big</h1><p>One</p></td><td><p>Two</p></td></tr></table>`);
    expect(document.text).toBe('Day | Hours\nMon | 9 to 5\nTue\n\nBig\n\nOne\n\nTwo');
    expect(document.blocks.slice(0, 3)).toMatchObject([
      { header: '' },
      { header: 'Day | Hours' },
      { header: 'Day | Hours' },
    ]);
    expect(shownHtml(document)).toMatch(/^<table><thead><tr><th>.*<\/thead><tbody><tr><td>/);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('leaves navigation out around an article, keeps what the article holds, and says so', async () => {
    const sentence = 'The harbour froze over in the winter of that year, and ships lay fast in the ice for weeks. ';
    const article = `<article><h1>Ice</h1><p>${sentence.repeat(6)}</p><aside><p>${sentence.repeat(3)}</p></aside><p>${sentence.repeat(6)}</p></article>`;
    const page = await read(
      `<html><body><nav><a href="/">Home</a> <a href="/a">About</a></nav>${article}<footer>All rights</footer></body></html>`,
    );
    expect(page.text).not.toMatch(/Home|About|All rights/);
    expect(page.text.split('froze')).toHaveLength(16);
    expect(page.notes).toEqual(['20 characters of navigation, sidebars and footers around the article were left out.']);
    expect(page.omitted).toEqual([{ what: 'navigation, sidebars and footers', text: 'Home About\n\nAll rights' }]);
    const short = await read('<html><body><nav>Home</nav><p>Just this.</p></body></html>');
    expect(short.text).toBe('Home\n\nJust this.');
  });

  it.each([
    ['<meta name="Author" content="Ada Byron"><meta property="article:published_time" content="2024-03-01T10:00:00Z">'],
    [
      '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"author": [{"name": "Ada Byron"}], "datePublished": "2024-03-01"}]}</script>',
    ],
    [
      '<script type="application/ld+json">{broken</script><meta name="author" content="By Ada Byron"><meta name="date" content="1 March 2024">',
    ],
  ])('takes author and date from %s', async (head) => {
    const document = await read(`<html><head>${head}</head><body><p>Words.</p></body></html>`);
    expect(document).toMatchObject({ author: 'Ada Byron', date: '2024-03-01', text: 'Words.' });
  });

  it('tells what pictures and hidden elements say, reads frames written in place and filled fields', async () => {
    const document = await read(
      '<html><body><p>One</p><img alt="A cat"><noscript>No <b>script</b></noscript><template>Later</template>' +
        '<iframe srcdoc="&lt;p&gt;Framed&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;" src="https://example.org/"></iframe>' +
        '<form>Name <input value="Ada"><input type="hidden" value="token"><input type="password" value="pw"></form>' +
        '<dl><dt>Rent</dt><dd>400</dd></dl><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></body></html>',
    );
    expect(document.text).toBe('One\n\nFramed\n\nName Ada\n\nRent\n\n400\n\n漢(kan)');
    expect(document.omitted).toEqual([
      { what: 'descriptions of pictures', text: 'A cat' },
      { what: 'hidden elements', text: 'No script\nLater' },
    ]);
    expect(brokenPromises(document)).toEqual([]);
  });

  it('follows the charset that the file states', async () => {
    const html = '<html><head><meta charset="windows-1251"></head><body><p>\xcf\xf0\xe8\xe2\xe5\xf2</p></body></html>';
    const document = await readDocument({
      path: 'a.html',
      bytes: Uint8Array.from([...html].map((c) => c.charCodeAt(0))),
    });
    expect(document.text).toBe('Привет');
    expect(document.notes).toEqual([]);
  });

  it('is not overflowed by depth', async () => {
    const depth = 5_000;
    const document = await read(
      `<html><body>${'<ul><li>'.repeat(depth)}deep<b>${'<b><div>'.repeat(depth)}er</body></html>`,
    );
    expect(document.text).toBe('deep\n\ner');
    expect(brokenPromises(document)).toEqual([]);
  });

  it('refuses depth that no parser gets through in time', async () => {
    await expect(read(`<html><body>${'<div><span>'.repeat(50_000)}x</body></html>`)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('nests its elements too deeply'),
    });
  });

  it('refuses a page that shows no words', async () => {
    await expect(read('<html><body><script>app()</script></body></html>')).rejects.toMatchObject({
      code: 'no-text',
      message: expect.stringContaining('“page.html” holds no text to search'),
    });
  });
});
