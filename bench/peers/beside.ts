/** The page's generator beside others: the same prompt, the same number of tokens, in turn. */
import type { Page } from '@playwright/test';
import { median } from '../pipeline/page.ts';
import { promptPassages, writes, type Written } from '../pipeline/writing.ts';

/** What a peer's page puts into its global `bench`. */
export interface PeerBench {
  write(prompt: string, tokens: number): Promise<Written>;
}

declare const bench: PeerBench;

export interface Beside {
  readonly name: string;
  /** Seconds until the first token, and tokens a second after it; medians over the rounds. */
  readonly first: number;
  readonly rate: number;
  readonly text: string;
}

const TOKENS = 40;

/**
 * Carrel's row first. The base model writes: the peers know no adapter. One line each is printed.
 * @throws Error if a peer reads another number of tokens
 */
export async function besideCarrel(
  page: Page,
  contestants: ReadonlyMap<string, Page>,
  rounds: number,
): Promise<readonly Beside[]> {
  const passages = promptPassages(4);
  await writes(page, passages, 1); // loads the generator
  const all = new Map<string, Written[]>(['Carrel', ...contestants.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const { prompt, ...own } = await writes(page, passages, TOKENS);
    all.get('Carrel')!.push(own);
    for (const [name, other] of contestants) {
      const written = await other.evaluate(([text, tokens]) => bench.write(text, tokens), [prompt, TOKENS] as const);
      if (written.promptTokens !== own.promptTokens)
        throw new Error(`${name} read ${written.promptTokens} tokens, the page ${own.promptTokens}.`);
      all.get(name)!.push(written);
    }
  }
  const tokens = all.get('Carrel')![0]!.promptTokens;
  console.log(`prompt of ${tokens} tokens, ${TOKENS} written, ${rounds} rounds in turn, medians`);
  const rows = [...all].map(([name, written]) => ({
    name,
    first: median(written.map(({ first }) => first)),
    rate: median(written.map(({ rate }) => rate)),
    text: written[0]!.text,
  }));
  const [own] = rows;
  for (const { name, first, rate, text } of rows) {
    console.log(
      `${name.padEnd(16)} first token ${first.toFixed(2)} s (${(first / own!.first).toFixed(2)} of Carrel's), ` +
        `${rate.toFixed(1)} tokens/s (Carrel ${(own!.rate / rate).toFixed(2)} times) | ${text.slice(0, 60)}`,
    );
  }
  return rows;
}
