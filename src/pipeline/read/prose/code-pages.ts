/** Code pages of old word processors, by number and by a font’s character set. */

/** Upper halves of the pages of DOS, which no decoder of a browser knows. */
const DOS_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0';
const DOS_850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0';

/** What browsers call the pages whose names do not follow from their numbers. */
const LABELS: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1361: 'euc-kr',
  10000: 'macintosh',
  10007: 'x-mac-cyrillic',
  20866: 'koi8-r',
  21866: 'koi8-u',
  20932: 'euc-jp',
  51932: 'euc-jp',
  51949: 'euc-kr',
  54936: 'gb18030',
  65001: 'utf-8',
};

/** Parts of ISO 8859 that browsers know. */
const ISO: ReadonlySet<number> = new Set([2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16]);

/** Code pages of `\fcharset`. */
const OF_CHARSET: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  78: 932,
  79: 949,
  80: 936,
  81: 950,
  128: 932,
  129: 949,
  130: 1361,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  254: 437,
  255: 850,
};

/** The page of a font's character set; null where the set says nothing. */
export function pageOfCharset(charset: number): number | null {
  return OF_CHARSET[charset] ?? null;
}

const decoders = new Map<number, (bytes: Uint8Array) => string>();

/** Decodes bytes of a code page; an unknown one is taken for Western European. */
export function decodePage(bytes: Uint8Array, page: number): string {
  let decode = decoders.get(page);
  if (decode === undefined) {
    decode = decoderOf(page);
    decoders.set(page, decode);
  }
  return decode(bytes);
}

function decoderOf(page: number): (bytes: Uint8Array) => string {
  if (page === 437) return (bytes) => byTable(bytes, DOS_437);
  if (page === 850) return (bytes) => byTable(bytes, DOS_850);
  const decoder = new TextDecoder(labelOf(page));
  return (bytes) => decoder.decode(bytes);
}

function labelOf(page: number): string {
  if (page >= 1250 && page <= 1258) return `windows-${page}`;
  if (ISO.has(page - 28590)) return `iso-8859-${page - 28590}`;
  return LABELS[page] ?? 'windows-1252';
}

function byTable(bytes: Uint8Array, upper: string): string {
  let text = '';
  for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : upper[byte - 128]!;
  return text;
}
