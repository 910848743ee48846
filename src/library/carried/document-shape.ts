/** What an entry `document.json` must be: nothing of a collection file is believed before it has passed here. */
import * as v from 'valibot';
import { chunkStrategies } from '../../pipeline/chunk/chunk.ts';
import type { Document, DocumentKind, Part, Passage, Shown, Span } from '../../pipeline/document.ts';
import type { EmbeddingStamp } from '../../pipeline/embed/stamp.ts';
import type { DocumentState, KeptDocument, KeptPassage } from '../kept/schema.ts';

/** A document as its entry has it; its vectors lie beside it, a row for each id. */
export interface CarriedDocument extends Omit<KeptDocument, 'collection' | 'version' | 'added'> {
  /** Null where it has not been read. */
  readonly read: {
    readonly document: Document;
    readonly passages: readonly KeptPassage[];
    /** Of the vectors; null where there are none. */
    readonly ids: readonly string[] | null;
  } | null;
}

// Spelt out, so that a kind added to the type and forgotten here does not compile.
const kinds: Readonly<Record<DocumentKind, true>> = {
  ...{ text: true, markdown: true, html: true, mhtml: true, pdf: true, docx: true, doc: true, odt: true, rtf: true },
  ...{ pptx: true, odp: true, xlsx: true, xls: true, ods: true, csv: true, epub: true, tex: true, ipynb: true },
  ...{ json: true, jsonl: true, xml: true, yaml: true, code: true, subtitles: true, eml: true, msg: true, mbox: true },
  ...{ zip: true, image: true },
};
export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
export const spanShape = { start: whole, end: whole };

const part = v.object({
  ...spanShape,
  kind: v.picklist(['page', 'section', 'rows', 'slide', 'sheet', 'chapter', 'message', 'cell', 'time', 'lines']),
  label: v.string(),
}) satisfies v.GenericSchema<unknown, Part>;

const block = v.variant('kind', [
  v.object({ ...spanShape, kind: v.literal('heading'), level: whole }),
  v.object({ ...spanShape, kind: v.picklist(['paragraph', 'item', 'code', 'quote']) }),
  v.object({ ...spanShape, kind: v.literal('row'), header: v.string() }),
]);

const box = { x: finite, y: finite, width: finite, height: finite };

const shown = v.variant('as', [
  v.object({ as: v.picklist(['text', 'code']) }),
  v.object({ as: v.literal('html'), html: v.string() }),
  v.object({
    as: v.literal('pages'),
    pages: v.array(
      v.object({
        ...spanShape,
        number: whole,
        width: finite,
        height: finite,
        runs: v.array(v.object({ ...spanShape, ...box })),
        blank: v.optional(v.literal(true)),
      }),
    ),
    margins: v.array(v.object({ page: whole, text: v.string(), ...box })),
    bookmarks: v.array(v.object({ title: v.string(), level: whole, page: whole, top: finite })),
  }),
]) satisfies v.GenericSchema<unknown, Shown>;

const document = v.object({
  path,
  name: v.string(),
  kind: v.picklist(Object.keys(kinds) as DocumentKind[]),
  title: v.string(),
  text: v.string(),
  author: v.string(),
  date: v.string(),
  parts: v.array(part),
  blocks: v.array(block),
  shown,
  notes: v.array(v.string()),
  omitted: v.array(v.object({ what: v.string(), text: v.string() })),
  unfinished: v.optional(v.literal(true)),
  // Files inside it are documents of their own by now.
  inner: v.tuple([]),
}) satisfies v.GenericSchema<unknown, Document>;

const passageShape = {
  ...spanShape,
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  context: v.string(),
  header: v.optional(v.string()),
  lead: v.optional(v.string()),
  tokens: whole,
};

export const passage = v.object({ ...passageShape, path, text: v.string() }) satisfies v.GenericSchema<
  unknown,
  Passage
>;

const stamp = v.object({
  model: v.string(),
  weights: v.string(),
  tokenizer: v.string(),
  dimensions: v.pipe(whole, v.minValue(1), v.maxValue(8192)),
  pooling: v.picklist(['mean', 'cls']),
  queryPrefix: v.string(),
  passagePrefix: v.string(),
}) satisfies v.GenericSchema<unknown, EmbeddingStamp>;

const state = v.variant('state', [
  v.object({ state: v.literal('unfinished') }),
  v.object({
    state: v.literal('read'),
    cut: v.object({ strategy: v.picklist(chunkStrategies), passageTokens: whole, overlapTokens: whole }),
    passages: whole,
    stamp: v.nullable(stamp),
    bytes: whole,
  }),
  v.object({
    state: v.literal('failed'),
    reason: v.string(),
    remedy: v.optional(v.picklist(['password', 'recognition', 'time'])),
  }),
]) satisfies v.GenericSchema<unknown, DocumentState>;

export const carriedDocument = v.object({
  path,
  outer: v.nullable(path),
  bytes: whole,
  type: v.string(),
  modified: finite,
  help: v.object({ recognise: v.optional(v.boolean()), patient: v.optional(v.boolean()) }),
  state,
  read: v.nullable(
    v.object({
      document,
      passages: v.array(v.object(passageShape)),
      ids: v.nullable(v.array(v.string())),
    }),
  ),
}) satisfies v.GenericSchema<unknown, CarriedDocument>;

/** '' if all that points into the text lies in it, in order where order is meant, and all names agree; else what does not. */
export function contentFault({ path: name, state: { state: is }, read }: CarriedDocument): string {
  if ((is === 'read') !== (read !== null)) return 'says that it was read, or was not, and is otherwise';
  if (!read) return '';
  const { document: own, passages, ids } = read;
  const { text, parts, blocks, shown: form } = own;
  const within = ({ start, end }: Span): boolean => start <= end && end <= text.length;
  const ordered = (spans: readonly Span[]): boolean =>
    spans.every(({ start }, i) => i === 0 || spans[i - 1]!.end <= start);
  if (own.path !== name) return 'bears another path than its document';
  if (![...parts, ...blocks, ...passages].every(within)) return 'points outside its text';
  if (!ordered(blocks)) return 'has blocks out of order';
  if (form.as === 'pages') {
    const { pages } = form;
    if (!pages.every((page) => within(page) && page.runs.every(within))) return 'has a page outside its text';
    if (new Set(pages.map(({ number }) => number)).size !== pages.length) return 'has a page twice';
  }
  const known = new Set(passages.map(({ id }) => id));
  const isOdd = ids && (new Set(ids).size !== ids.length || ids.some((id) => !known.has(id)));
  return isOdd ? 'has vectors of passages that it does not have' : '';
}
