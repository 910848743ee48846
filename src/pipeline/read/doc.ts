/** Old Word documents (.doc of Word 97 to 2003): text by its piece table, with headings, lists, tables and notes. */
import CFB from 'cfb';
import { ReadError } from '../document.ts';
import { Aside } from './prose/aside.ts';
import { wordsIn } from './prose/manuscript.ts';
import type { Note, Prose } from './prose/manuscript.ts';
import { writeManuscript } from './prose/write-manuscript.ts';
import { nameOf } from './reading.ts';
import type { Content, ReadInput } from './reading.ts';
import { readFib } from './word/fib.ts';
import type { Fib } from './word/fib.ts';
import { readNotes } from './word/notes.ts';
import { readPieces } from './word/pieces.ts';
import { PropertyRuns } from './word/runs.ts';
import { readLists, WordStyles } from './word/styles.ts';
import { readSummary } from './word/summary.ts';
import { readStory } from './word/word-text.ts';
import type { WordSource } from './word/word-text.ts';

/** Reads a .doc. @throws ReadError damaged, encrypted, unsupported, no-text */
export function readDoc({ path, bytes }: ReadInput): Content {
  const name = nameOf(path);
  try {
    return read(path, name, CFB.read(bytes, { type: 'array' }));
  } catch (error) {
    if (error instanceof ReadError) throw error;
    throw broken(name);
  }
}

function read(path: string, name: string, file: CFB.CFB$Container): Content {
  const stream = streamOf(file, 'WordDocument');
  if (stream === null) throw broken(name);
  const word = viewOf(stream);
  const fib = readFib(name, word);
  const tables = streamOf(file, fib.tableStream);
  if (tables === null) throw broken(name);
  const table = viewOf(tables);
  const aside = new Aside();
  aside.embedded = file.FullPaths.filter((at) => /^[^/]+\/ObjectPool\/[^/]+\/$/.test(at)).length;
  const pieces = fib.place('pieces');
  const notes = readNotes(table, fib);
  const source: WordSource = {
    stream,
    pieces: readPieces(table, pieces.at, pieces.length),
    paragraphs: new PropertyRuns(table, fib.place('paragraphs'), word, 'paragraphs'),
    characters: new PropertyRuns(table, fib.place('characters'), word, 'characters'),
    ...stylesOf(table, fib),
    marks: new Map(notes.map(({ reference, mark }) => [reference, `[${mark}]`])),
  };
  const { main, footnotes, margins, macros, comments, endnotes, boxes } = fib.stories;
  const starts = { margins: main + footnotes, comments: main + footnotes + margins + macros };
  const boxesAt = starts.comments + comments + endnotes;
  for (const piece of readStory(source, starts.margins, starts.margins + margins, new Aside()))
    aside.margin(wordsIn([piece]));
  for (const piece of readStory(source, starts.comments, starts.comments + comments, new Aside()))
    aside.comment(wordsIn([piece]));
  const body: Prose[] = [
    ...readStory(source, 0, main, aside),
    // Where on the page a box stands is not said in its text: they follow the body.
    ...readStory(source, boxesAt, boxesAt + boxes, aside),
  ];
  const written: Note[] = notes.map(({ mark, from, to }) => ({ mark, content: readStory(source, from, to, aside) }));
  return writeManuscript(path, {
    ...readSummary(streamOf(file, '\u0005SummaryInformation')),
    body,
    footnotes: written,
    pictures: aside.pictures,
    notes: aside.sentences(),
    omitted: aside.omitted(),
    inner: [],
  });
}

/** The text can be read without its styles and lists. */
function stylesOf(table: DataView, fib: Fib): Pick<WordSource, 'styles' | 'counts'> {
  try {
    return {
      styles: new WordStyles(table, fib.place('styles')),
      counts: readLists(table, fib.place('lists'), fib.place('listOverrides')),
    };
  } catch {
    return { styles: new WordStyles(table, { at: 0, length: 0 }), counts: () => false };
  }
}

function streamOf(file: CFB.CFB$Container, path: string): Uint8Array | null {
  // An embedded document has streams of the same names.
  const content = (CFB.find(file, `/${path}`) ?? CFB.find(file, path))?.content;
  return content === undefined ? null : Uint8Array.from(content);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function broken(name: string): ReadError {
  return new ReadError(
    'damaged',
    `“${name}” is an old Word document, but parts of it are missing or broken, so it was not read. Open it in Word or LibreOffice, save it again and add that.`,
  );
}
