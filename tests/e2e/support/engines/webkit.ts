/** WebKitGTK's MiniBrowser over WebDriver, driven by Selenium, in a display of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { Builder, By, until as untilThat, type WebDriver } from 'selenium-webdriver';
import { ensureWebKit } from '../../../../scripts/engines.ts';
import type { EngineBrowser, WindowSize } from './engine.ts';

/** The display is as large as the window, so that the page can tell a phone by its screen. */
export async function startWebKit({ width, height }: WindowSize): Promise<EngineBrowser> {
  const programs = ensureWebKit();
  const [display, number] = await startDisplay(programs.display, width, height);
  const port = await freePort();
  const driver = spawn(programs.driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${number}`,
      GDK_BACKEND: 'x11',
      NO_AT_BRIDGE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    },
  });
  const end = () => Promise.all([driver, display].map(ended));
  try {
    return driven(await connect(port), { width, height }, end);
  } catch (error) {
    await end();
    throw error;
  }
}

async function connect(port: number): Promise<WebDriver> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await new Builder()
        .usingServer(`http://127.0.0.1:${port}`)
        .withCapabilities({ browserName: 'MiniBrowser' })
        .build();
    } catch (error) {
      // The driver takes a moment to listen.
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function driven(
  driver: WebDriver,
  { width, height }: WindowSize,
  end: () => Promise<unknown>,
): Promise<EngineBrowser> {
  await driver.manage().setTimeouts({ script: 300_000, pageLoad: 300_000 });
  await driver.manage().window().setRect({ x: 0, y: 0, width, height });
  const version = (await driver.getCapabilities()).getBrowserVersion() ?? '';
  const find = (xpath: string) => driver.wait(untilThat.elementLocated(By.xpath(xpath)), 60_000);
  return {
    version: `WebKitGTK ${version}`,
    errors: null,
    open: (address) => driver.get(address),
    reload: () => driver.navigate().refresh(),
    async evaluate<T>(expression: string) {
      const done = 'const done = arguments[arguments.length - 1];';
      const asked = `Promise.resolve(${expression}).then((value) => done({ value }), (error) => done({ error: String(error) }))`;
      const answer = await driver.executeAsyncScript<{ value: T } | { error: string }>(`${done} ${asked};`);
      if ('error' in answer) throw new Error(answer.error);
      return answer.value;
    },
    click: async (xpath) => find(xpath).click(),
    write: async (xpath, text) => find(xpath).sendKeys(text),
    give: async (xpath, files) => find(xpath).sendKeys(files.join('\n')),
    picture: async (path) => writeFile(path, await driver.takeScreenshot(), 'base64'),
    async close() {
      await driver.quit().catch(() => undefined);
      await end();
    },
  };
}

/** Xvfb chooses a number that is free and writes it. */
async function startDisplay(program: string, width: number, height: number): Promise<[ChildProcess, string]> {
  const screen = `${width}x${height}x24`;
  const child = spawn(program, ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdio[3] as NodeJS.ReadableStream }).once('line', resolve);
    child.once('error', reject).once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}.`)));
  });
  return [child, number.trim()];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
