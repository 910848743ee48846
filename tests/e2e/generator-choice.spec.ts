/** Another generator writes the answers: chosen in the settings, cited by the page, stopped, gone, and a machine too small for one. */
import type { Library } from '../../src/library/library.svelte.ts';
import { buildWithHollowGenerator, buildWithTinyGenerator, type AlteredBuild } from './support/altered.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;

const T5 = 'tiny-t5';
const CHAT = 'tiny-chat';
const KEYS = textFile('keys.txt', 'The key of the boathouse hangs behind the clock in the hall.');
const QUESTION = 'Where does the key of the boathouse hang?';
/** With the document’s name, as it stands in the prompt. */
const WRITTEN = 'keys: The key of the boathouse hangs behind the clock in the hall';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

let build: AlteredBuild;
let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit }) => {
  test.setTimeout(180_000);
  build = await buildWithTinyGenerator([T5, CHAT]);
  visit = await openVisit('full', '', { root: build.root });
  desk = new Desk(visit.page);
  await desk.modelsReady();
  await desk.add([KEYS]);
  await desk.settled();
});

test.afterAll(() => build.dispose());

const tab = (name: 'Ask' | 'Settings') => visit.page.getByRole('tab', { name }).click();
const radio = (name: string) => visit.page.getByRole('radio', { name });
/** Not what is announced of it to a screen reader. */
const notice = (text: string) => visit.page.getByRole('paragraph').filter({ hasText: text });
const inUse = () => visit.page.evaluate(() => carrel.settings.generator);

async function choose(name: string, setting: string): Promise<void> {
  await tab('Settings');
  await radio(name).check();
  await visit.page.waitForFunction((wanted) => carrel.settings.generator === wanted && !carrel.loading, setting);
  await tab('Ask');
}

for (const id of [T5, CHAT]) {
  test(`${id} is chosen, answers, and the page places its citation and says so`, async () => {
    await tab('Settings');
    await expect(visit.page.locator('label').filter({ hasText: id })).toContainText('kB. Not trained to cite');
    await choose(id, `model:${id}`);
    const { answer, article } = await desk.ask(QUESTION);
    expect(answer?.made).toEqual({ model: id, placed: 1 });
    expect(answer?.text).toBe(`${WRITTEN} [1].`);
    expect(answer?.sentences).toMatchObject([{ citations: [1], support: { supported: true } }]);
    await expect(article).toContainText(`Written by ${id}, which does not cite: Carrel, not the model, placed`);
    await article
      .getByRole('button', { name: /^Source 1: keys\.txt/ })
      .first()
      .click();
    await expect(desk.viewer.locator('mark').first()).toContainText('behind the clock');
    await visit.page.evaluate(() => carrel.close());
  });
}

test('Stop keeps what had been written @long', async () => {
  const long = 'The towpath goes on along the water and past the mill and on to the weir, ';
  await desk.add([textFile('path.txt', `${long.repeat(6)}and ends there.`)]);
  await desk.settled();
  const answer = await visit.page.evaluate(async () => {
    const asked = carrel.ask('Where does the towpath go on along the water?');
    const stopping = setInterval(() => carrel.turns.at(-1)!.streamed && carrel.stop());
    await asked;
    clearInterval(stopping);
    return carrel.turns.at(-1)!.answer;
  });
  expect(answer?.stopped).toBe(true);
  expect(answer?.made).toMatchObject({ model: CHAT });
  expect(answer!.text.length).toBeGreaterThan(0);
  await expect(desk.answers.last()).toContainText('This is what had been written');
  await visit.page.evaluate(() => carrel.remove('path.txt'));
  expect((await desk.ask(QUESTION)).answer?.text).toBe(`${WRITTEN} [1].`);
});

test('the same question is asked again of another generator, and the choice stays', async () => {
  await visit.page.evaluate(
    (generator) => {
      const { id } = carrel.turns.at(-1)!;
      return carrel.askAgain(id, { ...carrel.settings, search: 'both', within: null, generator });
    },
    `model:${T5}` as const,
  );
  const { answer, earlier } = await visit.page.evaluate(() => carrel.turns.at(-1)!);
  expect(answer?.made).toEqual({ model: T5, placed: 1 });
  expect(earlier[0]?.answer.made).toEqual({ model: CHAT, placed: 1 });
  await expect(visit.page.getByRole('region', { name: 'Earlier answer' }).last()).toContainText(`Written by ${CHAT}`);
  expect(await inUse()).toBe(`model:${CHAT}`);
});

test('the page’s own model is switched back to, and is loaded anew', async () => {
  await choose('Model with adapter', 'adapter');
  const { answer } = await desk.ask(QUESTION);
  expect(answer?.made).toBe('adapter');
});

test('a generator that is damaged is named, and the one before goes on', async () => {
  const { page } = visit;
  await page.evaluate(() => caches.delete('carrel-models'));
  const weights = `models/${T5}/onnx/decoder_model_merged_quantized.onnx`;
  await build.damage(weights);
  await tab('Settings');
  await radio(T5).check();
  await expect(notice(`${T5} could not be taken into use.`)).toContainText('is damaged');
  await expect(radio('Model with adapter')).toBeChecked();
  await tab('Ask');
  expect((await desk.ask(QUESTION)).answer?.made).toBe('adapter');
});

test('the choice is remembered; when it cannot be had any more, that is said, and the page’s own takes its place @long', async () => {
  const { page } = visit;
  await choose(CHAT, `model:${CHAT}`);
  await page.reload();
  await desk.add([KEYS]);
  await desk.settled();
  expect((await desk.ask(QUESTION)).answer?.made).toEqual({ model: CHAT, placed: 1 });

  // Found at the first question: its weights are gone from the store and from the site.
  await page.evaluate(() => caches.delete('carrel-models'));
  await build.remove(`models/${CHAT}/onnx/decoder_model_merged_quantized.onnx`);
  await page.reload();
  await desk.modelsReady();
  await desk.add([KEYS]);
  await desk.settled();
  expect((await desk.ask(QUESTION)).answer?.made).toBe('adapter');
  await expect(notice(`${CHAT} cannot write the answers.`)).toContainText('The model that comes with Carrel does');
  expect(await inUse()).toBe('adapter');

  // Found at once: nobody lists it.
  const saved = await page.evaluate(() => localStorage.getItem('carrel.settings')!);
  const settings = JSON.stringify({ ...(JSON.parse(saved) as object), generator: 'model:never-here' });
  await page.evaluate((text) => localStorage.setItem('carrel.settings', text), settings);
  await page.reload();
  await expect(notice('never-here cannot write the answers.')).toContainText('neither on this site nor stored');
  expect(await inUse()).toBe('adapter');
});

test('a machine that is too small for the model gets sentences of its documents, and is told', async ({
  openVisit,
}) => {
  const hollow = await buildWithHollowGenerator();
  const small = await openVisit('full', '', {
    root: hollow.root,
    before: () => Object.defineProperty(navigator, 'deviceMemory', { value: 1 }),
  });
  const there = new Desk(small.page);
  await there.add([KEYS]);
  await there.settled();
  const { answer, article } = await there.ask(QUESTION);
  expect(answer?.made).toBe('extractive');
  expect(answer?.text).toContain('behind the clock');
  await expect(article).toContainText('This machine has about 1 GB of memory, too little for the language model.');
  // Nor does it fetch what it has no use for.
  await there.modelsReady();
  expect(small.sent.filter(({ url }) => url.includes('smollm2'))).toEqual([]);
  await hollow.dispose();
});

test('a phone that does not tell its memory is offered to go without the model: chosen, kept, and taken back', async ({
  openVisit,
}) => {
  const small = await openVisit('full', '', {
    root: build.root,
    before: () => {
      Object.defineProperty(navigator, 'deviceMemory', { value: undefined });
      Object.defineProperties(screen, { width: { value: 390 }, height: { value: 844 } });
    },
  });
  const there = new Desk(small.page);
  const button = (name: string) => small.page.getByRole('button', { name });
  await there.add([KEYS]);
  await there.settled();
  const undecided = await there.ask(QUESTION);
  expect(undecided.answer?.made).toBe('extractive');
  await expect(undecided.article).toContainText('The language model has not been fetched');

  await button('Go without it').click();
  await expect(button('Go without it')).toHaveCount(0);
  expect((await there.ask(QUESTION)).answer?.madeBecause).toContain('left out on this device, as you chose');
  await small.page.reload();
  await there.modelsReady();
  await expect(small.page.getByText('Ready to work offline', { exact: true })).toBeVisible();
  await expect(button('Go without it')).toHaveCount(0);
  expect(small.sent.filter(({ url }) => url.includes('/onnx/') && !url.includes('MiniLM'))).toEqual([]);

  await small.page.getByRole('tab', { name: 'Settings' }).click();
  await button('Fetch it').click();
  await expect(button('Fetch it')).toHaveCount(0);
  await small.page.getByRole('tab', { name: 'Ask' }).click();
  await there.add([KEYS]);
  await there.settled();
  // Loading it may take longer than a question waits for it.
  await expect.poll(async () => (await there.ask(QUESTION)).answer?.made, { timeout: 60_000 }).toBe('adapter');
  await expect(small.page.getByText('Ready to work offline', { exact: true })).toBeVisible();
  await small.page.reload();
  await there.modelsReady();
  await expect(button('Go without it')).toHaveCount(0);
  await there.add([KEYS]);
  await there.settled();
  expect((await there.ask(QUESTION)).answer?.made).toBe('adapter');
});

test('a machine whose memory ends while the model is loaded gets them, too, and does not try again', async () => {
  const { page } = visit;
  await page.evaluate(() => {
    const { engine } = carrel;
    let tries = 0;
    engine.model = () => {
      if (++tries > 1) throw new Error('It was tried again.');
      return Promise.reject(Object.assign(new Error('std::bad_alloc'), { name: 'OutOfMemoryError' }));
    };
  });
  await desk.add([KEYS]);
  await desk.settled();
  for (let again = 0; again < 2; again++) {
    const { answer, article } = await desk.ask(QUESTION);
    expect(answer?.made).toBe('extractive');
    await expect(article).toContainText('This machine has no memory left for the language model.');
  }
});
