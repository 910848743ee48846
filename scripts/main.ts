import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

/** Runs `task` if the module at `url` is the one that Node was started with; an error ends the process with its sentence. */
export function runAsMain(url: string, task: () => Promise<void>): void {
  if (url !== pathToFileURL(argv[1] ?? '').href) return;
  task().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
