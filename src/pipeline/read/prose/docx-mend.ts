/** Mends the main part of a .docx before mammoth reads it: gives it as runs what mammoth would pass by. */

/** Formulas as runs of their letters, ruby as its base with the reading in brackets. */
export function mended(xml: string): string {
  const withRuns = replaced(xml, 'm:oMath', (formula) => `<w:r>${textRun(textsIn(formula, 'm:t'))}</w:r>`);
  return replaced(withRuns, 'w:ruby', (ruby) => {
    const base = ruby.indexOf('<w:rubyBase');
    const reading = textsIn(ruby.slice(0, base === -1 ? undefined : base), 'w:t');
    const word = base === -1 ? '' : textsIn(ruby.slice(base), 'w:t');
    return textRun(reading === '' ? word : `${word} (${reading})`);
  });
}

/** Replaces each element of a name, from one end of the text to the other without going back. */
function replaced(xml: string, name: string, by: (element: string) => string): string {
  const [opening, closing] = [`<${name}>`, `</${name}>`];
  const pieces: string[] = [];
  let from = 0;
  for (let at = xml.indexOf(opening); at !== -1; at = xml.indexOf(opening, from)) {
    const end = xml.indexOf(closing, at);
    if (end === -1) break;
    pieces.push(xml.slice(from, at), by(xml.slice(at, end)));
    from = end + closing.length;
  }
  return pieces.length === 0 ? xml : pieces.join('') + xml.slice(from);
}

/** Texts as they are written, references and all. */
function textsIn(xml: string, tag: 'm:t' | 'w:t'): string {
  const pattern = tag === 'm:t' ? /<m:t(?: [^<>]*)?>([^<]*)</g : /<w:t(?: [^<>]*)?>([^<]*)</g;
  return [...xml.matchAll(pattern)].map(([, text]) => text).join('');
}

function textRun(text: string): string {
  return `<w:t xml:space="preserve">${text}</w:t>`;
}
