/** PowerPoint presentations (.pptx): slides in the order they are shown, with tables, charts, diagrams and notes. */
import { ReadError } from '../document.ts';
import type { InnerFile, Omitted } from '../document.ts';
import { pictureNotes } from './markup.ts';
import { noBullets, paragraphsOf } from './office/drawing.ts';
import { Package } from './office/package.ts';
import { coreProperties } from './office/properties.ts';
import { relationOf, relationsOf } from './office/relations.ts';
import type { Relation } from './office/relations.ts';
import { descendants, elementsOf, find, prefixed, textOf } from './office/xml.ts';
import type { XmlElement } from './office/xml.ts';
import { nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import { plain, wordsOf } from './slides/deck.ts';
import type { Deck, Piece, Slide } from './slides/deck.ts';
import { isFooter, placeholderOf } from './slides/layout.ts';
import type { Layout } from './slides/layout.ts';
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

class Presentation {
  readonly #aside = emptyAside();
  readonly #layouts = new Map<string, Layout>();
  readonly #comments: string[] = [];
  readonly #masterTexts = new Set<string>();
  readonly #inner = new Map<string, InnerFile>();
  readonly #damaged: number[] = [];
  #embedded = 0;
  #authors: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly name: string,
    private readonly archive: Package,
  ) {}

  read(): Deck {
    const slides = this.#slidePaths().map((path, i) => this.#slide(path, i + 1));
    if (this.#damaged.length === slides.length) throw this.#broken();
    const hasText = slides.some(({ pieces }) => pieces.length > 0);
    return {
      ...coreProperties(this.archive),
      slides: hasText ? slides : slides.map((slide, i) => (i === 0 ? this.#withMasterTexts(slide) : slide)),
      damaged: this.#damaged,
      notes: this.#notes(),
      omitted: this.#omitted(),
      inner: [...this.#inner.values()],
    };
  }

  /** Where no slide has words of its own those of the master are all there is to read. */
  #withMasterTexts(slide: Slide): Slide {
    const texts = [...this.#masterTexts];
    this.#masterTexts.clear();
    return { ...slide, pieces: texts.map((text) => ({ kind: 'paragraph', runs: plain(text) })) };
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
      const layout = this.#layoutOf(relationOf(relations, 'slideLayout'));
      const aside = emptyAside();
      const pieces = piecesOf(tree, { archive: this.archive, relations, layout, aside });
      this.#keep(aside, relations, number);
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

  #layoutOf(relation: Relation | undefined): Layout {
    const path = relation?.target ?? '';
    const known = this.#layouts.get(path);
    if (known !== undefined) return known;
    const layout = this.#readLayout(path);
    this.#layouts.set(path, layout);
    return layout;
  }

  #readLayout(path: string): Layout {
    const trees: XmlElement[] = [];
    try {
      const own = this.archive.xml(path);
      const masterPath = relationOf(relationsOf(this.archive, path), 'slideMaster')?.target ?? '';
      const master = this.archive.xml(masterPath);
      for (const root of [own, master]) {
        const tree = root === null ? undefined : descendants(root, 'spTree')[0];
        if (tree === undefined) continue;
        trees.push(tree);
        this.#keepMasterText(tree);
      }
      return { trees, styles: master === null ? undefined : descendants(master, 'txStyles')[0] };
    } catch (error) {
      if (error instanceof ReadError) throw error;
      // The words stand in the slide itself; only places and bullets come from here.
      return { trees, styles: undefined };
    }
  }

  /** Words that a master shows on each of its slides; those of placeholders are only prompts. */
  #keepMasterText(tree: XmlElement): void {
    for (const shape of shapesOf(tree)) {
      if (placeholderOf(shape) !== null) continue;
      for (const body of [shape, ...descendants(shape, 'sp')].map((inner) => find(inner, 'txBody')))
        for (const piece of paragraphsOf(body, new Map(), noBullets)) this.#masterTexts.add(wordsOf(piece));
    }
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

  /** Embedded Office files become documents of their own; objects of other programs are only counted. */
  #keepEmbedded(relation: Relation | undefined, number: number): void {
    if (relation === undefined || relation.external || !this.archive.has(relation.target)) return;
    const file = relation.target.slice(relation.target.lastIndexOf('/') + 1);
    const bytes = /\.(?:docx|xlsx|pptx|docm|xlsm|pptm|xlsb|pdf|doc|xls|odt|ods|odp)$/i.test(file)
      ? this.archive.bytes(relation.target)
      : null;
    if (bytes === null) this.#embedded++;
    else if (!this.#inner.has(relation.target))
      this.#inner.set(relation.target, { path: `slide ${number}/${file}`, bytes });
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

  #notes(): string[] {
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
    if (this.#masterTexts.size > 0) notes.push('Text that the slide master repeats on its slides was left out.');
    tell(this.#comments.length, 'One comment was left out.', 'comments were left out.');
    tell(this.#aside.hiddenShapes.length, 'One hidden text was left out.', 'hidden texts were left out.');
    tell(this.#embedded, 'One embedded object was left out.', 'embedded objects were left out.');
    return notes;
  }

  #omitted(): Omitted[] {
    const all: readonly (readonly [string, readonly string[]])[] = [
      ['dates, footers and slide numbers', [...new Set(this.#aside.footers)]],
      ['text of the slide master', [...this.#masterTexts]],
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

/** An old comment's text, or a new one's paragraphs without those of its replies. */
function commentText(comment: XmlElement): string {
  const body = find(comment, 'txBody');
  const text = body === undefined ? textOf(find(comment, 'text')) : descendants(body, 'p').map(textOf).join(' ');
  return text.replace(/\s+/g, ' ').trim();
}
