/** The page by keyboard alone: where the focus stands, and whether a person can see that. */
import { expect, type Page } from '@playwright/test';

/** What has the focus. */
export interface Stop {
  /** Its accessible name, or its text. */
  readonly name: string;
  readonly role: string;
  /** A line or shadow shows that it has the focus. */
  readonly shown: boolean;
  /** It, or what stands for it, can be seen at one of its corners or its middle: nothing lies over it. */
  readonly inSight: boolean;
}

export function stop(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const focused = document.activeElement!;
    // a file is chosen by its label
    const seen = focused.closest('label:has(input[type="file"])') ?? focused;
    const labels = (focused as HTMLInputElement).labels ?? [];
    const name =
      focused.getAttribute('aria-label') ??
      [...labels].map((label) => label.textContent).join(' ') ??
      (focused.textContent || '');
    const style = getComputedStyle(seen);
    const { left, right, top, bottom } = seen.getBoundingClientRect();
    const points = [
      [(left + right) / 2, (top + bottom) / 2],
      [left + 3, top + 3],
      [right - 3, bottom - 3],
      [left + 3, bottom - 3],
      [right - 3, top + 3],
    ] as const;
    const hit = ([x, y]: readonly [number, number]): boolean => {
      const there = document.elementFromPoint(x, y);
      return there !== null && (seen.contains(there) || there.contains(seen));
    };
    return {
      name: (name || (focused.textContent ?? '')).replace(/\s+/g, ' ').trim(),
      role: focused.getAttribute('role') ?? focused.tagName.toLowerCase(),
      shown: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
      inSight: points.some(hit),
    };
  });
}

/**
 * Presses Tab (or Shift and Tab) until the focus stands on what bears the name. Every stop on the way has to be seen.
 * Ends with a failure after 80 stops: a person would not come there.
 */
export async function tabTo(page: Page, name: string | RegExp, back = false): Promise<Stop> {
  const passed: string[] = [];
  for (let press = 0; press < 80; press++) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    const at = await stop(page);
    if (at.role !== 'body') {
      expect(at, `the focus on ${at.role} “${at.name}” is seen`).toMatchObject({ shown: true, inSight: true });
    }
    if (typeof name === 'string' ? at.name === name : name.test(at.name)) return at;
    passed.push(at.name);
  }
  throw new Error(`Tab does not lead to ${String(name)}; it led to: ${passed.join(' | ')}`);
}
