/** Pages laid on their side, text turned on its page, and text that runs from top to bottom. */
import { describe, expect, it } from 'vitest';
import { pdfOf } from '../../../../tests/support/pdf-bytes.ts';
import type { Besides, PageSource } from '../../../../tests/support/pdf-bytes.ts';
import { brokenPromises } from '../../../../tests/support/reader-invariants.ts';
import { readDocument } from '../read.ts';

async function read(pages: readonly PageSource[], besides: Besides = {}) {
  const document = await readDocument({ path: 'x.pdf', bytes: pdfOf(pages, besides) });
  expect(brokenPromises(document)).toEqual([]);
  const shown = document.shown.as === 'pages' ? document.shown.pages : [];
  for (const page of shown)
    for (const { x, y, width, height } of page.runs) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(page.width);
      expect(y + height).toBeLessThanOrEqual(page.height);
    }
  const run = (words: string) => {
    const start = document.text.indexOf(words);
    return shown.flatMap(({ runs }) => runs).find((one) => one.start <= start && start < one.end)!;
  };
  return { document, shown, run };
}

const LINES = [
  'The harbour is open to all boats by day and by night,',
  'but whoever comes in after ten must wait at the outer',
  'quay until the keeper has written the name in his book.',
];
const PROSE = LINES.join(' ');

/** Lines set along `angle` degrees anticlockwise from level, each `leading` points after the one before; 595 by 842 points. */
function turned(angle: number, words: readonly string[] = LINES): string {
  const [cos, sin] = [Math.round(Math.cos((angle * Math.PI) / 180)), Math.round(Math.sin((angle * Math.PI) / 180))];
  const [x, y] = { 0: [60, 780], 90: [60, 60], 180: [535, 60], 270: [535, 780] }[angle]!;
  return words
    .map((line, i) => {
      const [dx, dy] = [sin * 14 * i, -cos * 14 * i];
      return `BT /F1 11 Tf ${cos} ${sin} ${-sin} ${cos} ${x! + dx} ${y! + dy} Tm (${line}) Tj ET`;
    })
    .join('\n');
}

describe('turned pages and turned text', () => {
  for (const rotate of [0, 90, 180, 270])
    for (const angle of [0, 90, 180, 270])
      it(`reads lines at ${angle} degrees on a page turned by ${rotate}`, async () => {
        const { document, shown, run } = await read([{ content: turned(angle), entries: `/Rotate ${rotate}` }]);
        expect(document.text).toBe(PROSE);
        const [page] = shown;
        expect([page!.width, page!.height]).toEqual(rotate % 180 === 0 ? [595, 842] : [842, 595]);
        const level = (angle - rotate) % 180 === 0;
        const first = run('The harbour');
        expect(level ? first.width / first.height : first.height / first.width).toBeGreaterThan(10);
        // The lines stand one below the other as a reader holds the page.
        const next = run('but whoever');
        const seen = (((angle - rotate) % 360) + 360) % 360;
        const steps = { 0: next.y - first.y, 90: next.x - first.x, 180: first.y - next.y, 270: first.x - next.x };
        expect(steps[seen as keyof typeof steps]).toBeCloseTo(14, 0);
      });

  it('reads what is turned in the margin after the text, and not between its lines', async () => {
    const note = 'BT /F1 9 Tf 0 1 -1 0 40 300 Tm (Received on 4 May) Tj ET';
    const { document } = await read([{ content: `${note}\n${turned(0)}` }]);
    expect(document.text).toBe(`${PROSE}\n\nReceived on 4 May`);
  });

  it('reads two columns of a page on its side', async () => {
    const column = (x: number, words: string) =>
      Array.from(
        { length: 8 },
        (_, i) => `BT /F1 10 Tf 0 1 -1 0 ${80 + 13 * i} ${x} Tm (${words} ${i + 1} of these lines tells more,) Tj ET`,
      );
    const content = [...column(60, 'On the left number'), ...column(440, 'On the right number')].join('\n');
    const { document, shown } = await read([{ content, entries: '/Rotate 90' }]);
    expect(shown[0]!.width).toBe(842);
    expect(document.text.indexOf('left number 8')).toBeLessThan(document.text.indexOf('right number 1'));
  });
});

/** A font of the CID kind that runs downwards and whose codes are UTF-16: no glyphs, only what they mean. */
const DOWNWARDS: Besides = {
  fonts: (pdf) => {
    const map = [
      '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def',
      '1 begincodespacerange <0000> <FFFF> endcodespacerange',
      '1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap CMapName currentdict /CMap defineresource pop end end',
    ].join('\n');
    const descriptor = pdf.add(
      '<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 -120 1000 880] /Ascent 880 /Descent -120 /ItalicAngle 0 /CapHeight 700 /StemV 80 >>',
    );
    const below = pdf.add(
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW 1000 >>`,
    );
    return {
      V: `<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-V /DescendantFonts [${below} 0 R] /ToUnicode ${pdf.stream(map)} 0 R >>`,
    };
  },
};

const hex = (words: string) => [...words].map((sign) => sign.charCodeAt(0).toString(16).padStart(4, '0')).join('');
const down = (x: number, y: number, words: string, size = 12) => `BT /V ${size} Tf ${x} ${y} Td <${hex(words)}> Tj ET`;

describe('text from top to bottom', () => {
  const COLUMNS = [
    '港は昼も夜もすべての船に開かれている。',
    'しかし十時を過ぎて入る者は外の岸壁で',
    '番人が名を帳簿に書くまで待つこと。',
  ];

  it('is read column by column from the right', async () => {
    // Written in the file from the left, so that the order of the file is of no help.
    const content = COLUMNS.map((words, i) => down(500 - 20 * i, 780, words))
      .reverse()
      .join('\n');
    const { document, run } = await read([{ content }], DOWNWARDS);
    expect(document.text).toBe(COLUMNS.join(''));
    const first = run('港は');
    expect(first.x + first.width / 2).toBeCloseTo(500, 0);
    expect(first.y).toBeCloseTo(842 - 780, 0);
    expect(first.height).toBeCloseTo(12 * COLUMNS[0]!.length, 0);
  });

  it('is read so on a page on its side too', async () => {
    const content = COLUMNS.map((words, i) => down(500 - 20 * i, 780, words)).join('\n');
    const { document, run } = await read([{ content, entries: '/Rotate 90' }], DOWNWARDS);
    expect(document.text).toBe(COLUMNS.join(''));
    const first = run('港は');
    expect(first.width / first.height).toBeGreaterThan(10);
  });

  it('stands apart from the level text beside it', async () => {
    const content = [...COLUMNS.map((words, i) => down(500 - 20 * i, 780, words)), turned(0)].join('\n');
    const { document } = await read([{ content }], DOWNWARDS);
    expect(document.text.split('\n\n').toSorted()).toEqual([PROSE, COLUMNS.join('')].toSorted());
  });
});
