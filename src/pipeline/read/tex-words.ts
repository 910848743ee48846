/** The words of a little LaTeX: titles, names, headings. */

const ACCENTS: Record<string, string> = {
  '"': '\u0308',
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  c: '\u0327',
  v: '\u030C',
  u: '\u0306',
  H: '\u030B',
  k: '\u0328',
  r: '\u030A',
  d: '\u0323',
  b: '\u0331',
};
const LETTERS: Record<string, string> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  i: 'ı',
  j: 'ȷ',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  ldots: '…',
  dots: '…',
  textendash: '–',
  textemdash: '—',
  quad: ' ',
  qquad: ' ',
};
/** Longer arguments are cut. */
const MOST = 2000;

/** Plain words: accents composed, commands dropped, their arguments kept. */
export function texWords(tex: string): string {
  return tex
    .slice(0, MOST)
    .replace(/(^|[^\\])%.*$/gm, '$1')
    .replace(
      /\\(?:label|cite[a-z]*|ref|index|thanks|footnote(?:mark)?|vspace\*?|hspace\*?|color|fontsize)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}/g,
      '',
    )
    .replace(
      /\\(["'`^~=.]|[cvuHkrdb](?![A-Za-z]))\s*\{?\s*(\\[ij](?![A-Za-z])|\p{L})\s*\}?/gu,
      (_, accent: string, letter: string) => (letter.replace('\\', '') + (ACCENTS[accent] ?? '')).normalize('NFC'),
    )
    .replace(/\\([A-Za-z]+)(?:\s+|\{\})?/g, (_, name: string) => LETTERS[name] ?? ' ')
    .replace(/\\\\(?:\[[^\]]*\])?/g, ' ')
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/\\([&%$#_{}])/g, '$1')
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/``|''/g, '"')
    .replace(/[{}]/g, '')
    .replace(/[~\s]+/g, ' ')
    .replace(/ ([,.;:])/g, '$1')
    .trim();
}

/** A balanced argument whose brace stands at `open`, and the offset behind it; null when it does not end soon. */
export function argument(text: string, open: number): { value: string; end: number } | null {
  let depth = 0;
  for (let at = open; at < Math.min(text.length, open + MOST * 5); at++) {
    const c = text[at];
    if (c === '\\') at++;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return { value: text.slice(open + 1, at), end: at + 1 };
  }
  return null;
}
