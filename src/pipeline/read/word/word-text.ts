/** Text of an old Word file: characters with their properties, made into paragraphs, cells and rows. */
import { safeAddress } from '../markup.ts';
import type { Aside } from '../prose/aside.ts';
import { BODY } from '../prose/manuscript.ts';
import type { Prose, ProseStyle } from '../prose/manuscript.ts';
import { Story } from '../prose/story.ts';
import { linkMark } from '../writer.ts';
import type { Mark } from '../writer.ts';
import { textOfPiece } from './pieces.ts';
import type { Piece } from './pieces.ts';
import type { Modifier } from './properties.ts';
import type { PropertyRuns } from './runs.ts';
import type { CountsAt, WordStyles } from './styles.ts';

export interface WordSource {
  readonly stream: Uint8Array;
  readonly pieces: readonly Piece[];
  readonly paragraphs: PropertyRuns;
  readonly characters: PropertyRuns;
  readonly styles: WordStyles;
  readonly counts: CountsAt;
  /** What stands at a position in place of a note's sign: `[1]`. */
  readonly marks: ReadonlyMap<number, string>;
}

/** A field under way: its instruction comes first, what it shows after it. */
interface Field {
  instruction: string;
  isShown: boolean;
  link: Mark | null;
}

/** The characters that Word gives a meaning of its own. */
const SIGN = {
  picture: 0x01,
  noteSign: 0x02,
  cell: 0x07,
  drawing: 0x08,
  lineBreak: 0x0b,
  pageBreak: 0x0c,
  paragraph: 0x0d,
  fieldBegin: 0x13,
  fieldMiddle: 0x14,
  fieldEnd: 0x15,
  hyphen: 0x1e,
  softHyphen: 0x1f,
} as const;
const MAX_FIELDS = 100;

/** The text from one position to another, in order. */
export function readStory(source: WordSource, from: number, to: number, aside: Aside): readonly Prose[] {
  return new StoryReader(source, aside).read(from, to);
}

class StoryReader {
  readonly #story = new Story();
  readonly #fields: Field[] = [];
  #marks: readonly Mark[] = [];
  #key = '';
  #text = '';

  constructor(
    private readonly source: WordSource,
    private readonly aside: Aside,
  ) {}

  read(from: number, to: number): readonly Prose[] {
    for (const piece of this.source.pieces) {
      if (piece.to <= from || piece.from >= to) continue;
      const text = textOfPiece(this.source.stream, piece);
      const last = Math.min(to - piece.from, text.length);
      for (let i = Math.max(0, from - piece.from); i < last; i++)
        this.#character(text.charCodeAt(i), piece.from + i, piece.offset + i * piece.width);
    }
    this.#flush();
    return this.#story.finish(BODY, 0);
  }

  #character(code: number, position: number, offset: number): void {
    const mark = this.source.marks.get(position);
    if (mark !== undefined) this.#add(mark);
    if (code === SIGN.paragraph || code === SIGN.cell || code === SIGN.pageBreak) {
      this.#end(code, offset);
      return;
    }
    const { properties } = this.source.characters.at(offset);
    if (code === SIGN.fieldBegin) this.#beginField();
    else if (code === SIGN.fieldMiddle) this.#showField();
    else if (code === SIGN.fieldEnd) this.#endField();
    else if (properties.get('special') === 1) {
      if (code === SIGN.picture && this.#isShown()) this.aside.pictures++;
    } else this.#letter(code, properties);
  }

  #letter(code: number, properties: ReadonlyMap<Modifier, number>): void {
    const field = this.#fields.at(-1);
    if (field !== undefined && !field.isShown) {
      field.instruction += String.fromCharCode(code);
      return;
    }
    if (!this.#isShown()) return;
    const text = textOfSign(code);
    const deleted = properties.get('deleted') === 1;
    if (deleted || properties.get('hidden') === 1) {
      this.#style(deleted ? 'deleted' : 'hidden', []);
      this.#text += text;
      return;
    }
    const bold = properties.get('bold') === 1;
    const italic = properties.get('italic') === 1;
    const link = this.#fields.find((open) => open.link !== null)?.link ?? null;
    this.#style(`${bold ? 'b' : ''}${italic ? 'i' : ''}${link ?? ''}`, [
      ...(link === null ? [] : [link]),
      ...(bold ? ['<strong>'] : []),
      ...(italic ? ['<em>'] : []),
    ]);
    this.#text += text;
  }

  #add(text: string): void {
    this.#style('', []);
    this.#text += text;
  }

  /** Text in another style than the letters before it ends their run. */
  #style(key: string, marks: readonly Mark[]): void {
    if (key === this.#key) return;
    this.#flush();
    this.#key = key;
    this.#marks = marks;
  }

  #flush(): void {
    if (this.#text === '') return;
    if (this.#key === 'deleted') this.aside.deleted(this.#text);
    else if (this.#key === 'hidden') this.aside.hidden(this.#text);
    else this.#story.add(this.#text, this.#marks);
    this.#text = '';
  }

  #end(code: number, offset: number): void {
    this.#flush();
    const run = this.source.paragraphs.at(offset);
    const style = this.source.styles.of(run.style);
    const value = (name: Modifier): number => run.properties.get(name) ?? style.properties.get(name) ?? 0;
    const depth = value('inTable') === 1 ? Math.max(1, value('depth')) : Math.max(0, value('depth'));
    const means = this.#means(style.means, value, run.properties.get('outline'));
    if (value('endsRow') === 1 || value('innerRow') === 1) this.#story.row(depth, value('headerRow') === 1);
    else if (code === SIGN.cell || value('innerCell') === 1) this.#story.cell(means, code === SIGN.cell ? 1 : depth);
    // A page break may stand inside a paragraph.
    else this.#story.paragraph(means, depth);
  }

  #means(style: ProseStyle | null, value: (name: Modifier) => number, outline: number | undefined): ProseStyle {
    if (outline !== undefined && outline >= 0 && outline <= 8)
      return { kind: 'heading', level: Math.min(outline + 1, 6) };
    if (style?.kind === 'heading') return style;
    const list = value('list');
    if (list <= 0) return style ?? BODY;
    const level = Math.max(0, value('listLevel'));
    return { kind: 'item', list: this.source.counts(list, level) ? 'ol' : 'ul', level };
  }

  #isShown(): boolean {
    return this.#fields.every(({ isShown }) => isShown);
  }

  #beginField(): void {
    this.#flush();
    if (this.#fields.length < MAX_FIELDS) this.#fields.push({ instruction: '', isShown: false, link: null });
  }

  #showField(): void {
    const field = this.#fields.at(-1);
    if (field === undefined) return;
    field.isShown = true;
    const address = safeAddress(/HYPERLINK\s+"([^"]*)"/i.exec(field.instruction)?.[1] ?? '');
    if (address !== null && !/["<>\s]/.test(address)) field.link = linkMark(address);
  }

  #endField(): void {
    this.#flush();
    this.#fields.pop();
  }
}

function textOfSign(code: number): string {
  if (code === SIGN.lineBreak) return '\n';
  if (code === SIGN.hyphen) return '\u2011';
  if (code === SIGN.softHyphen || code === SIGN.drawing || code === SIGN.noteSign) return '';
  return code < 0x20 && code !== 0x09 ? '' : String.fromCharCode(code);
}
