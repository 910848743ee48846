/** Weight files that are missing or damaged, and storage that is full or refused: the page says so and works on. */
import type { Library } from '../../src/library/library.svelte.ts';
import { alteredBuild, buildWithHollowGenerator, EMBEDDER, GENERATOR, type AlteredBuild } from './support/altered.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, PREFIX, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

test.describe.configure({ timeout: 150_000 });

const keeper = [
  textFile('keeper.txt', 'The lighthouse keeper of Skarness was called Ada Holm. She kept bees and a grey goat.'),
  textFile('ferry.txt', 'The ferry to Gorse Point sails at eight in the morning and costs four crowns.'),
];
const question = 'What was the lighthouse keeper of Skarness called?';

let build: AlteredBuild;

test.beforeEach(async () => {
  build = await alteredBuild();
});

test.afterEach(() => build.dispose());

const parts = ({ site }: Visit): string[] =>
  site.requests.filter(({ url }) => url.includes('/models/')).map(({ url }) => url.slice(PREFIX.length));

const notice = ({ page }: Visit) => page.locator('.notice.problem');

test('an embedder with a missing part: named, read and searched by words, told; mended, a reload has it all', async ({
  visit,
}) => {
  const part = `${EMBEDDER}/onnx/model_quantized.onnx.part1`;
  await build.remove(part);
  // The generator is not the point here, and 145 MB need not be fetched.
  await build.remove(`${GENERATOR}/config.json`);
  const opened = await visit('full', '', { root: build.root });
  const desk = new Desk(opened.page);
  await expect(notice(opened)).toContainText('model_quantized.onnx.part1 is missing on the server');
  await expect(notice(opened)).toContainText('by words alone');
  await expect(notice(opened)).toContainText('Reload the page to try again');
  await desk.add(keeper);
  await desk.settled();
  await expect(desk.document('keeper.txt')).toContainText('Ready by words only, 1 passage');
  await expect(desk.document('keeper.txt')).toContainText('model_quantized.onnx.part1');
  const { answer, article } = await desk.ask(question);
  expect(answer?.made).toBe('extractive');
  expect(answer?.text).toContain('Ada Holm');
  await expect(article).toContainText('smollm2-135m-grounded/config.json is missing on the server');
  // The document can be read.
  await desk.documents.getByRole('button', { name: 'Open keeper.txt' }).click();
  await expect(desk.viewer).toContainText('grey goat');
  await expect(opened.page.getByText('Ready to work offline')).toHaveCount(0);

  await build.mend(part);
  const before = parts(opened).length;
  await opened.page.reload();
  await desk.add(keeper);
  await desk.settled();
  await expect(desk.document('keeper.txt')).toContainText('Ready, 1 passage');
  const again = parts(opened).slice(before);
  expect(again).toContain(part);
  expect(again).not.toContain(`${EMBEDDER}/onnx/model_quantized.onnx.part0`);
  expect(again).not.toContain(`${EMBEDDER}/config.json`);
});

test('a generator with a damaged part: named, answers are extractive and say why; mended, only that part comes again', async ({
  visit,
}) => {
  const part = `${GENERATOR}/onnx/decoder_model_merged_quantized.onnx.part2`;
  await build.damage(part);
  const opened = await visit('full', '', { root: build.root });
  const desk = new Desk(opened.page);
  await desk.add(keeper);
  await desk.settled();
  await expect(desk.document('keeper.txt')).toContainText('Ready, 1 passage');
  await expect(notice(opened)).toContainText('part2 is damaged: its SHA-256 is wrong', { timeout: 60_000 });
  await expect(notice(opened)).toContainText('sentences taken from your documents');
  const { answer, article } = await desk.ask(question);
  expect(answer?.made).toBe('extractive');
  expect(answer?.text).toContain('Ada Holm');
  await expect(article).toContainText('part2 is damaged');

  await build.mend(part);
  const before = parts(opened);
  await opened.page.reload();
  await desk.modelsReady();
  const again = parts(opened).slice(before.length);
  const stored = before.filter((path) => path !== part && !path.endsWith('.json'));
  expect(stored).toContain(`${GENERATOR}/onnx/decoder_model_merged_quantized.onnx.part1`);
  expect(again).toContain(part);
  expect(again.filter((path) => stored.includes(path))).toEqual([]);
  await desk.add(keeper);
  await desk.settled();
  expect((await desk.ask(question)).answer?.made).toBe('adapter');
});

for (const [which, model, consequence] of [
  ['embedder', EMBEDDER, 'by words alone'],
  ['generator', GENERATOR, 'sentences taken from your documents'],
] as const) {
  test(`a web page answered with 200 for a file of the ${which} is not taken for it, and is not kept${which === 'generator' ? ' @long' : ''}`, async ({
    openVisit,
  }) => {
    // Opened in two steps, so that the answer is altered before the page asks.
    const opened = await openVisit('full', 'app.webmanifest', { root: build.root });
    try {
      const desk = new Desk(opened.page);
      const altered = `**/${model}/tokenizer.json`;
      await opened.context.route(altered, (route) =>
        route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: '<!doctype html><p>Home' }),
      );
      await build.remove(`${GENERATOR}/onnx/decoder_model_merged_quantized.onnx.part0`);
      if (which === 'generator') await build.mend(`${GENERATOR}/onnx/decoder_model_merged_quantized.onnx.part0`);
      await opened.page.goto(opened.site.address);
      await expect(notice(opened)).toContainText(
        `${model.slice(7)}/tokenizer.json is missing: the server sent a web page`,
        {
          timeout: 60_000,
        },
      );
      await expect(notice(opened)).toContainText(consequence);
      await desk.add(keeper);
      await desk.settled();
      expect((await desk.ask(question)).answer?.text).toContain('Ada Holm');
      await opened.context.unroute(altered);
      await opened.page.reload();
      if (which === 'generator') return await desk.modelsReady();
      await desk.add(keeper);
      await desk.settled();
      await expect(desk.document('keeper.txt')).toContainText('Ready, 1 passage');
    } finally {
      await opened.close();
    }
  });
}

test('both models missing: both are named, in one notice @long', async ({ visit }) => {
  await build.remove(`${EMBEDDER}/tokenizer.json`);
  await build.remove(`${GENERATOR}/config.json`);
  const opened = await visit('full', '', { root: build.root });
  await expect(notice(opened)).toHaveCount(1);
  await expect(notice(opened)).toContainText('all-MiniLM-L6-v2/tokenizer.json is missing');
  await expect(notice(opened)).toContainText('smollm2-135m-grounded/config.json is missing');
});

for (const [how, long] of [
  ['a browser that asks to save data is asked first', ''],
  ['an embedder that is long on its way is not waited for', ' @long'],
] as const) {
  test(`${how}: documents are read and answer by words meanwhile, and are embedded when it is here${long}`, async ({
    openVisit,
  }) => {
    await build.dispose();
    build = await buildWithHollowGenerator();
    const opened = await openVisit('full', 'app.webmanifest', { root: build.root });
    try {
      const { page, context } = opened;
      const desk = new Desk(page);
      let arrive: () => void = () => undefined;
      if (long) {
        const arrived = new Promise<void>((resolve) => (arrive = resolve));
        await context.route(`**/${EMBEDDER}/tokenizer.json`, (route) => arrived.then(() => route.continue()));
      } else {
        await context.addInitScript(() =>
          Object.defineProperty(Navigator.prototype, 'connection', { value: { saveData: true } }),
        );
      }
      await page.goto(opened.site.address);
      await page.evaluate(() => carrel.change({ generator: 'off' }));
      await desk.add(keeper);
      await expect(desk.document('keeper.txt')).toContainText('Searchable by words already', { timeout: 30_000 });
      expect((await desk.ask(question)).answer?.text).toContain('Ada Holm');
      if (long) {
        arrive();
      } else {
        await expect(page.getByText('Your browser asks to save data')).toContainText('Search by words works without');
        expect(parts(opened).filter((path) => /^models\/[^/]+\//.test(path))).toEqual([]);
        await page.getByRole('button', { name: 'Download the models' }).click();
      }
      await desk.modelsReady();
      await desk.settled();
      await expect(desk.document('keeper.txt')).toContainText('Ready, 1 passage');
      expect((await desk.ask(question)).answer?.trace.candidates[0]?.cosine).toBeGreaterThan(0.3);
    } finally {
      await opened.close();
    }
  });
}

test.describe('storage', () => {
  test.beforeEach(async () => {
    await build.dispose();
    build = await buildWithHollowGenerator();
  });

  test('with storage full the page works and says that it is not kept', async ({ openVisit }) => {
    const opened = await openVisit('full', 'app.webmanifest', { root: build.root });
    try {
      const { page, context, site } = opened;
      const session = await context.newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', {
        origin: new URL(site.address).origin,
        quotaSize: 4_000_000,
      });
      await page.goto(site.address);
      await worksUnkept(opened, [/no room left to keep the page/, /did not store the models/]);
    } finally {
      await opened.close();
    }
  });

  for (const [how, reason, before] of [
    [
      'without Cache Storage',
      /did not store the models/,
      () => Object.defineProperty(globalThis, 'caches', { value: undefined }),
    ],
    [
      'with Cache Storage that refuses',
      /did not store the models/,
      () => {
        const refuse = () => Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
        Object.defineProperty(globalThis, 'caches', { value: { open: refuse, keys: refuse, match: refuse } });
        Object.defineProperty(globalThis, 'localStorage', {
          get: () => {
            throw new DOMException('Access is denied.', 'SecurityError');
          },
        });
      },
    ],
    [
      'without a service worker',
      /cannot keep the page/,
      () => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'),
    ],
  ] as const) {
    test(`in a window ${how}, as a private one may be, the page works and says that it is not kept${how.startsWith('without') ? ' @long' : ''}`, async ({
      visit,
    }) => {
      const opened = await visit('full', '', { root: build.root, before: before as () => void });
      await worksUnkept(opened, [reason]);
    });
  }
});

async function worksUnkept(opened: Visit, reasons: readonly RegExp[]): Promise<void> {
  const { page } = opened;
  const desk = new Desk(page);
  await page.evaluate(() => carrel.change({ generator: 'off' }));
  await desk.add(keeper);
  await desk.settled();
  await expect(desk.document('keeper.txt')).toContainText('Ready, 1 passage');
  expect((await desk.ask(question)).answer?.text).toContain('Ada Holm');
  await page.getByText('Needs a connection next time').click();
  for (const reason of reasons) await expect(page.locator('.offline details p')).toContainText(reason);
  await expect(page.getByText('Ready to work offline')).toHaveCount(0);
}
