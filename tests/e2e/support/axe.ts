/** Runs axe-core in the page as it stands: through the browser's own protocol, since the policy lets no script in. */
import type { Page } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';

export const axeVersion = axe.version;

/** WCAG 2.2, A and AA, with what axe holds to be good practice beside it. */
const options: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  // off by default in axe, since it is new
  rules: { 'target-size': { enabled: true } },
};

/** How many rules held, and what did not or could not be decided: `rule: element`. */
export interface Audit {
  readonly passed: number;
  readonly violations: readonly string[];
  readonly undecided: readonly string[];
}

declare const window: { axe: typeof axe | undefined };

export async function audit(page: Page): Promise<Audit> {
  if (!(await page.evaluate(() => window.axe !== undefined))) {
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axe.source });
    await session.detach();
  }
  const results = await page.evaluate((given) => window.axe!.run(given), options);
  return {
    passed: results.passes.length,
    violations: told(results.violations),
    undecided: told(results.incomplete),
  };
}

function told(results: AxeResults['violations']): string[] {
  return results.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message).join(' ');
      return `${id}: ${target.join(' ')} (${why})`;
    }),
  );
}
