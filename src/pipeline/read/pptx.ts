/** PowerPoint presentations (.pptx): slides in the order they are shown, with tables, charts, diagrams and notes. */
import { ReadError } from '../document.ts';
import type { InnerFile, Omitted } from '../document.ts';
import { pictureNotes } from './markup.ts';
import { noBullets, paragraphsOf } from './office/drawing.ts';
import { embeddedFile } from './office/embedded.ts';
import { Package } from './office/package.ts';
import { coreProperties } from './office/properties.ts';
import { relationOf, relationsOf } from './office/relations.ts';
import type { Relation } from './office/relations.ts';
import { descendants, elementsOf, find, prefixed, textOf } from './office/xml.ts';
import type { XmlElement } from './office/xml.ts';
import { nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import type { Deck, Piece, Slide } from './slides/deck.ts';
import { isFooter, placeholderOf } from './slides/layout.ts';
import type { Layout } from './slides/layout.ts';
import { MasterTexts, masterNotes } from './slides/master-texts.ts';
import { shapesOf } from './slides/shapes.ts';
import { emptyAside, piecesOf } from './slides/slide-reader.ts';
import type { Aside } from './slides/slide-reader.ts';
import { writeDeck } from './slides/write-deck.ts';

/** Reads a .pptx. @throws ReadError damaged, too-large, no-text */
export function readPptx({ path, bytes }: ReadInput): Content {
  const name = nameOf(path);
  const archive = new Package(name, bytes);
  return writeDeck(path, new Presentation(name, archive).read());
}

/** A layout with its master, and what both show on their slides. */
interface Background {
  readonly layout: Layout;
  readonly shown: readonly Piece[];
}

class Presentation {
  readonly #aside = emptyAside();
  readonly #backgrounds = new Map<string, Background>();
  readonly #comments: string[] = [];
  readonly #masterTexts = new MasterTexts();
  readonly #inner = new Map<string, InnerFile>();
  readonly #damaged: number[] = [];
  readonly #embedded = new Set<string>();
  #authors: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly name: string,
    private readonly archive: Package,
  ) {}

  read(): Deck {
    const own = this.#slidePaths().map((path, i) => this.#slide(path, i + 1));
    if (this.#damaged.length === own.length) throw this.#broken();
    const { slides, repeated } = this.#masterTexts.settle(own);
    return {
      ...coreProperties(this.archive),
      slides,
      damaged: this.#damaged,
      notes: this.#notes(repeated),
      omitted: this.#omitted(repeated),
      inner: [...this.#inner.values()],
    };
  }

  /** In the order of the presentation; that of the files' numbers where its list is lost. */
  #slidePaths(): string[] {
    let listed: string[] = [];
    try {
      const relations = relationsOf(this.archive, 'ppt/presentation.xml');
      this.#authors = this.#readAuthors(relations);
      const root = this.archive.xml('ppt/presentation.xml');
      listed = (root === null ? [] : descendants(root, 'sldId')).flatMap((slide) => {
        const relation = relations.get(prefixed(slide, 'id') ?? '');
        return relation === undefined || relation.external ? [] : [relation.target];
      });
    } catch (error) {
      if (error instanceof ReadError) throw error;
    }
    if (listed.length > 0) return [...new Set(listed)];
    const number = (path: string): number => Number(/(\d+)\.xml$/.exec(path)?.[1] ?? 0);
    const found = this.archive.paths.filter((path) => /^ppt\/slides\/[^/]+\.xml$/i.test(path));
    if (found.length === 0) throw this.#broken();
    return found.sort((a, b) => number(a) - number(b));
  }

  #slide(path: string, number: number): Slide {
    try {
      const root = this.archive.xml(path);
      const slide = root === null ? undefined : find(root, 'sld');
      const tree = find(slide, 'cSld', 'spTree');
      if (slide === undefined || tree === undefined) throw new Error('no slide');
      const relations = relationsOf(this.archive, path);
      const { layout, shown } = this.#background(relationOf(relations, 'slideLayout'));
      const aside = emptyAside();
      const pieces = piecesOf(tree, { archive: this.archive, relations, layout, aside });
      this.#keep(aside, relations, number);
      if (showsMaster(slide)) this.#masterTexts.add(shown, number);
      return {
        number,
        hidden: /^(?:0|false)$/.test(slide.attributes.show ?? ''),
        pieces: [...pieces, ...this.#speakerNotes(relationOf(relations, 'notesSlide'))],
      };
    } catch (error) {
      if (error instanceof ReadError) throw error;
      this.#damaged.push(number);
      return { number, hidden: false, pieces: [] };
    }
  }

  #background(relation: Relation | undefined): Background {
    const path = relation?.target ?? '';
    const known = this.#backgrounds.get(path);
    if (known !== undefined) return known;
    const background = this.#readBackground(path);
    this.#backgrounds.set(path, background);
    return background;
  }

  #readBackground(path: string): Background {
    const trees: XmlElement[] = [];
    const shown: Piece[] = [];
    let styles: XmlElement | undefined;
    try {
      const relations = relationsOf(this.archive, path);
      const own = this.archive.xml(path);
      const masterPath = relationOf(relations, 'slideMaster')?.target ?? '';
      const master = this.archive.xml(masterPath);
      styles = master === null ? undefined : descendants(master, 'txStyles')[0];
      for (const [root, place] of [[own, path] as const, [master, masterPath] as const]) {
        const tree = root === null ? undefined : descendants(root, 'spTree')[0];
        if (tree === undefined) continue;
        trees.push(tree);
        if (root === own || own === null || showsMaster(elementsOf(own)[0]))
          shown.push(...this.#shownBy(tree, relationsOf(this.archive, place)));
      }
    } catch (error) {
      if (error instanceof ReadError) throw error;
      // The words stand in the slide itself; only places and bullets come from here.
    }
    return { layout: { trees, styles }, shown };
  }

  /** What a layout or master shows on its slides: placeholders hold only prompts. Its pictures are decoration. */
  #shownBy(tree: XmlElement, relations: ReadonlyMap<string, Relation>): Piece[] {
    const children = tree.children.filter((child) => typeof child === 'string' || placeholderOf(child) === null);
    const drawing = { archive: this.archive, relations, layout: { trees: [], styles: undefined }, aside: emptyAside() };
    return piecesOf({ ...tree, children }, drawing);
  }

  #speakerNotes(relation: Relation | undefined): Piece[] {
    if (relation === undefined) return [];
    try {
      const root = this.archive.xml(relation.target);
      const tree = root === null ? undefined : descendants(root, 'spTree')[0];
      const relations = relationsOf(this.archive, relation.target);
      return (tree === undefined ? [] : shapesOf(tree))
        .filter((shape) => !isFooter(placeholderOf(shape)))
        .flatMap((shape) => paragraphsOf(find(shape, 'txBody'), relations, noBullets))
        .flatMap((piece): Piece[] => (piece.kind === 'table' ? [] : [{ kind: 'note', runs: piece.runs }]));
    } catch (error) {
      if (error instanceof ReadError) throw error;
      this.#aside.damaged++;
      return [];
    }
  }

  #keep(aside: Aside, relations: ReadonlyMap<string, Relation>, number: number): void {
    this.#aside.pictures += aside.pictures;
    this.#aside.damaged += aside.damaged;
    this.#aside.footers.push(...aside.footers);
    this.#aside.descriptions.push(...aside.descriptions);
    this.#aside.hiddenShapes.push(...aside.hiddenShapes);
    for (const id of aside.embedded) this.#keepEmbedded(relations.get(id), number);
    for (const relation of relations.values())
      if (relation.type === 'comments' && !relation.external) this.#keepComments(relation.target, number);
  }

  /** Embedded documents become documents of their own; linked ones and objects of other programs are only counted. */
  #keepEmbedded(relation: Relation | undefined, number: number): void {
    const target = relation?.target ?? '';
    if (this.#inner.has(target)) return;
    const bytes = relation === undefined || relation.external ? null : this.archive.bytes(target);
    const file = bytes === null ? null : embeddedFile(nameOf(target), bytes);
    if (file === null) this.#embedded.add(target);
    else this.#inner.set(target, { ...file, path: `slide ${number}/${file.path}` });
  }

  #keepComments(path: string, number: number): void {
    try {
      const root = this.archive.xml(path);
      for (const comment of root === null ? [] : descendants(root, 'cmLst').flatMap((list) => elementsOf(list, 'cm'))) {
        const author = this.#authors.get(comment.attributes.authorId ?? '') ?? '';
        const bodies = [comment, ...descendants(comment, 'reply')].map(commentText);
        for (const text of bodies.filter((body) => body !== ''))
          this.#comments.push(`Slide ${number}: ${author === '' ? '' : `${author}: `}${text}`);
      }
    } catch (error) {
      if (error instanceof ReadError) throw error;
      this.#aside.damaged++;
    }
  }

  #readAuthors(relations: ReadonlyMap<string, Relation>): ReadonlyMap<string, string> {
    const authors = new Map<string, string>();
    for (const type of ['commentAuthors', 'authors']) {
      const root = this.archive.xml(relationOf(relations, type)?.target ?? '');
      for (const { attributes } of root === null ? [] : elementsOf(elementsOf(root)[0] ?? root))
        authors.set(attributes.id ?? '', attributes.name ?? '');
    }
    return authors;
  }

  #notes(repeated: readonly string[]): string[] {
    const notes = [...pictureNotes(this.#aside.pictures)];
    const tell = (count: number, one: string, many: string): void => {
      if (count > 0) notes.push(count === 1 ? one : `${count} ${many}`);
    };
    tell(
      this.#aside.damaged,
      'One damaged chart, diagram or note was left out.',
      'damaged charts, diagrams or notes were left out.',
    );
    if (this.#aside.footers.length > 0) notes.push('Dates, footers and slide numbers were left out.');
    notes.push(...masterNotes(repeated));
    tell(this.#comments.length, 'One comment was left out.', 'comments were left out.');
    tell(this.#aside.hiddenShapes.length, 'One hidden text was left out.', 'hidden texts were left out.');
    tell(this.#embedded.size, 'One embedded object was left out.', 'embedded objects were left out.');
    return notes;
  }

  #omitted(repeated: readonly string[]): Omitted[] {
    const all: readonly (readonly [string, readonly string[]])[] = [
      ['dates, footers and slide numbers', [...new Set(this.#aside.footers)]],
      ['text of the slide master', repeated],
      ['comments', this.#comments],
      ['descriptions of pictures', this.#aside.descriptions],
      ['hidden texts', this.#aside.hiddenShapes],
    ];
    return all.flatMap(([what, texts]) => (texts.length === 0 ? [] : [{ what, text: texts.join('\n') }]));
  }

  #broken(): ReadError {
    return new ReadError(
      'damaged',
      `“${this.name}” is a presentation, but its slides are missing or broken, so it was not read. Open it in PowerPoint or LibreOffice, save it again and add that.`,
    );
  }
}

/** A slide may hide what its layout and master show, and a layout what its master shows. */
function showsMaster(slide: XmlElement | undefined): boolean {
  return !/^(?:0|false)$/.test(slide?.attributes.showMasterSp ?? '');
}

/** An old comment's text, or a new one's paragraphs without those of its replies. */
function commentText(comment: XmlElement): string {
  const body = find(comment, 'txBody');
  const text = body === undefined ? textOf(find(comment, 'text')) : descendants(body, 'p').map(textOf).join(' ');
  return text.replace(/\s+/g, ' ').trim();
}
