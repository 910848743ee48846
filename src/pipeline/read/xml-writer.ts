/** The second pass over XML: writes its words as blocks, as far as the vocabularies and the survey tell. */
import { parseHTML } from 'linkedom';
import { walkHtml } from './html-walk.ts';
import type { Writer, BlockStyle, Container, Mark } from './writer.ts';
import type { Survey } from './xml-survey.ts';
import * as names from './xml-vocabulary.ts';

/** A value longer than this is a block of its own, not an entry of a record. */
const LONG_VALUE = 200;
/** Containers and marks deeper than this add nothing for a reader. */
const MAX_NESTING = 30;
/** Words of attributes are kept up to this many characters. */
const MAX_ATTRIBUTES = 500_000;

interface Open {
  /** Local, in lower case. */
  readonly name: string;
  /** As written. */
  label: string;
  readonly style: BlockStyle;
  readonly containers: readonly Container[];
  readonly marks: readonly Mark[];
  readonly role: 'inline' | 'block' | 'code' | 'cell' | 'unread' | 'html' | 'leaf';
  readonly gathered: boolean;
  readonly sections: number;
  readonly table: Table | null;
}

interface Table {
  readonly inside: readonly Container[];
  readonly head: readonly Container[];
  header: string;
  rows: number;
  cells: string[];
}

export class XmlWriter {
  readonly attributes: string[] = [];
  unread = 0;
  readonly #writer: Writer;
  readonly #survey: Survey;
  readonly #isData: boolean;
  readonly #stack: Open[] = [];
  #attributeLength = 0;
  #words = '';
  #inRecord = false;

  constructor(writer: Writer, survey: Survey) {
    this.#writer = writer;
    this.#survey = survey;
    this.#isData = survey.inline.size === 0;
  }

  open(fullName: string, attributes: Readonly<Record<string, string>>): void {
    this.#flush();
    const up = this.#stack.at(-1) ?? ROOT;
    const name = names.localName(fullName);
    const open = this.#opened(name, up);
    open.label = fullName;
    this.#stack.push(open);
    if (open.role === 'block' && !open.gathered) this.#end();
    if (open.gathered || open.role === 'cell') this.#writer.space();
    if (up.role !== 'unread') this.#keepAttributes(open, fullName, attributes);
  }

  text(words: string): void {
    this.#words += words;
  }

  close(): void {
    this.#flush();
    const open = this.#stack.pop();
    if (open === undefined) return;
    if (open.table !== null && names.ROWS.has(open.name)) this.#endRow(open.table);
    if (open.gathered || open.role === 'cell') this.#writer.space();
    const outermost = !(this.#stack.at(-1) ?? ROOT).gathered;
    if (open.role === 'block' && (!open.gathered || outermost)) this.#end();
  }

  /** Writes what stands after the last mark of a file that was cut. */
  finish(): void {
    this.#flush();
  }

  /** A new one each time; its label is that of the element around it. */
  #opened(name: string, up: Open): Open {
    if (up.role === 'unread' || names.UNREAD.has(name)) return { ...up, name, role: 'unread' };
    if (up.role === 'code' || up.role === 'html') return { ...up, name };
    if (up.role === 'cell') return { ...up, name, marks: withMark(up.marks, name) };
    const inProse = !this.#isData && !up.gathered;
    if (inProse && names.TABLES.has(name)) return { ...up, name, role: 'block', table: startTable(up.containers) };
    if (up.table !== null && names.ROWS.has(name)) {
      this.#end();
      this.#writer.row(up.table.header, up.table.rows === 0 ? up.table.head : up.table.inside);
      return { ...up, name, role: 'inline' };
    }
    if (up.table !== null && names.CELLS.has(name) && this.#writer.inRow) {
      this.#writer.cell(up.table.rows === 0 ? 'th' : 'td');
      up.table.cells.push('');
      return { ...up, name, role: 'cell' };
    }
    const sections = up.sections + (names.SECTIONS.has(name) ? 1 : 0);
    const isInline = !names.BLOCKS.has(name) && this.#survey.inline.has(name);
    const isHeading =
      names.HEADINGS.has(name) && !up.gathered && !isInline && (!this.#isData || names.SECTIONS.has(up.name));
    if (isHeading || (name === 'article-title' && up.name === 'title-group'))
      return {
        ...up,
        name,
        role: 'block',
        gathered: false,
        style: { kind: 'heading', level: Math.min(6, up.sections + 1) },
      };
    if (up.gathered || isInline)
      return { ...up, name, role: up.gathered ? 'block' : 'inline', marks: withMark(up.marks, name) };
    if (this.#isData) {
      if (names.ESCAPED_HTML.has(name) && FEEDS.has(this.#survey.root)) return { ...up, name, role: 'html', sections };
      return { ...up, name, sections, role: this.#survey.parents.has(name) ? 'block' : 'leaf' };
    }
    if (names.CODE.has(name)) return { ...up, name, role: 'code' };
    const list = names.LISTS[name];
    const block: Open = { ...up, name, role: 'block', sections, gathered: names.GATHERED.has(name) };
    if (list !== undefined) return { ...block, containers: nested(up.containers, { tag: list }) };
    if (names.ITEMS.has(name)) return { ...block, containers: inItem(up.containers), style: { kind: 'item' } };
    if (names.QUOTES.has(name))
      return { ...block, containers: nested(up.containers, { tag: 'blockquote' }), style: { kind: 'quote' } };
    return block;
  }

  #keepAttributes(open: Open, fullName: string, attributes: Readonly<Record<string, string>>): void {
    const all = Object.entries(attributes);
    if (all.length === 0) return;
    const isEmpty = open.role === 'leaf' && !this.#survey.worded.has(open.name);
    const kept: string[] = [];
    for (const [attribute, value] of all) {
      if (/^xmlns(?::|$)|^xsi:|^xml:/.test(attribute) || value.trim() === '') continue;
      const isWorded =
        /\p{L}/u.test(value) &&
        (names.WORDED.has(names.localName(attribute)) || (this.#isData && /\p{L} +\p{L}/u.test(value)));
      if (isEmpty || (isWorded && open.role !== 'unread')) kept.push(`${attribute}: ${value}`);
      else if (this.#attributeLength < MAX_ATTRIBUTES) {
        this.attributes.push(value);
        this.#attributeLength += value.length;
      }
    }
    if (kept.length === 0) return;
    if (open.role === 'leaf') this.#entry(open, isEmpty ? `${fullName}: ${kept.join(', ')}` : kept.join(', '));
    else if (open.role === 'block' && !open.gathered) {
      this.#write(open, kept.join('; '));
      this.#end();
    } else this.#write(open, ` ${kept.map((pair) => pair.slice(pair.indexOf(': ') + 2)).join(' ')} `);
  }

  /** Writes the text gathered since the last mark. */
  #flush(): void {
    const words = this.#words;
    if (words === '') return;
    this.#words = '';
    const open = this.#stack.at(-1);
    if (open === undefined) return;
    if (open.role === 'unread') {
      if (/\S/.test(words)) this.unread++;
    } else if (open.role === 'code') this.#writer.preformatted(words.replaceAll('\0', '\uFFFD'), open.containers);
    else if (open.role === 'html') this.#writeHtml(words, open);
    else if (open.role === 'leaf') {
      if (/\S/.test(words)) this.#entry(open, `${open.label}: ${words.trim()}`);
    } else if (!this.#isData || /\S/.test(words)) this.#write(open, words);
  }

  #write(open: Open, words: string): void {
    if (open.role === 'cell' && open.table !== null && open.table.cells.length > 0)
      open.table.cells[open.table.cells.length - 1] += words;
    if (open.table !== null && open.role !== 'cell' && this.#writer.inRow && /\S/.test(words)) this.#end();
    this.#writer.add(words.replaceAll('\0', '\uFFFD'), open.style, open.containers, open.marks);
  }

  /** An entry of a record: short ones stand in one block. */
  #entry(open: Open, words: string): void {
    const isLong = words.length > LONG_VALUE;
    if (isLong) this.#end();
    this.#write(open, this.#inRecord ? `; ${words}` : words);
    this.#inRecord = true;
    if (isLong) this.#end();
  }

  #writeHtml(words: string, open: Open): void {
    this.#end();
    if (!/<[a-z]|&\w+;/i.test(words)) this.#write(open, words);
    else {
      const { document } = parseHTML(`<!doctype html><html><head></head><body>${words}</body></html>`);
      walkHtml(document, this.#writer, new Set(), open.containers);
    }
    this.#end();
  }

  #endRow(table: Table): void {
    this.#writer.end();
    const cells = table.cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
    if (table.rows === 0 && cells.filter(Boolean).length > 1) table.header = cells.join(' | ');
    if (cells.some(Boolean)) table.rows++;
    table.cells = [];
  }

  #end(): void {
    this.#writer.end();
    this.#inRecord = false;
  }
}

const FEEDS: ReadonlySet<string> = new Set(['rss', 'rdf', 'feed']);
const ROOT: Open = {
  name: '',
  label: '',
  style: { kind: 'paragraph' },
  containers: [],
  marks: [],
  role: 'block',
  gathered: false,
  sections: 0,
  table: null,
};

function withMark(marks: readonly Mark[], name: string): readonly Mark[] {
  const mark = names.MARKS[name];
  return mark === undefined || marks.includes(mark) ? marks : [...marks, mark];
}

function nested(containers: readonly Container[], container: Container): readonly Container[] {
  return containers.length < MAX_NESTING ? [...containers, container] : containers;
}

function inItem(containers: readonly Container[]): readonly Container[] {
  const last = containers.at(-1)?.tag;
  return nested(last === 'ul' || last === 'ol' ? containers : nested(containers, { tag: 'ul' }), { tag: 'li' });
}

function startTable(containers: readonly Container[]): Table {
  const table: Container = { tag: 'table' };
  return {
    head: [...containers, table, { tag: 'thead' }],
    inside: [...containers, table, { tag: 'tbody' }],
    header: '',
    rows: 0,
    cells: [],
  };
}
