/** Title, author and date of XML, from where the common vocabularies have them. */
import { isoDate } from './iso-date.ts';
import { localName } from './xml-vocabulary.ts';

/** Where a title, an author and a date stand: the end of the path of local names. */
const TITLE =
  /(?:^|\/)(?:title-group\/article-title|titlestmt\/title|(?:article|book|info|articleinfo|bookinfo|feed|channel|metadata|description|svg|html|package|header)\/title)$|^[^/]+\/(?:title|name)$/;
const AUTHOR =
  /(?:^|\/)(?:contrib\/(?:name|string-name)|titlestmt\/author|(?:info|articleinfo|bookinfo|article|book)\/(?:authorgroup\/)?author|feed\/author\/name|metadata\/creator|channel\/(?:creator|managingeditor))$|^[^/]+\/(?:author|creator)$/;
const DATE =
  /(?:^|\/)(?:article-meta\/pub-date|publicationstmt\/date|(?:info|articleinfo|bookinfo|metadata)\/(?:date|pubdate)|feed\/updated|channel\/(?:pubdate|lastbuilddate))$|^[^/]+\/(?:date|pubdate|published|created)$/;
/** Works that are cited, and entries of a feed, have titles and authors of their own. */
const ELSEWHERE = /(?:^|\/)(?:ref-list|ref|bibl|biblstruct|listbibl|bibliography|item|entry|related-article)(?:\/|$)/;
const MAX_TEXT = 1000;
const MAX_AUTHORS = 100;
const MAX_DEPTH = 12;

type Field = 'title' | 'author' | 'date';

export class XmlMeta {
  title = '';
  date = '';
  readonly #authors: string[] = [];
  readonly #path: string[] = [];
  #capture: { readonly field: Field; readonly depth: number; words: string; parts: Map<string, string> } | null = null;
  #depth = 0;

  get author(): string {
    return this.#authors.join(', ');
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#depth++;
    if (this.#depth > MAX_DEPTH) return;
    this.#path.push(localName(name));
    if (this.#capture !== null) {
      this.#capture.words += ' ';
      return;
    }
    const field = this.#field();
    if (field === null) return;
    const stated = field === 'date' ? (attributes.when ?? attributes['iso-8601-date'] ?? '') : '';
    this.#capture = { field, depth: this.#depth, words: stated, parts: new Map() };
  }

  text(words: string): void {
    const capture = this.#capture;
    if (capture === null || capture.words.length > MAX_TEXT) return;
    capture.words += words;
    const part = this.#path.at(-1) ?? '';
    if (words.trim() !== '') capture.parts.set(part, `${capture.parts.get(part) ?? ''}${words}`.trim());
  }

  close(): void {
    const capture = this.#capture;
    if (capture !== null && capture.depth === this.#depth) {
      this.#take(capture.field, capture.words.replace(/\s+/g, ' ').trim(), capture.parts);
      this.#capture = null;
    }
    if (this.#depth <= MAX_DEPTH) this.#path.pop();
    this.#depth--;
  }

  #field(): Field | null {
    const path = this.#path.join('/');
    if (ELSEWHERE.test(path)) return null;
    if (this.title === '' && TITLE.test(path)) return 'title';
    if (this.#authors.length < MAX_AUTHORS && AUTHOR.test(path)) return 'author';
    return this.date === '' && DATE.test(path) ? 'date' : null;
  }

  #take(field: Field, words: string, parts: ReadonlyMap<string, string>): void {
    if (field === 'title') this.title = words;
    else if (field === 'author') {
      const given = parts.get('given-names') ?? parts.get('forename') ?? parts.get('firstname');
      const surname = parts.get('surname');
      const name = given && surname ? `${given} ${surname}` : words;
      if (name !== '' && name.length < 200) this.#authors.push(name);
    } else {
      const [year, month, day] = ['year', 'month', 'day'].map((key) => parts.get(key));
      this.date = isoDate(year === undefined ? words : [year, month, day].filter((n) => n !== undefined).join('-'));
    }
  }
}
