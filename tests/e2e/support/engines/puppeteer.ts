/** Firefox over WebDriver BiDi and, for comparison, Chromium, both driven by Puppeteer. */
import { chromium } from '@playwright/test';
import puppeteer, { type Browser, type ElementHandle } from 'puppeteer-core';
import { CHROMIUM_FLAGS, chromiumPath } from '../../../../scripts/chromium.ts';
import { ensureFirefox } from '../../../../scripts/engines.ts';
import type { EngineBrowser, WindowSize } from './engine.ts';

/** Milliseconds: a busy machine takes a minute and a half to start Firefox. */
const patient = { timeout: 300_000, protocolTimeout: 300_000 };

export async function startFirefox(size: WindowSize): Promise<EngineBrowser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: ensureFirefox(),
    headless: true,
    ...patient,
  });
  return driven(browser, size);
}

export async function startChromium(size: WindowSize): Promise<EngineBrowser> {
  const executablePath = chromiumPath() ?? chromium.executablePath();
  const browser = await puppeteer.launch({ executablePath, headless: true, args: [...CHROMIUM_FLAGS], ...patient });
  return driven(browser, size);
}

async function driven(browser: Browser, size: WindowSize): Promise<EngineBrowser> {
  const page = await browser.newPage();
  await page.setViewport(size);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error instanceof Error ? error.message : String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const find = async (xpath: string) => {
    const found = await page.waitForSelector(`::-p-xpath(${xpath})`, { timeout: 60_000 });
    if (!found) throw new Error(`There is no ${xpath}.`);
    return found;
  };
  return {
    version: (await browser.version()).replace('/', ' '),
    errors,
    open: async (address) => void (await page.goto(address, patient)),
    reload: async () => void (await page.reload(patient)),
    evaluate: async <T>(expression: string) => (await page.evaluate(expression)) as T,
    click: async (xpath) => (await find(xpath)).click(),
    write: async (xpath, text) => (await find(xpath)).type(text),
    give: async (xpath, files) => ((await find(xpath)) as ElementHandle<HTMLInputElement>).uploadFile(...files),
    picture: async (path) => void (await page.screenshot({ path: path as `${string}.png` })),
    close: () => browser.close(),
  };
}
