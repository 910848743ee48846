/** Guards parsers whose time grows with the square of the depth of a markup. */

/** No page, mail or book that anyone wrote comes near this. */
const MAX_DEPTH = 5000;

export const TOO_DEEP = 'Its formatting is nested too deeply to follow; only its words were read.';

/** The markup itself, or its words alone where it is nested too deeply. */
export function followable(markup: string): { markup: string; tooDeep: boolean } {
  if (!isTooDeep(markup)) return { markup, tooDeep: false };
  return { markup: markup.replace(/<[^>]*>/g, '\n'), tooDeep: true };
}

function isTooDeep(markup: string): boolean {
  let depth = 0;
  for (const [, closing] of markup.matchAll(
    /<(\/?)(?!(?:br|hr|img|input|link|meta|p|col|area|wbr)\b)[a-z][^<>]*(?<!\/)>/gi,
  )) {
    depth = closing ? Math.max(0, depth - 1) : depth + 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
