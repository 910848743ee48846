/** The main job in any engine: from the first load to an answer given with the server gone. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../../scripts/root.ts';
import { wrongRequests } from '../build.ts';
import { startForeignHost } from '../foreign.ts';
import { startSite } from '../site-process.ts';
import { until, type EngineBrowser } from './engine.ts';

const COLLECTION = join(ROOT, 'tests/fixtures/documents/collection');
/** Given to the file input: pages of a PDF, an Office file, a web page, a table, Markdown. */
const GIVEN = ['lease.pdf', 'bylaw.docx', 'leaflet.html', 'prices.csv', 'manual.md'];
const DROPPED = {
  name: 'ferry.txt',
  text: 'The ferry to Gorse Point sails at eight in the morning and costs four crowns.',
};
export const QUESTIONS = [
  { question: 'How much is the deposit for the flat at 14 Cooper’s Row?', from: 'lease.pdf', evidence: '£1,575' },
  { question: 'When does the ferry to Gorse Point sail?', from: 'ferry.txt', evidence: 'eight in the morning' },
  { question: 'What is the Wi-Fi password?', from: null, evidence: '' },
] as const;

/** An answer as far as engines must agree on it. */
export interface Answered {
  readonly text: string;
  readonly made: string;
  readonly refused: boolean;
  /** Of the passages that were found, best first. */
  readonly cosines: readonly number[];
  /** The marked passage after a click on the first citation; '' where nothing is cited. */
  readonly marked: string;
}

export interface Walked {
  readonly version: string;
  readonly answers: readonly Answered[];
  /** The same questions with the server gone. */
  readonly offline: readonly Answered[];
  readonly isolated: { readonly first: boolean; readonly reloaded: boolean };
  /** What became of a request to another host: `reached` or `refused`. */
  readonly foreign: { readonly page: string; readonly worker: string };
  /** Sentences about requests that the page must not make. */
  readonly wrong: readonly string[];
  readonly errors: readonly string[];
  readonly seconds: {
    /** From opening to `Ready to work offline`. */
    readonly stored: number;
    /** Reading and embedding the given documents. */
    readonly indexed: number;
    /** The first answer, loading of the model included; then the same on reload. */
    readonly first: number;
    readonly second: number;
  };
}

const has = (text: string): string => `document.body.innerText.includes(${JSON.stringify(text)})`;
/** The tab has the same name. */
const ASK = '//form//button[normalize-space()="Ask"]';

export async function walk(
  browser: EngineBrowser,
  { headers, name }: { headers: 'full' | 'none'; name: string },
): Promise<Walked> {
  const prefix = '/some/where/';
  const site = await startSite({ prefix, headers });
  const foreign = await startForeignHost();
  try {
    const began = performance.now();
    await browser.open(site.address);
    const first = await browser.evaluate<boolean>('crossOriginIsolated');
    await until(browser, has('Ready to work offline'), 600);
    const stored = since(began);
    const [indexed, answers] = await work(browser);
    await mkdir(join(ROOT, 'test-results/engines'), { recursive: true });
    await browser.picture(join(ROOT, `test-results/engines/${name}.png`));
    const asked = {
      page: await browser.evaluate<string>(fetching(foreign.address)),
      worker: await inWorker(browser, foreign.address),
    };
    const wrong = wrongRequests(site.requests, prefix);

    await site.end();
    await browser.reload();
    await until(browser, has('Ready to work offline'), 300);
    const reloaded = await browser.evaluate<boolean>('crossOriginIsolated');
    const [, offline] = await work(browser);
    return {
      version: browser.version,
      answers: answers.map(({ answered }) => answered),
      offline: offline.map(({ answered }) => answered),
      isolated: { first, reloaded },
      foreign: asked,
      wrong,
      errors: browser.errors ?? [],
      seconds: { stored, indexed, first: answers[0]!.seconds, second: answers[1]!.seconds },
    };
  } finally {
    await Promise.all([site.end(), foreign.close()]);
  }
}

/** Adds the documents, by the input and by a drop, and asks. */
async function work(browser: EngineBrowser): Promise<[number, readonly { answered: Answered; seconds: number }[]]> {
  const began = performance.now();
  await browser.give(
    '(//input[@type="file" and not(@webkitdirectory)])[1]',
    GIVEN.map((name) => join(COLLECTION, name)),
  );
  await until(browser, `carrel.entries.length === ${GIVEN.length}`, 120);
  await browser.evaluate(dropping(DROPPED));
  await until(browser, `carrel.entries.length === ${GIVEN.length + 1}`, 120);
  await until(browser, 'carrel.entries.every(({ status }) => status.state === "ready")', 600);
  const indexed = since(began);
  const answers = [];
  for (const { question } of QUESTIONS) answers.push(await ask(browser, question));
  return [indexed, answers];
}

async function ask(browser: EngineBrowser, question: string): Promise<{ answered: Answered; seconds: number }> {
  const turns = await browser.evaluate<number>('carrel.turns.length');
  await browser.write('//textarea[@aria-label="Question"]', question);
  const began = performance.now();
  await browser.click(ASK);
  await until(browser, `carrel.turns.length > ${turns} && ["done", "failed"].includes(carrel.turns.at(-1).phase)`, 600);
  const seconds = since(began);
  const answered = await browser.evaluate<Omit<Answered, 'marked'>>(`(() => {
    const { answer, error } = carrel.turns.at(-1);
    if (!answer) return { text: error, made: 'failed', refused: false, cosines: [] };
    const cosines = answer.trace.candidates.map(({ cosine }) => cosine);
    return { text: answer.text, made: answer.made, refused: answer.refused, cosines };
  })()`);
  return { answered: { ...answered, marked: answered.refused ? '' : await openCitation(browser) }, seconds };
}

async function openCitation(browser: EngineBrowser): Promise<string> {
  await browser.click('(//article[@aria-label="Answer"])[last()]//button[starts-with(@aria-label, "Source ")]');
  const marks = '[aria-label="Document"] mark';
  await until(browser, `document.querySelector(${JSON.stringify(marks)})`, 120);
  const text = await browser.evaluate<string>(
    `[...document.querySelectorAll(${JSON.stringify(marks)})].map((mark) => mark.textContent).join(' ')`,
  );
  await browser.click('//button[normalize-space()="Close" or @aria-label="Close"]');
  return text.replace(/\s+/g, ' ').trim();
}

/** No driver drags a file from the desktop: the event that the browser would make of it. */
const dropping = ({ name, text }: { name: string; text: string }): string => `(() => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: 'text/plain' }));
  for (const type of ['dragover', 'drop']) {
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }
})()`;

const fetching = (address: string): string =>
  `fetch(${JSON.stringify(address)}).then(() => 'reached', () => 'refused')`;

/** Asks from a worker that is started as the page starts its own: from a blob. */
async function inWorker(browser: EngineBrowser, address: string): Promise<string> {
  const script = `${fetching(address)}.then(postMessage);`;
  return browser.evaluate(`new Promise((resolve, reject) => {
    const url = URL.createObjectURL(new Blob([${JSON.stringify(script)}], { type: 'text/javascript' }));
    const worker = new Worker(url, { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = () => reject(new Error('The worker did not start.'));
  })`);
}

const since = (began: number): number => Math.round(performance.now() - began) / 1000;
