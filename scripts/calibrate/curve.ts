/** What a threshold on the evidence keeps and refuses, as an SVG that is legible on light and dark ground. */

export interface Judged {
  readonly name: string;
  /** Evidence of the questions that have an answer, and of those that have none; in [0, 1]. */
  readonly withAnswer: readonly number[];
  readonly without: readonly number[];
}

const WIDTH = 860;
const HEIGHT = 460;
const PLOT = { left: 64, right: 560, top: 54, bottom: 400 };
const STEPS = 100;
/** Far enough apart also for those who see red and green alike (Okabe and Ito 2008). */
const HUES = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const across = (threshold: number): string => (PLOT.left + threshold * (PLOT.right - PLOT.left)).toFixed(1);
const up = (share: number): string => (PLOT.bottom - share * (PLOT.bottom - PLOT.top)).toFixed(1);

/** @param chosen the threshold in use, drawn as an upright line */
export function curve(sets: readonly Judged[], chosen: number): string {
  const title = 'Refusal: what a threshold on the evidence keeps and refuses';
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">`,
    '<style>text{font:13px system-ui,sans-serif;fill:#222}.grid{stroke:#ddd}.ground{fill:#fff}.chosen{stroke:#777;stroke-dasharray:4 4}',
    '@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#3a3a3a}.ground{fill:#161616}.hue{filter:brightness(1.45)}}</style>',
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text x="${PLOT.left}" y="26" style="font-size:16px;font-weight:600">${title}</text>`,
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 18}" text-anchor="middle">threshold on the evidence</text>`,
  ];
  for (const tick of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
    out.push(`<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${up(tick)}" y2="${up(tick)}"/>`);
    out.push(`<text x="${PLOT.left - 8}" y="${up(tick)}" dy="4" text-anchor="end">${tick * 100}%</text>`);
    out.push(`<text x="${across(tick)}" y="${PLOT.bottom + 20}" text-anchor="middle">${tick}</text>`);
  }
  out.push(`<line class="chosen" x1="${across(chosen)}" x2="${across(chosen)}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>`);
  out.push(`<text x="${across(chosen)}" y="${PLOT.top - 8}" text-anchor="middle">in use: ${chosen}</text>`);
  for (const [i, { name, withAnswer, without }] of sets.entries()) {
    const hue = HUES[i % HUES.length]!;
    const kept = path((threshold) => share(withAnswer, (score) => score >= threshold));
    const refused = path((threshold) => share(without, (score) => score < threshold));
    out.push(`<path class="hue" d="${kept}" fill="none" stroke="${hue}" stroke-width="2.4"/>`);
    out.push(
      `<path class="hue" d="${refused}" fill="none" stroke="${hue}" stroke-width="2.4" stroke-dasharray="7 4"/>`,
    );
    const y = PLOT.top + 14 + i * 74;
    out.push(
      `<text class="hue" x="${PLOT.right + 20}" y="${y}" style="fill:${hue};font-weight:600">${escape(name)}</text>`,
    );
    out.push(`<text x="${PLOT.right + 20}" y="${y + 20}">whole line: ${withAnswer.length} with an answer, kept</text>`);
    out.push(`<text x="${PLOT.right + 20}" y="${y + 38}">broken line: ${without.length} without, refused</text>`);
  }
  return `${[...out, '</svg>'].join('\n')}\n`;
}

function path(shareAt: (threshold: number) => number): string {
  const points = Array.from({ length: STEPS + 1 }, (_, i) => i / STEPS);
  return points.map((threshold, i) => `${i ? 'L' : 'M'}${across(threshold)} ${up(shareAt(threshold))}`).join('');
}

function share(scores: readonly number[], holds: (score: number) => boolean): number {
  return scores.length === 0 ? 0 : scores.filter(holds).length / scores.length;
}
