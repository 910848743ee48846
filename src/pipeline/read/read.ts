/** Reads a file of any supported format. */
import { ReadError } from '../document.ts';
import type { Document, DocumentKind } from '../document.ts';
import { decodeText } from './decode.ts';
import { detect, promisedKind, textualKind, ZIP } from './detect.ts';
import { extensionOf, KIND_NAMES, nameOf, noText } from './reading.ts';
import type { Content, ReadInput, ReadOptions } from './reading.ts';

export type { ReadInput, ReadOptions } from './reading.ts';

/** Bytes beyond which a file is refused. */
export const MAX_BYTES = 200 * 1024 * 1024;

const FORMATS = 'PDF, Word (.docx), HTML, Markdown, plain text and CSV';

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
      ? [`Its name ends in .${extensionOf(input.path)}, but its content is ${KIND_NAMES[kind]}; it was read as that.`]
      : [];
  return { path: input.path, name, kind, ...content, notes: [...misnamed, ...content.notes] };
}

async function readContent(input: ReadInput, options: ReadOptions): Promise<{ kind: DocumentKind; content: Content }> {
  const found = detect(input.bytes);
  const name = nameOf(input.path);
  switch (found.kind) {
    case 'unsupported':
      // A .docx cut short may have lost every name that tells it from other archives.
      if (found.what === ZIP && extensionOf(input.path) === 'docx') throw damagedDocx(name);
      throw new ReadError(
        'unsupported',
        `“${name}” seems to be ${found.what}, which cannot be read. Save it as one of ${FORMATS} and add that.`,
      );
    case 'encrypted':
      throw new ReadError(
        'encrypted',
        `“${name}” is ${found.what} locked with a password. Save a copy without the password and add that.`,
      );
    case 'docx': {
      const { readDocx } = await import('./docx.ts');
      return { kind: 'docx', content: await readDocx(input) };
    }
    case 'pdf': {
      const { readPdf } = await import('./pdf.ts');
      return { kind: 'pdf', content: await readPdf(input, options) };
    }
    case 'textual':
      return readTextual(input);
  }
}

async function readTextual(input: ReadInput): Promise<{ kind: DocumentKind; content: Content }> {
  const { path, bytes } = input;
  const name = nameOf(path);
  const extension = extensionOf(path);
  const decoded = decodeText(bytes);
  if (decoded === null) {
    if (extension === 'pdf' || extension === 'docx')
      throw new ReadError(
        'damaged',
        `“${name}” does not hold ${KIND_NAMES[extension]} data, or its beginning is damaged. Fetch it again from where it came and add it again.`,
      );
    throw new ReadError(
      'binary',
      `“${name}” holds binary data, not text, and was not read. Save it as one of ${FORMATS} and add that.`,
    );
  }
  const { text, notes } = decoded;
  if (!/\S/.test(text)) throw noText(name, 'it holds only blank space. Check that it was saved whole.');
  const kind = textualKind(text, extension);
  switch (kind) {
    case 'html': {
      const { readHtml, statedCharset } = await import('./html.ts');
      const stated = decodeText(bytes, statedCharset(bytes)) ?? decoded;
      return { kind, content: readHtml(path, stated.text, stated.notes) };
    }
    case 'csv': {
      const { readCsv } = await import('./csv.ts');
      return { kind, content: readCsv(path, text, notes) };
    }
    case 'markdown': {
      const { readMarkdown } = await import('./markdown.ts');
      return { kind, content: readMarkdown(path, text, notes) };
    }
    default: {
      const { readText } = await import('./text.ts');
      return { kind: 'text', content: readText(path, text, notes) };
    }
  }
}

function damagedDocx(name: string): ReadError {
  return new ReadError(
    'damaged',
    `“${name}” is a damaged Word document: parts of it are missing. Fetch it again from where it came and add it again.`,
  );
}
