/** Another embedder is taken into use while documents are on the desk: until its index is complete, the old one answers. */
import type { Library } from '../../src/library/library.svelte.ts';
import { buildWithHollowGenerator, type AlteredBuild } from './support/altered.ts';
import { Desk, textFile } from './support/desk.ts';
import { expect, test, type Visit } from './support/fixtures.ts';

declare const carrel: Library;
declare global {
  /** Set by `closeGate`. */
  var openGate: () => void;
}

const OWN = 'all-MiniLM-L6-v2';
const TINY = 'tiny-bert';
const KEYS = textFile('keys.txt', 'The key of the boathouse hangs behind the clock in the hall.');
const QUESTION = 'Where does the key of the boathouse hang?';

// Each test begins with a page that uses its own embedder; loading one takes longer than the test.
test.describe.configure({ mode: 'serial', timeout: 180_000 });

let build: AlteredBuild;
let visit: Visit;
let desk: Desk;

test.beforeAll(async ({ openVisit }) => {
  build = await buildWithHollowGenerator({ tinyEmbedder: true });
  visit = await openVisit('full', '', { root: build.root });
  desk = new Desk(visit.page);
  await visit.page.waitForFunction(() => carrel.embedders.length === 2);
  await visit.page.evaluate(() => carrel.change({ generator: 'off' }));
});

test.afterAll(() => build.dispose());

test.beforeEach(async () => {
  await visit.page.evaluate(() => carrel.clear());
  await desk.add([KEYS]);
  await desk.settled();
});

/** The cosine of the passage that answers the question. */
async function cosine(): Promise<number> {
  const { answer } = await desk.ask(QUESTION);
  expect(answer?.text).toContain('behind the clock');
  const { searched, candidates } = answer!.trace;
  expect(searched.embedded).toBe(searched.passages);
  return candidates[0]!.cosine!;
}

/** The next shelf gets no vectors until `openGate()`. */
function closeGate(): Promise<void> {
  return visit.page.evaluate(() => {
    const { engine } = carrel;
    const prepare = engine.prepare.bind(engine);
    const open = new Promise<void>((resolve) => (globalThis.openGate = resolve));
    engine.prepare = (...given) => {
      engine.prepare = prepare;
      const shelf = prepare(...given);
      const passage = shelf.passage.bind(shelf);
      shelf.passage = async (...asked) => {
        await open;
        return passage(...asked);
      };
      return shelf;
    };
  });
}

const tab = (name: 'Ask' | 'Settings') => visit.page.getByRole('tab', { name }).click();
const radio = (id: string) => visit.page.getByRole('radio', { name: id });
const inUse = () => visit.page.evaluate(() => carrel.settings.embedder);
const change = () => visit.page.getByRole('region', { name: 'Change of the embedder' });
const taken = (id: string) =>
  visit.page.waitForFunction((wanted) => carrel.settings.embedder === wanted && !carrel.switching, id);

async function choose(id: string): Promise<void> {
  await tab('Settings');
  await radio(id).check();
}

/** Ends a search as an error in it that nobody catches does: the one in use, or the one that is being filled. */
async function killSearch(which: 'in use' | 'new'): Promise<void> {
  const searches = async () => {
    const workers = visit.page.workers();
    const names = await Promise.all(workers.map((worker) => worker.evaluate(() => self.name).catch(() => '')));
    return workers.filter((_, i) => names[i] === 'search');
  };
  await expect.poll(async () => (await searches()).length).toBe(2);
  const worker = (await searches()).at(which === 'new' ? 1 : 0)!;
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('Ended by the test.');
    });
  });
}

test('the old index answers, to the same cosine, until the new one is complete', async () => {
  const before = await cosine();
  await closeGate();
  await choose(TINY);
  await expect(change()).toContainText(`Embedding 0 of 1 passage with ${TINY}`);
  await expect(change()).toContainText(`${OWN} answers as before`);
  await expect(radio(TINY)).toBeChecked();
  await tab('Ask');
  expect(await cosine()).toBeCloseTo(before, 6);

  // What is added meanwhile is found by the old one at once, and comes along; what is removed does not.
  await desk.add([
    textFile('lamp.txt', 'The lamp of the jetty is lit at dusk.'),
    textFile('gone.txt', 'Gone tomorrow.'),
  ]);
  await desk.settled();
  expect(await cosine()).toBeCloseTo(before, 6);
  await visit.page.evaluate(() => carrel.remove('gone.txt'));
  await expect(desk.document('keys.txt')).toContainText('Ready, 1 passage');
  expect(await inUse()).toBe(OWN);

  await visit.page.evaluate(() => openGate());
  await taken(TINY);
  await expect(change()).toHaveCount(0);
  for (const name of ['keys.txt', 'lamp.txt']) await expect(desk.document(name)).toContainText('Ready, 1 passage');
  const after = await cosine();
  expect(Math.abs(after - before)).toBeGreaterThan(1e-3);
  expect(await visit.page.evaluate(() => carrel.turns.at(-1)!.answer!.trace.searched.passages)).toBe(2);

  // A citation made by the old index still opens where it stands.
  await desk.answers
    .first()
    .getByRole('button', { name: /keys\.txt/ })
    .first()
    .click();
  await expect(desk.viewer).toContainText('behind the clock');
  await visit.page.evaluate(() => carrel.close());

  // The same vectors as at first, and the choice is remembered.
  await choose(OWN);
  await taken(OWN);
  await tab('Ask');
  expect(await cosine()).toBeCloseTo(before, 6);
});

test('Stop keeps the old one with all that it has, and so does leaving the page midway', async () => {
  const before = await cosine();
  const calls = await desk.calls();
  await closeGate();
  await choose(TINY);
  await change()
    .getByRole('button', { name: `Stop the change to ${TINY}` })
    .click();
  await expect(change()).toHaveCount(0);
  await expect(radio(OWN)).toBeChecked();
  await visit.page.evaluate(() => openGate());
  await tab('Ask');
  expect(await cosine()).toBeCloseTo(before, 6);
  // The question alone, and the sentences of the answer: no passage was embedded anew.
  expect((await desk.calls()) - calls).toBeLessThanOrEqual(3);

  await closeGate();
  await choose(TINY);
  await expect(change()).toBeVisible();
  await visit.page.reload();
  await visit.page.waitForFunction(() => carrel.embedders.length === 2);
  expect(await inUse()).toBe(OWN);
});

test('chosen again, the one in use ends the change as Stop does @long', async () => {
  const before = await cosine();
  await closeGate();
  await choose(TINY);
  await expect(change()).toBeVisible();
  await choose(OWN);
  await expect(change()).toHaveCount(0);
  await visit.page.evaluate(() => openGate());
  await tab('Ask');
  expect(await cosine()).toBeCloseTo(before, 6);
  expect(await inUse()).toBe(OWN);
});

test('when the new search dies midway, the change ends with a sentence, and the old one goes on', async () => {
  const before = await cosine();
  await closeGate();
  await choose(TINY);
  await expect(change()).toContainText('Embedding 0 of 1 passage');
  await killSearch('new');
  await expect(visit.page.getByText(`${TINY} could not be taken into use.`)).toContainText('nothing was lost');
  await expect(change()).toHaveCount(0);
  await tab('Ask');
  expect(await cosine()).toBeCloseTo(before, 6);
});

test('when the search in use dies midway, it is filled again, and the change goes on to its end @long', async () => {
  const before = await cosine();
  await closeGate();
  await choose(TINY);
  await expect(change()).toContainText('Embedding 0 of 1 passage');
  await killSearch('in use');
  await expect(visit.page.getByText('The search stopped working and was started anew.')).toBeVisible();
  await tab('Ask');
  await desk.settled();
  expect(await cosine()).toBeCloseTo(before, 6);
  await visit.page.evaluate(() => openGate());
  await taken(TINY);
  expect(Math.abs((await cosine()) - before)).toBeGreaterThan(1e-3);
  await visit.page.evaluate((id) => carrel.change({ embedder: id }), OWN);
});

test('a model that cannot be had is named, and the old one goes on; also when a visit begins with it', async () => {
  const { page } = visit;
  const before = await cosine();
  // Kept since it was used: out of the store and off the server it is gone.
  await page.evaluate(() => caches.delete('carrel-models'));
  const weights = `models/${TINY}/onnx/model_quantized.onnx`;
  await build.remove(weights);
  await choose(TINY);
  await expect(page.getByText(`${TINY} could not be taken into use.`).last()).toContainText('is missing on the server');
  await expect(radio(OWN)).toBeChecked();
  await tab('Ask');
  expect(await cosine()).toBeCloseTo(before, 6);

  const saved = await page.evaluate(() => localStorage.getItem('carrel.settings')!);
  const settings = JSON.stringify({ ...(JSON.parse(saved) as object), embedder: TINY });
  await page.evaluate((text) => localStorage.setItem('carrel.settings', text), settings);
  await page.reload();
  await expect(page.getByText(`${TINY}/onnx/model_quantized.onnx`)).toBeVisible();
  await desk.add([KEYS]);
  await desk.settled();
  expect(await inUse()).toBe(OWN);
  expect(await cosine()).toBeCloseTo(before, 6);
});
