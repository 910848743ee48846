/** The frame of a picture that is saved: light, described to who cannot see it, the same words below it. */

/** Letters of a line of words at 13 pixels, for each pixel of the width. */
const lettersPerPixel = 120 / 840;
const margin = 30;
/** Between two lines of words. */
const line = 20;

export interface SvgWords {
  readonly title: string;
  /** Sentences. */
  readonly description: readonly string[];
}

export interface SvgColours {
  readonly sheet: string;
  readonly ink: string;
  readonly soft: string;
}

/**
 * A file of SVG, words below the picture.
 * @param body what is drawn, within `width` and `height` pixels
 */
export function svgFile(
  { title, description }: SvgWords,
  { width, height }: { readonly width: number; readonly height: number },
  { sheet, soft }: SvgColours,
  body: readonly string[],
): string {
  const words = description.flatMap((sentence) => broken(sentence, (width - 2 * margin) * lettersPerPixel));
  const below = words.map(
    (text, i) => `<text x="${margin}" y="${height + 14 + i * line}" fill="${soft}">${escaped(text)}</text>`,
  );
  const bottom = height + 14 + words.length * line;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom}" width="${width}" height="${bottom}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="13">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description.join(' '))}</desc>`,
    `<rect width="${width}" height="${bottom}" fill="${sheet}"/>`,
    ...[...body, ...below].filter((one) => one !== ''),
    '</svg>\n',
  ].join('\n');
}

/** To the hundredth of a pixel. */
export const round = (value: number): number => Math.round(value * 100) / 100;

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Control characters, which XML cannot hold, are left out. */
export function escaped(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the ones that XML forbids
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (sign) => signs[sign]!);
}

/** At most so many letters, the last one a sign that there were more. */
export function short(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, letters - 1)}…` : text;
}

/** In lines of so many letters; SVG breaks none by itself. */
function broken(sentence: string, letters: number): string[] {
  const lines: string[] = [''];
  for (const word of sentence.split(/\s+/)) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + word.length >= letters) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
