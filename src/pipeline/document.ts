/**
 * The nouns of the pipeline. Every offset is in UTF-16 code units over `Document.text`,
 * so `document.text.slice(span.start, span.end)` is always the evidence itself.
 */

/** A half-open range of a document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a file's content is. Mail boxes and archives are documents too: their files come beside them (`Document.inner`). */
export type DocumentKind =
  | 'text'
  | 'markdown'
  | 'html'
  | 'mhtml'
  | 'pdf'
  | 'docx'
  | 'doc'
  | 'odt'
  | 'rtf'
  | 'pptx'
  | 'odp'
  | 'xlsx'
  | 'xls'
  | 'ods'
  | 'csv'
  | 'epub'
  | 'tex'
  | 'ipynb'
  | 'json'
  | 'jsonl'
  | 'xml'
  | 'yaml'
  | 'code'
  | 'subtitles'
  | 'eml'
  | 'msg'
  | 'mbox'
  | 'zip'
  | 'image';

/** A place a citation can name: a page of a PDF, a section under a heading, rows of a table, a slide, a message. */
export interface Part extends Span {
  readonly kind:
    | 'page'
    | 'section'
    | 'rows'
    | 'slide'
    | 'sheet'
    | 'chapter'
    | 'message'
    /** Of a notebook. */
    | 'cell'
    /** Of a film: `00:01:20–00:02:05`. */
    | 'time'
    /** Of source code and data: `lines 40–80`. */
    | 'lines';
  /** What a person reads: `page 4`, `Animals`, `rows 2–40`, `slide 3: Costs`, `sheet Prices`, `lines 40–80`. */
  readonly label: string;
}

/** A run of text that the chunker prefers not to cut. Blocks are in order and do not overlap. */
export type Block = Span &
  (
    | { readonly kind: 'heading'; readonly level: number }
    | { readonly kind: 'paragraph' | 'item' | 'code' | 'quote' }
    /** A table row; `header` is the text of the table's header row, '' if it has none. */
    | { readonly kind: 'row'; readonly header: string }
  );

/** A piece of text on a PDF page, in points from the top left corner of the page as it is shown. */
export interface Run extends Span {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Page extends Span {
  /** 1-based. */
  readonly number: number;
  /** Points, after rotation. */
  readonly width: number;
  readonly height: number;
  readonly runs: readonly Run[];
  /** Nothing is drawn on it: there is no text to recognise either. */
  readonly blank?: true;
}

/** A running header or footer: shown in the viewer, left out of `Document.text`. */
export interface Margin {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of a PDF's own table of contents. */
export interface Bookmark {
  readonly title: string;
  /** 1 for the outermost, at most 6. */
  readonly level: number;
  /** Number of the page it leads to, and points from the page's top edge. */
  readonly page: number;
  readonly top: number;
}

/**
 * How the viewer shows a document.
 * `html` is safe markup made by the reader (never the file's own): every text of it lies in an
 * element `<span data-start="120">` whose text content equals `document.text` from that offset on;
 * where the two differ (an entity in markdown) the span also has `data-end` and is marked as a whole.
 * A slide, a sheet, a chapter or a message stands in `<section data-part="2">`, the index of its part, whose label the
 * viewer shows above it. `code` is the text as it is, in a fixed width with numbered lines.
 */
export type Shown =
  | { readonly as: 'text' }
  | { readonly as: 'code' }
  | { readonly as: 'html'; readonly html: string }
  | {
      readonly as: 'pages';
      readonly pages: readonly Page[];
      readonly margins: readonly Margin[];
      /** In order; none where the file has none. */
      readonly bookmarks: readonly Bookmark[];
    };

/** Text of the file that is no part of `Document.text`: `running headers`, `navigation`, `comments`. */
export interface Omitted {
  readonly what: string;
  readonly text: string;
}

/** A file inside the file: an attachment, or what an archive holds. It becomes a document of its own beside this one. */
export interface InnerFile {
  /** Below the outer file's path: `minutes.pdf`, `message 3/minutes.pdf`. Never absolute, never with `..`. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file as read. */
export interface Document {
  /** Identity: the relative path inside what was dropped, `folder/lease.pdf`. */
  readonly path: string;
  /** The last segment of the path. */
  readonly name: string;
  readonly kind: DocumentKind;
  /** From the file's own metadata or first heading, else the name without its extension. */
  readonly title: string;
  readonly text: string;
  /** As the file itself names them; '' where it does not. The date is ISO 8601, as exact as it is known: `2024-03-01`. */
  readonly author: string;
  readonly date: string;
  /** In order; may nest (sections inside pages do not occur: a PDF's parts are its pages). */
  readonly parts: readonly Part[];
  /** Every non-space character of `text` lies in exactly one block. */
  readonly blocks: readonly Block[];
  readonly shown: Shown;
  /** Sentences for the file's report: what was left out and why. Empty when all was read. */
  readonly notes: readonly string[];
  /** The words behind those sentences, where the reader has them. */
  readonly omitted: readonly Omitted[];
  /** Time ran out: what is here is whole, what comes after it in the file was not read. */
  readonly unfinished?: true;
  readonly inner: readonly InnerFile[];
}

/**
 * A piece of a document small enough to embed and to cite.
 * The slice of the text is the evidence; `context` goes to the generator and the keyword index with it.
 */
export interface Passage extends Span {
  /** Hash of context and text, hexadecimal: equal text under equal context has an equal id. */
  readonly id: string;
  /** `Document.path`. */
  readonly path: string;
  /** Title, heading path and table header: `House rules › Animals`. '' if there is none. */
  readonly context: string;
  readonly text: string;
  /** The header row (`Work | Firm | Cost`) when all of the passage are rows under it; it stands in `context` too. */
  readonly header?: string;
  /** What of the context the embedder sees: all but a title that is a whole sentence. Left out when that is nothing. */
  readonly lead?: string;
  /** Length of lead and text in the embedder's tokens, special tokens included. */
  readonly tokens: number;
}

/**
 * A file could not be read. `message` is a whole sentence for the person: what happened, what to do.
 * `locked` can be read with a password (`ReadOptions.password`), `encrypted` cannot be read here, `picture` can by text
 * recognition (`ReadOptions.recognise`). `not-loaded` is no fault of the file: what reads it did not come.
 */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  constructor(
    readonly code:
      | 'empty'
      | 'damaged'
      | 'locked'
      | 'encrypted'
      | 'binary'
      | 'too-large'
      | 'no-text'
      | 'unsupported'
      | 'timeout'
      | 'picture'
      | 'not-loaded',
    message: string,
  ) {
    super(message);
  }
}
