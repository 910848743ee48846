/** Cost against size as an SVG, both axes logarithmic, legible on light and dark ground. */

export interface Line {
  readonly name: string;
  /** Number of vectors, milliseconds. */
  readonly points: readonly (readonly [size: number, ms: number])[];
  readonly kind: 'ours' | 'peer' | 'floor';
}

const WIDTH = 860;
const HEIGHT = 500;
const PLOT = { left: 64, right: 610, top: 54, bottom: 440 };
const LABEL_HEIGHT = 17;
/** Far enough apart also for those who see red and green alike (Okabe and Ito 2008). */
const OURS = ['#0072b2', '#d55e00'];
const PEERS = ['#009e73', '#cc79a7', '#8d7b00', '#56a0d9', '#b05a3c', '#7a6fc0', '#4d8a8a'];

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const short = (value: number): string => (value >= 1000 ? `${value / 1000}k` : String(value));

/** Powers of ten from the one below `least` to the one above `most`. */
function decades(least: number, most: number): number[] {
  const first = Math.floor(Math.log10(least));
  const last = Math.ceil(Math.log10(most));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`));
}

export function chart(title: string, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points);
  const sizes = [...new Set(points.map(([size]) => size))].sort((a, b) => a - b);
  const costs = points.map(([, ms]) => ms);
  const ticks = decades(Math.min(...costs), Math.max(...costs));
  const across = (size: number): number => {
    const share = Math.log(size / sizes[0]!) / Math.max(1e-9, Math.log(sizes.at(-1)! / sizes[0]!));
    return PLOT.left + share * (PLOT.right - PLOT.left);
  };
  const up = (ms: number): number => {
    const share = Math.log(ms / ticks[0]!) / Math.log(ticks.at(-1)! / ticks[0]!);
    return PLOT.bottom - share * (PLOT.bottom - PLOT.top);
  };
  const out = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">`,
    '<style>text{font:13px system-ui,sans-serif;fill:#222}.grid{stroke:#ddd}.ground{fill:#fff}.floor{stroke:#777}',
    '.leader{stroke:#999;stroke-width:.7}',
    '@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#3a3a3a}.ground{fill:#161616}.floor{stroke:#999}.hue{filter:brightness(1.45)}}',
    '</style>',
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text x="${PLOT.left}" y="26" style="font-size:16px;font-weight:600">${escape(title)}</text>`,
    `<text x="${PLOT.left - 48}" y="${PLOT.top - 10}">ms</text>`,
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${HEIGHT - 18}" text-anchor="middle">passages</text>`,
  ];
  for (const tick of ticks) {
    const y = up(tick).toFixed(1);
    out.push(`<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}"/>`);
    out.push(`<text x="${PLOT.left - 8}" y="${y}" dy="4" text-anchor="end">${tick}</text>`);
  }
  for (const size of sizes) {
    const x = across(size).toFixed(1);
    out.push(`<line class="grid" x1="${x}" x2="${x}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>`);
    out.push(`<text x="${x}" y="${PLOT.bottom + 20}" text-anchor="middle">${short(size)}</text>`);
  }
  const left = { ours: [...OURS], peer: [...PEERS], floor: [] };
  const drawn = lines
    .filter((line) => line.points.length > 0)
    .map((line) => {
      const [size, ms] = line.points.at(-1)!;
      return { ...line, colour: left[line.kind].shift() ?? '#888', x: across(size), y: up(ms) };
    });
  for (const { kind, points: own, colour } of drawn) {
    const path = own.map(([size, ms], i) => `${i ? 'L' : 'M'}${across(size).toFixed(1)} ${up(ms).toFixed(1)}`).join('');
    const stroke = kind === 'floor' ? 'class="floor" stroke-dasharray="5 4"' : `class="hue" stroke="${colour}"`;
    out.push(`<path d="${path}" fill="none" ${stroke} stroke-width="${kind === 'ours' ? 3 : 1.6}"/>`);
    if (kind === 'floor') continue;
    for (const [size, ms] of own) {
      out.push(
        `<circle class="hue" cx="${across(size).toFixed(1)}" cy="${up(ms).toFixed(1)}" r="3" fill="${colour}"/>`,
      );
    }
  }
  // Labels from the top down, each below the one before.
  let free = -Infinity;
  const placed = [...drawn]
    .sort((a, b) => a.y - b.y)
    .map((line) => ({ ...line, at: (free = Math.max(line.y, free + LABEL_HEIGHT)) }));
  for (const { name, kind, colour, x, y, at } of placed) {
    const [start, end] = [PLOT.right + 12, PLOT.right + 22];
    out.push(
      `<path class="leader" d="M${x.toFixed(1)} ${y.toFixed(1)}L${start} ${at.toFixed(1)}H${end}" fill="none"/>`,
    );
    const style = `${kind === 'floor' ? '' : `fill:${colour};`}${kind === 'ours' ? 'font-weight:600' : ''}`;
    out.push(`<text class="hue" x="${end + 4}" y="${at.toFixed(1)}" dy="4" style="${style}">${escape(name)}</text>`);
  }
  return `${[...out, '</svg>'].join('\n')}\n`;
}
