/** The body that Outlook keeps as RTF: the HTML wrapped in it (MS-OXRTFEX), or its plain words. */
import type { Body } from '../mail/message.ts';
import { decodePage, pageOfCharset } from '../prose/code-pages.ts';

/** Groups of an RTF that hold no words of the text. */
const DESTINATIONS = new Set(
  'fonttbl colortbl stylesheet info pict object header footer headerl headerr headerf footerl footerr footerf listtable listoverridetable rsidtbl generator themedata'.split(
    ' ',
  ),
);
const SIGNS: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  tab: '\t',
  cell: '\t',
  row: '\n',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  endash: '–',
  emdash: '—',
  emspace: ' ',
  enspace: ' ',
};
const TOKEN = /\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;

interface Group {
  /** Its words are not of the text. */
  readonly skipped: boolean;
  readonly fontTable: boolean;
  /** Words that only a reader of RTF needs. */
  hidden: boolean;
  codePage: number;
  /** Characters that stand in for one written as a number. */
  fallback: number;
}

/** Reads RTF, a byte a character; null where no words are in it. */
export function rtfBody(rtf: string): Body | null {
  const isHtml = /^[^]{0,1000}\\fromhtml1/.test(rtf);
  const text = wordsOf(rtf.replaceAll('\0', ''));
  if (text.trim() === '') return null;
  return isHtml ? { kind: 'html', html: text } : { kind: 'plain', text };
}

function wordsOf(rtf: string): string {
  const out: string[] = [];
  const fonts = new Map<number, number>();
  const own = Number(/\\ansicpg(\d+)/.exec(rtf)?.[1] ?? 1252);
  const groups: Group[] = [];
  let group: Group = { skipped: false, fontTable: false, hidden: false, codePage: own, fallback: 1 };
  let font = 0;
  let isStarred = false;
  let skip = 0;
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) out.push(decodePage(Uint8Array.from(bytes), group.codePage));
    bytes = [];
  };
  const put = (text: string): void => {
    flush();
    if (!group.skipped && !group.hidden) out.push(text);
  };
  for (const [, word, parameter, hex, symbol, brace, run] of rtf.matchAll(TOKEN)) {
    if (hex === undefined) flush();
    if (brace === '{') {
      groups.push(group);
      group = { ...group };
      isStarred = false;
    } else if (brace === '}') {
      group = groups.pop() ?? group;
      skip = 0;
    } else if (hex !== undefined) {
      if (skip > 0) skip--;
      else if (!group.skipped && !group.hidden) bytes.push(Number.parseInt(hex, 16));
    } else if (symbol !== undefined) {
      if (symbol === '*') isStarred = true;
      else if (symbol === '~') put('\u00A0');
      else if (symbol === '_') put('-');
      else if ('\\{}'.includes(symbol)) put(symbol);
    } else if (run !== undefined) {
      const kept = run.slice(skip);
      skip = Math.max(0, skip - run.length);
      put(kept);
    } else if (word !== undefined) {
      const value = parameter === undefined ? null : Number(parameter);
      if (word === 'u') {
        put(String.fromCharCode((value ?? 63) & 0xffff));
        skip = group.fallback;
      } else if (word === 'uc') group.fallback = value ?? 1;
      else if (word === 'htmlrtf') group.hidden = value !== 0;
      else if (word === 'f') {
        font = value ?? 0;
        group.codePage = fonts.get(font) ?? own;
      } else if (word === 'fcharset' && group.fontTable) {
        const page = pageOfCharset(value ?? 0);
        // Western fonts leave the document's own code page as it is.
        if (page !== null && value !== 0) fonts.set(font, page);
      } else if (DESTINATIONS.has(word) || (isStarred && word !== 'htmltag'))
        group = { ...group, skipped: true, fontTable: word === 'fonttbl' };
      else if (SIGNS[word] !== undefined) put(SIGNS[word]);
      isStarred = false;
    }
  }
  flush();
  return out.join('');
}
