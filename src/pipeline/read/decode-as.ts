/** Bytes to text in a named encoding. */

/** What windows-1252 has at 0x80 to 0x9F; 0 where it has a control. */
const WINDOWS_1252 = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/**
 * Decodes by WHATWG label; with `fatal`, bytes that are not valid throw a TypeError.
 * Node 20 takes windows-1252 for ISO-8859-1, unlike browsers, so its controls are mapped here.
 */
export function decodeAs(bytes: Uint8Array, label: string, fatal = false): string {
  const decoder = new TextDecoder(label, { fatal });
  const text = decoder.decode(bytes);
  if (decoder.encoding !== 'windows-1252') return text;
  return text.replace(/[\u0080-\u009F]/g, (c) => {
    const mapped = WINDOWS_1252[c.charCodeAt(0) - 0x80];
    return mapped === undefined || mapped === '\0' ? c : mapped;
  });
}
