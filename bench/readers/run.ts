/** Programs of the system that the bench uses where they are. */
import { spawn, spawnSync } from 'node:child_process';

const present = new Map<string, boolean>();

/** True if the system has a program of this name. */
export function has(program: string): boolean {
  const known = present.get(program);
  if (known !== undefined) return known;
  const found = spawnSync('which', [program]).status === 0;
  present.set(program, found);
  return found;
}

/** Names of the programs that were asked for and are not there. */
export function missing(): string[] {
  return [...present].filter(([, found]) => !found).map(([program]) => program);
}

/**
 * What a program writes to its standard output; null if it fails or takes too long. Whatever it has started ends with it.
 * @param milliseconds after which it is ended
 */
export function output(program: string, args: readonly string[], milliseconds = 60_000): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    const pieces: Buffer[] = [];
    const late = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), milliseconds);
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.on('error', () => {
      clearTimeout(late);
      resolve(null);
    });
    child.on('close', (code) => {
      clearTimeout(late);
      resolve(code === 0 ? Buffer.concat(pieces) : null);
    });
  });
}
