/** A browser of any engine, as far as the walk through the page needs one. Elements are named by XPath: all drivers know it. */

export interface EngineBrowser {
  /** With its name: `Firefox 153.0`. */
  readonly version: string;
  /** Errors that the page or its console told; null where the driver hears of none. */
  readonly errors: readonly string[] | null;
  open(address: string): Promise<void>;
  reload(): Promise<void>;
  /** @param expression of a value, or of a promise of one, that JSON can hold */
  evaluate<T>(expression: string): Promise<T>;
  click(xpath: string): Promise<void>;
  write(xpath: string, text: string): Promise<void>;
  /** Gives files to a file input. */
  give(xpath: string, files: readonly string[]): Promise<void>;
  /** A PNG of what the window shows. */
  picture(path: string): Promise<void>;
  close(): Promise<void>;
}

export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

/** Waits until an expression is true. @throws Error that names it and what the page shows instead */
export async function until(browser: EngineBrowser, expression: string, seconds: number): Promise<void> {
  const last = Date.now() + seconds * 1000;
  while (!(await browser.evaluate<boolean>(`Boolean(${expression})`))) {
    if (Date.now() > last) {
      const shown = await browser.evaluate<string>('document.body.innerText.slice(0, 2000)');
      throw new Error(`Not within ${seconds} s: ${expression}. The page shows:\n${shown}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
