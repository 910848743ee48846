/** Guards parsers whose time grows with the square of the depth of a markup. */

/** No mail or book that anyone wrote comes near this. */
const MAX_DEPTH = 5000;

export const TOO_DEEP = 'Its formatting is nested too deeply to follow; only its words were read.';

/** The markup itself, or its words alone where it is nested too deeply. */
export function followable(markup: string): { markup: string; tooDeep: boolean } {
  if (!isNestedBeyond(markup, MAX_DEPTH)) return { markup, tooDeep: false };
  return { markup: markup.replace(/<[^>]*>/g, '\n'), tooDeep: true };
}

/** Elements that need no end tag. */
const OPEN_ENDED =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|tr|td|th|option|path)$/i;

/** Whether more elements than this are open at once. A slash before the `>` closes nothing, as in HTML. */
export function isNestedBeyond(markup: string, most: number): boolean {
  let depth = 0;
  for (const [, closing, name = ''] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (OPEN_ENDED.test(name)) continue;
    depth = closing ? Math.max(0, depth - 1) : depth + 1;
    if (depth > most) return true;
  }
  return false;
}
