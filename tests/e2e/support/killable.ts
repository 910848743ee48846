/** A browser with a profile on disk that is ended as a crash or a power cut of the program ends it: with SIGKILL. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from '@playwright/test';
import { CHROMIUM_FLAGS, chromiumPath } from '../../../scripts/chromium.ts';

export interface Killable {
  readonly page: Page;
  /** Ends the browser and all processes it has started, at once; resolves when it is gone. */
  kill(): Promise<void>;
}

/** @param profile a folder; what one browser has stored there the next one finds */
export async function startKillable(profile: string): Promise<Killable> {
  const flags = [
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--no-default-browser-check',
  ];
  const child = spawn(chromiumPath() ?? chromium.executablePath(), [...CHROMIUM_FLAGS, ...flags, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: the browser's helpers end with it.
    detached: true,
  });
  const browser = await connect(child);
  const [context] = browser.contexts();
  const [first] = context!.pages();
  const page = first ?? (await context!.newPage());
  return {
    page,
    async kill() {
      const gone = once(child, 'exit');
      process.kill(-child.pid!, 'SIGKILL');
      await gone;
      await browser.close().catch(() => undefined);
    },
  };
}

async function connect(child: ChildProcess): Promise<Browser> {
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr! }).on('line', (line) => {
      const [, found] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`Chromium ended with code ${code}.`)));
  });
  return chromium.connectOverCDP(address);
}
