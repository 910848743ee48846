/** Which way a text runs, where its document does not say: by its first letter, block by block (HTML's `dir="auto"`). */

const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, ul, ol, dl, blockquote, pre, table, figcaption';

/** A block inside another, a cell of a table for one, runs as the outer one does; what the document says stays. */
export function setDirections(root: HTMLElement): void {
  root.setAttribute('dir', 'auto');
  for (const block of root.querySelectorAll<HTMLElement>(BLOCKS)) {
    if (block.closest('[dir]') === root) block.setAttribute('dir', 'auto');
  }
}

const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** By its first letter. */
export function runsRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0];
  return letter !== undefined && RIGHT_TO_LEFT.test(letter);
}
