/** What a generator has written, kept on disk: a run that was stopped goes on where it was. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Generated } from '../../../src/pipeline/generate/generator.ts';
import type { ReadAs } from '../../../src/pipeline/generate/reading.ts';

/** Greedy, so this decides what is written, together with the weights. */
export interface AskedOfModel extends ReadAs {
  readonly ids: readonly number[];
  readonly maxTokens: number;
}

interface Line {
  readonly key: string;
  readonly generated: Generated;
}

/** One file of JSON lines for each file of weights. */
export class KeptAnswers {
  readonly #known = new Map<string, Generated>();
  readonly #path: string;

  /** A line that was cut off is dropped. */
  constructor(folder: string, model: { readonly id: string; readonly sha256: string }) {
    this.#path = join(folder, `${model.id}-${model.sha256.slice(0, 16)}.jsonl`);
    mkdirSync(dirname(this.#path), { recursive: true });
    if (!existsSync(this.#path)) return;
    const text = readFileSync(this.#path, 'utf8');
    for (const line of text.split('\n')) {
      const read = lineOf(line);
      if (read) this.#known.set(read.key, read.generated);
    }
    // What comes next must not stand behind half a line.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(this.#path, '\n');
  }

  get(asked: AskedOfModel): Generated | undefined {
    return this.#known.get(keyOf(asked));
  }

  add(asked: AskedOfModel, generated: Generated): void {
    const key = keyOf(asked);
    this.#known.set(key, generated);
    appendFileSync(this.#path, `${JSON.stringify({ key, generated } satisfies Line)}\n`);
  }
}

function lineOf(line: string): Line | null {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return null;
  }
}

function keyOf({ ids, adapterScale, reading, maxTokens }: AskedOfModel): string {
  return createHash('sha256')
    .update(JSON.stringify([ids, adapterScale, reading, maxTokens]))
    .digest('hex');
}
