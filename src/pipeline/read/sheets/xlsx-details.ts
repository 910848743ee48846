/** What SheetJS does not tell of an .xlsx: text boxes, titles of charts, diagrams, pictures and embedded files. */
import { embeddedFiles } from '../office/embedded.ts';
import type { Package } from '../office/package.ts';
import { relationsOf } from '../office/relations.ts';
import { descendants, elementsOf, prefixed } from '../office/xml.ts';
import { wordsOf } from '../slides/deck.ts';
import { emptyAside, piecesOf } from '../slides/slide-reader.ts';
import type { Aside } from '../slides/slide-reader.ts';
import type { BesideCells } from './beside-cells.ts';

/** `margins` are the lines above and below its pages. */
export function xlsxDetails(archive: Package, margins: readonly string[]): BesideCells {
  const aside = emptyAside();
  const drawn = new Map<string, string[]>();
  for (const { name, path } of sheetPaths(archive)) {
    const words = drawnOn(archive, path, aside);
    if (words.length > 0) drawn.set(name, words);
  }
  const embedded = embeddedFiles(archive, 'xl');
  return {
    drawn,
    margins,
    hidden: aside.hiddenShapes,
    descriptions: aside.descriptions,
    pictures: aside.pictures,
    damaged: aside.damaged,
    inner: embedded.files,
    embedded: embedded.others,
  };
}

/** Names of the sheets, and where in the package they lie. */
export function sheetPaths(archive: Package): readonly { readonly name: string; readonly path: string }[] {
  try {
    const workbook = archive.xml('xl/workbook.xml');
    const relations = relationsOf(archive, 'xl/workbook.xml');
    return (workbook === null ? [] : descendants(workbook, 'sheet')).flatMap((sheet) => {
      const relation = relations.get(prefixed(sheet, 'id') ?? '');
      const { name = '' } = sheet.attributes;
      return relation === undefined || relation.external ? [] : [{ name, path: relation.target }];
    });
  } catch {
    // A binary workbook, or one whose cells are read though its list is broken.
    return [];
  }
}

/** Tables are not taken: those of charts stand in cells. */
function drawnOn(archive: Package, path: string, aside: Aside): string[] {
  try {
    const drawings = [...relationsOf(archive, path).values()].filter(
      ({ type, external }) => type === 'drawing' && !external,
    );
    return drawings.flatMap(({ target }) => {
      const root = archive.xml(target);
      const relations = relationsOf(archive, target);
      const drawing = { archive, relations, layout: { trees: [], styles: undefined }, aside };
      return (root === null ? [] : elementsOf(elementsOf(root)[0] ?? root))
        .flatMap((anchor) => piecesOf(anchor, drawing))
        .filter((piece) => piece.kind !== 'table')
        .map(wordsOf);
    });
  } catch {
    aside.damaged++;
    return [];
  }
}
