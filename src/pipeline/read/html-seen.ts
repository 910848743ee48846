/** What of a page its reader sees, and the words of what is not shown. */

/** Text in these is never shown. */
export const UNSEEN = new Set(
  'head script style noscript template iframe frame object embed applet datalist audio map param source track annotation annotation-xml'.split(
    ' ',
  ),
);
/** Fields of a form in which something is written. */
export const WRITTEN = /^(?:text|search|email|tel|url|number|date|datetime-local|month|week|time)$/i;

export function isHidden(element: Element, tag: string): boolean {
  if (element.hasAttribute('hidden')) return true;
  if (tag === 'dialog') return !element.hasAttribute('open');
  const style = element.getAttribute('style');
  if (style !== null && /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))/i.test(style))
    return true;
  // Back links that Word's converter adds after each note.
  return tag === 'a' && /^#(?:foot|end)note-ref|^#comment-ref/.test(element.getAttribute('href') ?? '');
}

/** Words of an element that is not shown, without scripts and styles; `noscript` may hold them as text. */
export function hiddenText(element: Element): string {
  // The back links of notes repeat an arrow.
  if (element.localName.toLowerCase() === 'a') return '';
  return preText(element)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The text of preformatted code, with line breaks where it has `<br>`. */
export function preText(element: Element): string {
  const pieces: string[] = [];
  const stack: Node[] = [element];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.nodeType === 3) pieces.push(node.nodeValue ?? '');
    else if (node.nodeType === 1) {
      const tag = (node as Element).localName.toLowerCase();
      if (tag === 'br') pieces.push('\n');
      else if (node === element || !UNSEEN.has(tag))
        for (let child = node.lastChild; child !== null; child = child.previousSibling) stack.push(child);
    }
  }
  return pieces.join('').replaceAll('\0', '\uFFFD');
}
