/** Reads tokens of Rich Text into stories, keeping the state of each group. */
import type { Aside } from '../prose/aside.ts';
import { BODY, wordsIn } from '../prose/manuscript.ts';
import type { Note, Prose, ProseStyle } from '../prose/manuscript.ts';
import { headingOf } from '../prose/style-names.ts';
import { safeAddress } from '../markup.ts';
import { linkMark } from '../writer.ts';
import type { Mark } from '../writer.ts';
import { decodePage } from '../prose/code-pages.ts';
import { destinationOf } from './destinations.ts';
import type { Destination } from './destinations.ts';
import { Head } from './head.ts';
import { SIGNS, SYMBOLS } from './signs.ts';
import { Story } from '../prose/story.ts';
import type { Token } from './tokens.ts';

/** Groups nested deeper than this no program writes. */
const MAX_GROUPS = 10_000;

interface Group {
  destination: Destination;
  /** Set at the group that began a story or words of its own. */
  begins: boolean;
  font: number;
  /** Characters after `\u` that repeat it for old programs. */
  fallback: number;
  bold: boolean;
  italic: boolean;
  hidden: boolean;
  deleted: boolean;
  link: Mark | null;
}

/** What `\pard` resets. */
interface ParagraphState {
  style: number;
  outline: number | null;
  list: boolean;
  level: number;
  inTable: boolean;
  depth: number;
}

const PLAIN: ParagraphState = { style: 0, outline: null, list: false, level: 0, inTable: false, depth: 1 };

export class Interpreter {
  readonly body = new Story();
  readonly footnotes: Note[] = [];
  title = '';
  author = '';
  readonly #head = new Head();
  readonly #groups: Group[] = [];
  readonly #stories: Story[] = [this.body];
  readonly #paragraphs: ParagraphState[] = [{ ...PLAIN }];
  readonly #words: string[] = [];
  readonly #dates = { created: [0, 0, 0], changed: [0, 0, 0] };
  #group: Group = {
    destination: 'text',
    begins: false,
    font: 0,
    fallback: 1,
    bold: false,
    italic: false,
    hidden: false,
    deleted: false,
    link: null,
  };
  #bytes: number[] = [];
  #skip = 0;
  #starred = false;
  /** True until something other than a group's first control word has come. */
  #atHead = false;
  #headerRow = false;
  #bullet = '';
  #commenter = '';
  #marks: readonly Mark[] = [];

  constructor(private readonly aside: Aside) {}

  /** True when the group that holds the whole document has been closed. */
  get isWhole(): boolean {
    return this.#groups.length === 0;
  }

  /** ISO 8601 or ''. */
  get date(): string {
    const [year = 0, month = 0, day = 0] = this.#dates.changed[0] ? this.#dates.changed : this.#dates.created;
    if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return '';
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  }

  take(token: Token): void {
    if (token.kind === 'byte') {
      this.#byte(token.byte);
      return;
    }
    if (token.kind === 'open') this.#open();
    else if (token.kind === 'close') this.#close();
    else if (token.kind === 'symbol') this.#symbol(token.sign);
    else this.#word(token.name, token.value);
  }

  finish(): readonly Prose[] {
    this.#flush();
    while (this.#groups.length > 0) this.#close();
    return this.body.finish(this.#style(), this.#depth());
  }

  get #story(): Story {
    return this.#stories.at(-1)!;
  }

  get #paragraph(): ParagraphState {
    return this.#paragraphs.at(-1)!;
  }

  #open(): void {
    this.#flush();
    if (this.#groups.length >= MAX_GROUPS) throw new RangeError('groups nested too deeply');
    this.#groups.push(this.#group);
    this.#group = { ...this.#group, begins: false };
    this.#atHead = true;
    this.#starred = false;
    this.#skip = 0;
  }

  #close(): void {
    this.#flush();
    this.#skip = 0;
    const { begins, destination } = this.#group;
    const around = this.#groups.pop();
    if (around === undefined) return;
    if (destination === 'styles' && around.destination === 'styles')
      this.#head.styleName(this.#words.splice(0).join(''));
    if (begins) this.#end(destination, around);
    this.#group = around;
    this.#marks = marksOf(around);
    this.#atHead = false;
  }

  /** A destination begins with this group. */
  #begin(destination: Destination): void {
    this.#group.destination = destination;
    this.#group.begins = true;
    if (destination === 'footnote') this.#story.add(`[${this.footnotes.length + 1}]`, []);
    if (isStory(destination)) {
      this.#stories.push(new Story());
      this.#paragraphs.push({ ...PLAIN });
    } else if (destination !== 'skip') this.#words.length = 0;
  }

  #end(destination: Destination, around: Group): void {
    if (isStory(destination)) {
      const pieces = this.#story.finish(this.#style(), this.#depth());
      this.#stories.pop();
      this.#paragraphs.pop();
      if (destination === 'footnote') this.footnotes.push({ mark: `${this.footnotes.length + 1}`, content: pieces });
      else if (destination === 'box') this.#story.box(pieces);
      else if (destination === 'margin') this.aside.margin(wordsIn(pieces));
      else {
        this.aside.comment([this.#commenter, wordsIn(pieces)].filter((words) => words !== '').join(': '));
        this.#commenter = '';
      }
      return;
    }
    const words = this.#words.splice(0).join('');
    if (destination === 'title') this.title = words;
    else if (destination === 'author') this.author = words.trim();
    else if (destination === 'commenter') this.#commenter = words.trim();
    else if (destination === 'bullet') this.#bullet = words.trim() || '•';
    else if (destination === 'field') {
      const address = safeAddress(/HYPERLINK\s+"([^"]*)"/i.exec(words)?.[1] ?? '');
      around.link = address === null || /["<>\s]/.test(address) ? around.link : linkMark(address);
    }
  }

  #byte(byte: number): void {
    this.#atHead = false;
    if (this.#skip > 0) {
      this.#skip--;
      return;
    }
    if (this.#group.destination !== 'skip') this.#bytes.push(byte);
  }

  #symbol(sign: string): void {
    this.#flush();
    if (sign === '*') {
      this.#starred = this.#atHead;
      return;
    }
    this.#atHead = false;
    if (sign === '\n' || sign === '\r') this.#endParagraph();
    else {
      const text = SYMBOLS[sign];
      if (text === undefined) return;
      if (this.#skip > 0) this.#skip--;
      else this.#text(text);
    }
  }

  #word(name: string, value: number | null): void {
    this.#flush();
    if (this.#skip > 0 && SIGNS[name] !== undefined) {
      this.#skip--;
      return;
    }
    const isFirst = this.#atHead;
    this.#atHead = false;
    if (this.#group.destination === 'skip') {
      if (name === 'ud' && isFirst) this.#group.destination = 'text';
      return;
    }
    if (isFirst && this.#opened(name)) return;
    switch (this.#group.destination) {
      case 'fonts':
        this.#head.word(name, value, 'fonts');
        return;
      case 'styles':
        if (name === 'u') this.#unicode(value);
        else this.#head.word(name, value, 'styles');
        return;
      case 'created':
      case 'changed': {
        const at = ['yr', 'mo', 'dy'].indexOf(name);
        if (at >= 0) this.#dates[this.#group.destination][at] = value ?? 0;
        return;
      }
      default:
        if (!this.#characters(name, value) && !this.#layout(name, value)) this.#head.word(name, value, null);
    }
  }

  /** Whether the first word of a group makes something else of it. */
  #opened(name: string): boolean {
    const starred = this.#starred;
    this.#starred = false;
    if (name === 'pict') this.aside.pictures++;
    if (name === 'object') this.aside.embedded++;
    if (name === 'upr') {
      // The group after it says the same in Unicode.
      this.#group.destination = 'skip';
      return true;
    }
    const destination = destinationOf(name, starred, this.#group.destination === 'info');
    if (destination === null) return false;
    this.#begin(destination);
    return true;
  }

  /** Words on characters. */
  #characters(name: string, value: number | null): boolean {
    const group = this.#group;
    const isOn = value !== 0;
    switch (name) {
      case 'u':
        this.#unicode(value);
        return true;
      case 'uc':
        group.fallback = Math.max(0, value ?? 1);
        return true;
      case 'f':
        group.font = value ?? 0;
        return true;
      case 'plain':
        Object.assign(group, {
          bold: false,
          italic: false,
          hidden: false,
          deleted: false,
          font: this.#head.defaultFont,
        });
        break;
      case 'b':
        group.bold = isOn;
        break;
      case 'i':
        group.italic = isOn;
        break;
      case 'v':
        group.hidden = isOn;
        break;
      case 'deleted':
        group.deleted = isOn;
        break;
      default: {
        const sign = SIGNS[name];
        if (sign === undefined) return false;
        this.#text(sign);
        return true;
      }
    }
    return true;
  }

  /** Words on paragraphs and tables. */
  #layout(name: string, value: number | null): boolean {
    // The number of a list item may reset the paragraph it stands in.
    if (!isStory(this.#group.destination) && this.#group.destination !== 'text') return false;
    const paragraph = this.#paragraph;
    switch (name) {
      case 'par':
      case 'sect':
        this.#endParagraph();
        return true;
      case 'page':
      case 'column':
        if (this.#story.hasRuns) this.#endParagraph();
        return true;
      case 'pard':
        Object.assign(paragraph, PLAIN);
        return true;
      case 's':
        paragraph.style = value ?? 0;
        return true;
      case 'outlinelevel':
        paragraph.outline = value;
        return true;
      case 'ls':
        paragraph.list = (value ?? 0) > 0;
        return true;
      case 'ilvl':
        paragraph.level = Math.max(0, value ?? 0);
        return true;
      case 'intbl':
        paragraph.inTable = value !== 0;
        return true;
      case 'itap':
        paragraph.depth = Math.max(0, value ?? 0);
        paragraph.inTable = paragraph.depth > 0;
        return true;
      case 'trowd':
        this.#headerRow = false;
        return true;
      case 'trhdr':
        this.#headerRow = true;
        return true;
      case 'cell':
        this.#story.cell(this.#style(), 1);
        this.#bullet = '';
        return true;
      case 'nestcell':
        this.#story.cell(this.#style(), Math.max(2, this.#depth()));
        this.#bullet = '';
        return true;
      case 'row':
        this.#story.row(1, this.#headerRow);
        return true;
      case 'nestrow':
        this.#story.row(Math.max(2, this.#depth()), this.#headerRow);
        return true;
      default:
        return false;
    }
  }

  #unicode(value: number | null): void {
    if (value !== null) this.#text(String.fromCharCode(value & 0xffff));
    this.#skip = this.#group.fallback;
  }

  #endParagraph(): void {
    if (this.#group.destination === 'skip') return;
    this.#story.paragraph(this.#style(), this.#depth());
    this.#bullet = '';
  }

  #depth(): number {
    return this.#paragraph.inTable ? this.#paragraph.depth : 0;
  }

  #style(): ProseStyle {
    const { style, outline, list, level } = this.#paragraph;
    const own = outline !== null && outline <= 8 ? headingOf(outline + 1) : this.#head.style(style);
    if (own?.kind === 'heading') return own;
    if (this.#bullet !== '' || list) {
      const counts = /^[([]?(?:\d+|[a-z]|[ivxlc]+)(?:\.\d+)*[.)\]]/i.test(this.#bullet);
      return { kind: 'item', list: counts ? 'ol' : 'ul', level };
    }
    return own ?? BODY;
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    this.#text(decodePage(bytes, this.#head.pageOf(this.#group.font)));
  }

  #text(text: string): void {
    const { destination, hidden, deleted } = this.#group;
    if (isStory(destination) || destination === 'text') {
      if (deleted) this.aside.deleted(text);
      else if (hidden) this.aside.hidden(text);
      else {
        const marks = marksOf(this.#group);
        if (!same(marks, this.#marks)) this.#marks = marks;
        this.#story.add(text, this.#marks);
      }
    } else if (destination !== 'skip' && destination !== 'fonts' && destination !== 'info') this.#words.push(text);
  }
}

function isStory(destination: Destination): boolean {
  return destination === 'footnote' || destination === 'margin' || destination === 'comment' || destination === 'box';
}

function marksOf({ bold, italic, link }: Group): Mark[] {
  const marks: Mark[] = link === null ? [] : [link];
  if (bold) marks.push('<strong>');
  if (italic) marks.push('<em>');
  return marks;
}

function same(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a.length === b.length && a.every((mark, i) => mark === b[i]);
}
