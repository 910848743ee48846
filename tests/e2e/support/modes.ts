/** How the page may be shown. */
import type { Page } from '@playwright/test';

export interface Mode {
  readonly name: string;
  /** Looked at in `npm test`, too. */
  readonly usual: boolean;
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
}

const wide = { width: 1400, height: 900 };
const phone = { width: 390, height: 844 };

export const modes = [
  { name: 'light', usual: true, ...wide, dark: false },
  { name: 'dark', usual: true, ...wide, dark: true },
  { name: 'phone', usual: true, ...phone, dark: false },
  { name: 'phone, dark', usual: false, ...phone, dark: true },
] as const satisfies readonly Mode[];

/** @param place where on a phone the screen is to be seen */
export async function show(page: Page, { width, height, dark }: Mode, place?: 'Documents' | 'Document'): Promise<void> {
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
  const size = page.viewportSize();
  if (size?.width !== width || size.height !== height) await page.setViewportSize({ width, height });
  const parts = page.getByRole('navigation', { name: 'Parts of the desk' });
  if (place && (await parts.isVisible())) await parts.getByRole('button', { name: place, exact: true }).click();
  // one frame, so that what follows the size has followed
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}
