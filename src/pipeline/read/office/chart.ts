/** Charts as tables: categories down, series across, with the titles above. */
import { lineOf, plain } from '../slides/deck.ts';
import type { Piece } from '../slides/deck.ts';
import { noBullets, paragraphsOf } from './drawing.ts';
import { descendants, elementsOf, find, textOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** Points of a series beyond which a chart is a picture, not a table to read. */
const MAX_POINTS = 1000;

/** The words and numbers of a chart part (`c:chartSpace`). */
export function chartPieces(root: XmlElement): Piece[] {
  const titles = descendants(root, 'title').flatMap((title) =>
    paragraphsOf(find(title, 'tx', 'rich'), new Map(), noBullets).filter((piece) => piece.kind !== 'table'),
  );
  const labels = descendants(root, 'dLbl').flatMap((label) =>
    paragraphsOf(find(label, 'tx', 'rich'), new Map(), noBullets),
  );
  const series = descendants(root, 'ser').map((element, i) => ({
    name: points(find(element, 'tx')).get(0) ?? textOf(find(element, 'tx', 'v')) ?? `${i + 1}`,
    categories: points(find(element, 'cat') ?? find(element, 'xVal')),
    values: points(find(element, 'val') ?? find(element, 'yVal')),
  }));
  const count = Math.min(
    MAX_POINTS,
    series.reduce((most, { categories, values }) => Math.max(most, last(categories), last(values)), 0),
  );
  const categories = series.find(({ categories: some }) => some.size > 0)?.categories ?? new Map<number, string>();
  const rows: string[][] = [['', ...series.map(({ name }) => name)]];
  for (let i = 0; i < count; i++)
    rows.push([categories.get(i) ?? '', ...series.map(({ values }) => values.get(i) ?? '')]);
  const filled = rows.filter((row, i) => i === 0 || row.some((cell) => cell.trim() !== ''));
  const hasWords = filled.some((row) => row.some((cell) => cell.trim() !== ''));
  return [
    ...titles.filter((piece, i) => i === 0 || words(piece) !== words(titles[i - 1]!)),
    ...(hasWords
      ? [{ kind: 'table', hasHeader: filled.length > 1, rows: filled.map((row) => row.map(plain)) } as const]
      : []),
    ...labels,
  ];
}

function words(piece: Piece): string {
  return piece.kind === 'table' ? '' : lineOf(piece.runs);
}

function last(found: ReadonlyMap<number, string>): number {
  return [...found.keys()].reduce((most, key) => Math.max(most, key + 1), 0);
}

/** The cached points of a reference, by index; several levels of categories are joined. */
function points(reference: XmlElement | undefined): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  if (reference === undefined) return found;
  const levels = descendants(reference, 'lvl');
  for (const level of levels.length > 0 ? levels.reverse() : [reference])
    for (const point of descendants(level, 'pt')) {
      const index = Number(point.attributes.idx);
      const value = textOf(elementsOf(point, 'v')[0]).trim();
      if (!Number.isInteger(index) || index < 0 || index >= MAX_POINTS || value === '') continue;
      const before = found.get(index);
      found.set(index, before === undefined ? shortened(value) : `${before} ${value}`);
    }
  return found;
}

/** A number as a person would write it: caches keep all digits of the machine's. */
function shortened(value: string): string {
  if (!/^-?\d*\.\d{7,}(?:E[+-]?\d+)?$/i.test(value)) return value;
  return String(Number(Number(value).toPrecision(12)));
}
