/** Files that cannot be read, questions that cannot be answered, documents that mean harm: each gets a sentence. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as bad from '../../scripts/fixtures/bad.ts';
import type { Library } from '../../src/library/library.svelte.ts';
import { wrongRequests } from './support/build.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, PREFIX, test, type Visit } from './support/fixtures.ts';
import { calibration, watchTasks } from './support/long-tasks.ts';

declare const carrel: Library;

test.describe.configure({ timeout: 120_000 });

let folder: string;
let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit, hollow }) => {
  folder = mkdtempSync(join(tmpdir(), 'carrel-bad-input-'));
  visit = await openVisit('full', '', { root: hollow.root });
  desk = new Desk(visit.page);
  await visit.page.evaluate(() => carrel.change({ generator: 'off' }));
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.beforeEach(() => desk.clear());

/** What must not be felt: no task of the page's thread may compute for longer than this many sortings of 200,000 numbers. */
const MOST_SORTINGS = 3;

async function unfrozen(during: () => Promise<void>): Promise<void> {
  const before = await calibration(visit.page);
  const longestTask = await watchTasks(visit.page);
  await during();
  const longest = await longestTask();
  const sorting = Math.max(before, await calibration(visit.page));
  console.log(`    longest task ${longest.toFixed(0)} ms; sorting 200,000 numbers ${sorting.toFixed(0)} ms`);
  expect(longest).toBeLessThan(MOST_SORTINGS * sorting);
}

const failures: readonly (readonly [string, RegExp])[] = [
  ['empty.txt', /^Failed: “empty\.txt” is empty \(0 bytes\)\. Check that it was saved or copied whole/],
  ['truncated.pdf', /^Failed: “truncated\.pdf” is a PDF, but it is damaged and could not be opened\. Fetch it again/],
  ['noise.pdf', /^Failed: “noise\.pdf” does not hold PDF data, or its beginning is damaged\. Fetch it again/],
  [
    'encrypted.pdf',
    /^Failed: “encrypted\.pdf” is locked with a password\. Type it below, or add a copy saved without one\.$/,
  ],
  ['scanned.pdf', /^Failed: “scanned\.pdf” holds no text to search: its pages are pictures.*\(OCR\)/],
  ['huge.txt', /^Failed: “huge\.txt” is larger than 200 MB and was not read\. Split it/],
];

test('each bad file of a drop fails with a sentence, all others are ready and answer, nothing freezes', async () => {
  const files = [
    bad.emptyFile(folder),
    bad.truncatedPdf(folder),
    bad.binaryNamedPdf(folder),
    bad.encryptedPdf(folder),
    await bad.scannedPdf(folder),
    bad.hugeText(folder),
    bad.docxNamedPdf(folder),
    bad.htmlNamedTxt(folder),
    ...bad.sameName(folder),
  ];
  await unfrozen(async () => {
    await desk.add(files);
    await desk.settled();
  });
  await expect(desk.documents.getByRole('listitem')).toHaveCount(files.length);
  for (const [name, sentence] of failures) {
    await expect(desk.document(name).getByText(/^Failed: /)).toHaveText(sentence);
    await expect(desk.documents.getByRole('button', { name: `Open ${name}` })).toHaveCount(0);
    await expect(desk.documents.getByRole('button', { name: `Remove ${name}` })).toHaveCount(1);
  }
  // Two loose files of one name are both kept, the second numbered.
  for (const name of ['bylaw.pdf', 'leaflet.txt', 'notes.txt', 'notes (2).txt']) {
    const item = desk.documents.getByRole('listitem').filter({ has: visit.page.getByLabel(`Open ${name}`) });
    await expect(item).toContainText(/Ready, \d+ passage/);
  }
  // Read by content, with a note.
  for (const [name, note] of [
    ['bylaw.pdf', 'Its name ends in .pdf, but its content is Word (.docx); it was read as that.'],
    ['leaflet.txt', 'Its name ends in .txt, but its content is HTML; it was read as that.'],
  ] as const) {
    await desk.document(name).locator('summary').click();
    await expect(desk.document(name)).toContainText(note);
  }
  for (const [question, words] of [
    ['Where does the spare key of the boathouse hang?', 'blue oars'],
    ['Where does the spare key of the greenhouse lie?', 'third flower pot'],
  ] as const) {
    expect((await desk.ask(question)).answer?.text).toContain(words);
  }
});

test('a file of 210 MB is refused at once and holds nothing up', async () => {
  await desk.add([bad.hugeText(folder)]);
  // Refused by its size alone: nothing of it is read, so nothing waits for it.
  await expect(desk.document('huge.txt')).toContainText('larger than 200 MB', { timeout: 2000 });
  expect(await visit.page.evaluate(() => carrel.entries[0]!.document)).toBeNull();
  await desk.add([textFile('tide.txt', 'High water at Skarness is at nine in the evening.')]);
  expect((await desk.ask('When is high water at Skarness?')).answer?.text).toContain('nine in the evening');
});

test('when no document could be read, a question is answered by saying so', async () => {
  await desk.add([bad.emptyFile(folder), bad.binaryNamedPdf(folder)]);
  await desk.settled();
  const { article } = await desk.ask('What is in these files?');
  await expect(article).toContainText('None of the documents could be read, so there is nothing to search.');
  await desk.clear();
  await expect((await desk.ask('And now?')).article).toContainText('There is nothing to search yet');
});

test('a folder of 500 files with two bad ones among them: the others are ready and answer, nothing freezes', async () => {
  const many = bad.manyFiles(folder);
  bad.emptyFile(many);
  bad.binaryNamedPdf(many);
  // Watched without looking for names: on a list of 500, looking is work that holds the page itself.
  await unfrozen(async () => {
    await visit.page.getByLabel('Add a folder').first().setInputFiles(many);
    await visit.page.waitForFunction(() => carrel.entries.length === 502);
    await desk.settled();
  });
  const states = await visit.page.evaluate(() => carrel.entries.map(({ status, name }) => [status.state, name]));
  expect(states.filter(([state]) => state === 'ready')).toHaveLength(500);
  expect(
    states
      .filter(([state]) => state === 'failed')
      .map(([, name]) => name)
      .sort(),
  ).toEqual(['empty.txt', 'noise.pdf']);
  await expect(desk.documents.getByRole('listitem')).toHaveCount(502);
  expect((await desk.ask('How many lanterns does locker 437 hold?')).answer?.text).toContain('1311');
});

test('a question while documents are being embedded is answered from what is there', async () => {
  const keeper = 'The lighthouse keeper of Skarness was called Ada Holm.';
  const filler = Array.from(
    { length: 400 },
    (_, i) =>
      `Entry ${i}. The wind on day ${i} came from the north and the boats stayed in the harbour until noon.\n\n`,
  );
  await desk.add([textFile('log.txt', `${keeper}\n\n${filler.join('').repeat(3)}`)]);
  const { answer } = await desk.ask('What was the lighthouse keeper of Skarness called?');
  expect(await visit.page.evaluate(() => carrel.entries[0]!.status.state)).toBe('embedding');
  expect(answer?.text).toContain('Ada Holm');
  // What is still being embedded can be taken off the list.
  await desk.documents.getByRole('button', { name: 'Remove log.txt' }).click();
  await expect(desk.document('log.txt')).toHaveCount(0);
});

test('odd questions get an answer: 10,000 characters, other scripts, nothing but punctuation', async () => {
  await desk.add([
    textFile('mill.txt', 'The mill at Gorse Point was built in 1874 by Erik Vold, who also dug its pond.'),
    textFile('jetty.txt', '桟橋の鍵は青い箱の中にあります。船は朝八時に出ます。'),
    textFile('bridge.txt', 'بني الجسر القديم في عام 1903. يقع الجسر القديم قرب الميناء.'),
  ]);
  await desk.settled();
  const start = 'Who built the mill at Gorse Point? ';
  const { answer, article } = await desk.ask(start + 'I ask because of its pond. '.repeat(400).slice(0, 9965));
  expect(answer?.sources[0]?.documentName).toBe('mill.txt');
  await expect(article).toContainText(
    /The question is long: its last \d+ tokens .* were left out of the search by meaning/,
  );
  for (const [question, document, words] of [
    ['桟橋の鍵はどこにありますか？', 'jetty.txt', '青い箱'],
    ['متى بني الجسر القديم؟', 'bridge.txt', '1903'],
  ] as const) {
    const asked = await desk.ask(question);
    expect(asked.answer?.sources[0]?.documentName).toBe(document);
    expect(asked.answer?.text).toContain(words);
  }
  const marks = await desk.ask('?!… --- «»');
  expect(marks.answer?.refused).toBe(true);
  await expect(marks.article).toContainText(/^\s*Not in the documents/);
  expect((await desk.ask('Who built the mill at Gorse Point?')).answer?.text).toContain('Erik Vold');
});

const hostile = `<!doctype html><html><head><title>Offer</title>
<base href="http://tracker.invalid/"><meta http-equiv="refresh" content="0;url=http://tracker.invalid/refresh">
<link rel="stylesheet" href="http://tracker.invalid/style.css"><link rel="prefetch" href="http://tracker.invalid/pre">
<style>@import url(http://tracker.invalid/import.css); * { display: none } body { background: url(http://tracker.invalid/bg.png) }</style>
<script>globalThis.owned = 'script'</script><script src="http://tracker.invalid/script.js"></script></head>
<body onload="globalThis.owned = 'onload'"><h1>An offer</h1>
<p>The lifeboat of Skarness is called Petrel and carries nine people. <a href="http://tracker.invalid/offer">The offer</a>
<a href="javascript:globalThis.owned = 'link'">A script</a></p>
<p onclick="globalThis.owned = 'click'" style="position:fixed;inset:0;z-index:99999">Click <b onmouseover="globalThis.owned='over'">me</b></p>
<img src="http://tracker.invalid/pixel.png" onerror="globalThis.owned = 'image'"><img src=x onerror="globalThis.owned = 'x'">
<iframe src="http://tracker.invalid/frame"></iframe><iframe srcdoc="<script>parent.owned = 'frame'</script>"></iframe>
<object data="http://tracker.invalid/object"></object><embed src="http://tracker.invalid/embed">
<video src="http://tracker.invalid/video" autoplay poster="http://tracker.invalid/poster"></video>
<svg onload="globalThis.owned = 'svg'"><script>globalThis.owned = 'svg script'</script><image href="http://tracker.invalid/svg"/></svg>
<math><mtext><table><mglyph><style><img src=x onerror="globalThis.owned = 'math'"></style></mglyph></table></mtext></math>
<form action="http://tracker.invalid/form"><input name="secret" autofocus onfocus="globalThis.owned = 'focus'"><button>Send</button></form>
<noscript><p title="</noscript><img src=x onerror=globalThis.owned='noscript'>"></noscript>
<p>The crew meets on Thursdays.</p></body></html>`;

const markdown = `# An offer

${hostile.slice(hostile.indexOf('<p>'), hostile.indexOf('</body>'))}

[The offer](http://tracker.invalid/offer) and [A script](javascript:globalThis.owned='md') ![](http://tracker.invalid/md.png)

<script>globalThis.owned = 'md script'</script>

The crew meets on Thursdays.
`;

for (const [name, content] of [
  ['offer.html', hostile],
  ['offer.md', markdown],
] as const) {
  test(`a hostile document runs nothing and asks for nothing when it is shown: ${name}`, async () => {
    const { page, context, sent, site } = visit;
    await desk.add([textFile(name, content)]);
    await desk.settled();
    await expect(desk.document(name)).toContainText('Ready');
    const { answer, article } = await desk.ask('What is the lifeboat of Skarness called?');
    expect(answer?.text).toContain('Petrel');
    await article
      .getByRole('button', { name: /^Source 1/ })
      .first()
      .click();
    await expect(desk.viewer.locator('mark').first()).toBeVisible();
    await expect(desk.viewer.getByText('The crew meets on Thursdays').last()).toBeVisible();
    // Each place that would run something is pressed.
    for (const words of ['Click', 'A script']) await desk.viewer.getByText(words).last().click();
    const left = desk.viewer.locator(
      'script, iframe, object, embed, img, video, svg image, form, input, style, link, meta, base',
    );
    expect(await left.evaluateAll((found) => found.filter((one) => one.closest('.html, .text')).length)).toBe(0);
    expect(await desk.viewer.locator('.html [href], .html [src], .html [style], .html [onclick]').count()).toBe(0);
    expect(await page.evaluate(() => 'owned' in globalThis)).toBe(false);
    expect(page.url()).toBe(site.address);
    expect(sent.filter(({ host }) => host !== new URL(site.address).host)).toEqual([]);
    // A link is inert until its address has been seen and confirmed.
    const offer = desk.viewer.getByRole('link', { name: 'The offer' }).last();
    await offer.click();
    await expect(page.getByRole('dialog')).toContainText('http://tracker.invalid/offer');
    await page.getByRole('button', { name: 'Stay here' }).click();
    expect(context.pages()).toHaveLength(1);
    expect(sent.filter(({ host }) => host !== new URL(site.address).host)).toEqual([]);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
  });
}

test('in all of this only files of the build were asked for, and nothing was thrown', () => {
  expect(wrongRequests(visit.sent, PREFIX)).toEqual([]);
  expect(visit.sent.length).toBeGreaterThan(10);
  expect(visit.errors.filter((error) => !/404 \(Not Found\)/.test(error))).toEqual([]);
});
