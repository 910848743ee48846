/** Reads a file of any supported format. */
import { ReadError } from '../document.ts';
import type { Document, DocumentKind } from '../document.ts';
import { chainsEnd } from './compound.ts';
import { decodeText } from './decode.ts';
import { detect, textualKind } from './detect.ts';
import { FORMATS, promisedKind } from './formats.ts';
import { mailKind } from './mail-kind.ts';
import { extensionOf, lockedFile, nameOf, noText } from './reading.ts';
import type { Content, ReadInput, ReadOptions } from './reading.ts';

export type { ReadInput, ReadOptions } from './reading.ts';

/** Bytes beyond which a file is refused. */
export const MAX_BYTES = 200 * 1024 * 1024;

/** What a person may save an unreadable file as. */
const SAVE_AS = 'PDF, Word (.docx), OpenDocument, HTML or plain text';

/**
 * Reads a file into text with blocks, parts and a form to show. The format is found by content first and
 * extension second; each format's reader is loaded when it is first needed.
 * @throws ReadError with a sentence for the person, for every file that cannot be read.
 */
export async function readDocument(input: ReadInput, options: ReadOptions = {}): Promise<Document> {
  const name = nameOf(input.path);
  const { bytes } = input;
  if (bytes.length === 0)
    throw new ReadError(
      'empty',
      `“${name}” is empty (0 bytes). Check that it was saved or copied whole, then add it again.`,
    );
  if (bytes.length > MAX_BYTES)
    throw new ReadError('too-large', `“${name}” is larger than 200 MB and was not read. Split it and add the parts.`);
  const { kind, content } = await readContent(input, options).catch((error: unknown) => {
    if (error instanceof ReadError) throw error;
    const why = error instanceof RangeError ? 'it is too large or nested too deeply' : 'its content is damaged';
    throw Object.assign(
      new ReadError(
        'damaged',
        `“${name}” could not be read: ${why}. Save it again with the program that made it and add that.`,
      ),
      { cause: error },
    );
  });
  const promised = promisedKind(extensionOf(input.path));
  const misnamed =
    promised !== null && promised !== kind
      ? [`Its name ends in .${extensionOf(input.path)}, but its content is ${FORMATS[kind].name}; it was read as that.`]
      : [];
  return {
    path: input.path,
    name,
    kind,
    author: '',
    date: '',
    omitted: [],
    inner: [],
    ...content,
    notes: [...misnamed, ...content.notes],
  };
}

async function readContent(input: ReadInput, options: ReadOptions): Promise<{ kind: DocumentKind; content: Content }> {
  const name = nameOf(input.path);
  const found = detect(input.bytes);
  if (found.kind === 'textual') return readTextual(input, options);
  if (found.kind === 'encrypted') throw lockedFile(name, found.what);
  // A file cut short may have lost every name that tells it from other archives.
  const promised = promisedKind(extensionOf(input.path));
  if (found.kind === 'zip' && promised !== null && PACKAGES.has(promised))
    throw damaged(name, promised, 'parts of it are missing');
  if (isCompound(found.kind) && !chainsEnd(input.bytes))
    throw damaged(name, found.kind, 'its parts lead round in circles');
  const reader = found.kind === 'unsupported' ? null : FORMATS[found.kind].reader;
  if (found.kind !== 'unsupported' && reader?.takes === 'bytes')
    return { kind: found.kind, content: await (await loaded(name, reader))(input, options) };
  const what = found.kind === 'unsupported' ? found.what : FORMATS[found.kind].name;
  throw new ReadError(
    'unsupported',
    `“${name}” seems to be ${what}, which cannot be read. Save it as ${SAVE_AS} and add that.`,
  );
}

function isCompound(kind: string): kind is 'doc' | 'xls' | 'msg' {
  return ['doc', 'xls', 'msg'].includes(kind);
}

/** Formats that are ZIP archives of a known make. */
const PACKAGES: ReadonlySet<DocumentKind> = new Set(['docx', 'pptx', 'xlsx', 'odt', 'odp', 'ods', 'epub']);

/** Formats whose files begin with bytes that tell them: text under such a name is something broken. */
const NEVER_TEXT: ReadonlySet<DocumentKind> = new Set([...PACKAGES, 'pdf', 'doc', 'xls', 'msg', 'zip', 'image']);

async function readTextual(input: ReadInput, options: ReadOptions): Promise<{ kind: DocumentKind; content: Content }> {
  const { path, bytes } = input;
  const name = nameOf(path);
  const decoded = decodeText(bytes);
  if (decoded === null) {
    const promised = promisedKind(extensionOf(path));
    // Mail may carry its files as they are.
    const mail = mailKind(new TextDecoder('latin1').decode(bytes.subarray(0, 40_000)), extensionOf(path));
    const mailReader = mail === null ? null : FORMATS[mail].reader;
    if (mail !== null && mailReader?.takes === 'bytes')
      return { kind: mail, content: await (await loaded(name, mailReader))(input, options) };
    if (promised !== null && NEVER_TEXT.has(promised)) throw damaged(name, promised, 'its beginning is damaged');
    throw new ReadError(
      'binary',
      `“${name}” holds binary data, not text, and was not read. Save it as ${SAVE_AS} and add that.`,
    );
  }
  if (!/\S/.test(decoded.text)) throw noText(name, 'it holds only blank space. Check that it was saved whole.');
  const kind = textualKind(decoded.text, extensionOf(path));
  const { reader } = FORMATS[kind];
  if (reader.takes === 'bytes') return { kind, content: await (await loaded(name, reader))(input, options) };
  const read = await loaded(name, reader);
  const stated = reader.stated?.(bytes);
  const { text, notes } = (stated === undefined ? null : decodeText(bytes, stated)) ?? decoded;
  return { kind, content: await read(path, text, notes) };
}

function damaged(
  name: string,
  kind: DocumentKind,
  why: 'its beginning is damaged' | 'parts of it are missing' | 'its parts lead round in circles',
): ReadError {
  return new ReadError(
    'damaged',
    `“${name}” does not hold ${FORMATS[kind].name} data, or ${why}. Fetch it again from where it came and add it again.`,
  );
}

/** @throws ReadError when the part of the page that reads the format does not come */
async function loaded<Read>(name: string, reader: { load(): Promise<Read> }): Promise<Read> {
  try {
    return await reader.load();
  } catch (cause) {
    const why = 'the part of the page that reads it did not come: the connection is gone, or the page was renewed';
    const error = new ReadError('not-loaded', `“${name}” was not read: ${why}. Reload the page, then read it again.`);
    throw Object.assign(error, { cause });
  }
}
