/** Safe markup for the viewer: text in spans that say where in the document's text it stands. */

/** Escapes text for HTML; CR is written as a reference because HTML parsers turn it into LF. */
export function escapeHtml(text: string): string {
  return SIGN.test(text) ? text.replace(SIGNS, (c) => ESCAPES[c] ?? c) : text;
}

const SIGN = /[&<>"\r]/;
const SIGNS = /[&<>"\r]/g;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

/** HTML parsers drop NUL, which would shift what follows. */
export function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

/** A span whose text is `document.text` from `start` on; with `end`, one that stands for that range as a whole. */
export function spanAt(text: string, start: number, end?: number): string {
  if (text === '') return '';
  const whole = end === undefined ? '' : ` data-end="${end}"`;
  return `<span data-start="${start}"${whole}>${escapeHtml(text)}</span>`;
}

/** The address if a document may link to it (http, https, mailto), else null. */
export function safeAddress(address: string): string | null {
  // Browsers ignore white space and controls inside a scheme, so they are judged without them.
  // eslint-disable-next-line no-control-regex
  const bare = address.replace(/[\u0000-\u0020\u007F]+/g, '');
  return /^(?:https?:\/\/|mailto:)/i.test(bare) ? bare : null;
}

/** A sentence on pictures that were left out, or none. */
export function pictureNotes(count: number): string[] {
  if (count === 0) return [];
  return [
    count === 1
      ? 'One picture was left out; only text is read.'
      : `${count} pictures were left out; only text is read.`,
  ];
}
