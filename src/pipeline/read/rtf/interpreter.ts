/** Reads tokens of Rich Text into stories, keeping the state of each group. */
import type { Aside } from '../prose/aside.ts';
import { wordsIn } from '../prose/manuscript.ts';
import type { Note, Prose, ProseStyle } from '../prose/manuscript.ts';
import type { Mark } from '../writer.ts';
import { decodePage } from '../prose/code-pages.ts';
import { Dates } from './dates.ts';
import { destinationOf, isStory } from './destinations.ts';
import type { Destination } from './destinations.ts';
import { OUTERMOST, linkOf, marksOf, sameMarks, setCharacters } from './group.ts';
import type { Group } from './group.ts';
import { Head } from './head.ts';
import { PLAIN, depthOf, setParagraph, styleOf } from './paragraph.ts';
import type { ParagraphState } from './paragraph.ts';
import { SIGNS, SYMBOLS } from './signs.ts';
import { Story } from '../prose/story.ts';
import type { Token } from './tokens.ts';

/** Groups nested deeper than this no program writes. */
const MAX_GROUPS = 10_000;

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
  readonly #dates = new Dates();
  #group: Group = { ...OUTERMOST };
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
    return this.#dates.latest;
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
    else if (destination === 'field') around.link = linkOf(words) ?? around.link;
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
      case 'changed':
        this.#dates.word(this.#group.destination, name, value);
        return;
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

  /** Words on characters, and signs that have a name. */
  #characters(name: string, value: number | null): boolean {
    if (name === 'u') this.#unicode(value);
    else if (setCharacters(this.#group, name, value, this.#head.defaultFont)) return true;
    else if (SIGNS[name] === undefined) return false;
    else this.#text(SIGNS[name]);
    return true;
  }

  /** Words on paragraphs and tables. */
  #layout(name: string, value: number | null): boolean {
    // The number of a list item may reset the paragraph it stands in.
    if (!isStory(this.#group.destination) && this.#group.destination !== 'text') return false;
    switch (name) {
      case 'par':
      case 'sect':
        this.#endParagraph();
        return true;
      case 'page':
      case 'column':
        if (this.#story.hasRuns) this.#endParagraph();
        return true;
      case 'trowd':
        this.#headerRow = false;
        return true;
      case 'trhdr':
        this.#headerRow = true;
        return true;
      case 'cell':
        this.#endCell(1);
        return true;
      case 'nestcell':
        this.#endCell(Math.max(2, this.#depth()));
        return true;
      case 'row':
        this.#story.row(1, this.#headerRow);
        return true;
      case 'nestrow':
        this.#story.row(Math.max(2, this.#depth()), this.#headerRow);
        return true;
      default:
        return setParagraph(this.#paragraph, name, value);
    }
  }

  #endCell(depth: number): void {
    this.#story.cell(this.#style(), depth);
    this.#bullet = '';
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
    return depthOf(this.#paragraph);
  }

  #style(): ProseStyle {
    return styleOf(this.#paragraph, this.#head, this.#bullet);
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
        if (!sameMarks(marks, this.#marks)) this.#marks = marks;
        this.#story.add(text, this.#marks);
      }
    } else if (destination !== 'skip' && destination !== 'fonts' && destination !== 'info') this.#words.push(text);
  }
}
