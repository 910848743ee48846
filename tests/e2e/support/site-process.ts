/** The static server as a process of its own, so that a test can end it. Run by Node: `site-process.ts PREFIX HEADERS PORT`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { runAsMain } from '../../../scripts/main.ts';
import { serve, type SentHeaders, type Logged } from '../../../scripts/serve.ts';
import { DIST } from './build.ts';

export interface SiteProcess {
  readonly address: string;
  readonly port: number;
  readonly prefix: string;
  readonly requests: readonly Logged[];
  /** Ends the process; resolves when it is gone. */
  end(): Promise<void>;
}

/** @param root another folder than the build, for tests of updates */
export async function startSite(options: {
  readonly prefix: string;
  readonly headers: SentHeaders;
  readonly port?: number;
  readonly root?: string;
}): Promise<SiteProcess> {
  const { prefix, headers, port = 0, root = DIST } = options;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', import.meta.filename, prefix, headers, String(port), root],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const requests: Logged[] = [];
  const address = await new Promise<string>((ready, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { address: string } | Logged;
      if ('address' in said) ready(said.address);
      else requests.push(said);
    });
    child.once('exit', (code) => fail(new Error(`The server ended with code ${code}.`)));
  });
  return {
    address,
    port: Number(new URL(address).port),
    prefix,
    requests,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

runAsMain(import.meta.url, async () => {
  const [prefix = '/', headers = 'full', port = '0', root = DIST] = process.argv.slice(2);
  const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const site = await serve({
    root,
    prefix,
    headers: headers as SentHeaders,
    port: Number(port),
    onRequest: say,
  });
  say({ address: site.address });
});
