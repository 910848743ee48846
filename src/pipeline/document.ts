/**
 * The nouns of the pipeline. Every offset is in UTF-16 code units over `Document.text`,
 * so `document.text.slice(span.start, span.end)` is always the evidence itself.
 */

/** A half-open range of a document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type DocumentKind = 'text' | 'markdown' | 'html' | 'pdf' | 'docx' | 'csv';

/** A place a citation can name: a page of a PDF, a section under a heading, or rows of a table. */
export interface Part extends Span {
  readonly kind: 'page' | 'section' | 'rows';
  /** What a person reads: `page 4`, `Animals`, `rows 2–40`. */
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

/**
 * How the viewer shows a document.
 * `html` is safe markup made by the reader (never the file's own): every text of it lies in an
 * element `<span data-start="120">` whose text content equals `document.text` from that offset on;
 * where the two differ (an entity in markdown) the span also has `data-end` and is marked as a whole.
 */
export type Shown =
  | { readonly as: 'text' }
  | { readonly as: 'html'; readonly html: string }
  | { readonly as: 'pages'; readonly pages: readonly Page[]; readonly margins: readonly Margin[] };

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
  /** In order; may nest (sections inside pages do not occur: a PDF's parts are its pages). */
  readonly parts: readonly Part[];
  /** Every non-space character of `text` lies in exactly one block. */
  readonly blocks: readonly Block[];
  readonly shown: Shown;
  /** Sentences for the file's report: what was left out and why. Empty when all was read. */
  readonly notes: readonly string[];
}

/**
 * A piece of a document small enough to embed and to cite.
 * The slice of the text is the evidence; `context` goes to the embedder and the generator with it.
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
  /** Length of context and text in the embedder's tokens, special tokens included. */
  readonly tokens: number;
}

/** A file could not be read. `message` is a whole sentence for the person: what happened, what to do. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  constructor(
    readonly code: 'empty' | 'damaged' | 'encrypted' | 'binary' | 'too-large' | 'no-text' | 'unsupported' | 'timeout',
    message: string,
  ) {
    super(message);
  }
}
