/** Control words and symbols that stand for a character. */

export const SIGNS: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  lbr: '\n',
  emdash: '—',
  endash: '–',
  emspace: ' ',
  enspace: ' ',
  qmspace: ' ',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  softline: ' ',
};

/** By the sign after the backslash; `\-` only allows a hyphen and is none. */
export const SYMBOLS: Readonly<Record<string, string>> = {
  '~': '\u00A0',
  _: '\u2011',
  '\t': '\t',
  '\\': '\\',
  '{': '{',
  '}': '}',
};
