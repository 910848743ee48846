/** Rich Text (.rtf): its text in the code pages it names, with headings, lists, tables and notes. */
import { Aside } from './prose/aside.ts';
import { writeManuscript } from './prose/write-manuscript.ts';
import type { Content, ReadInput } from './reading.ts';
import { Interpreter } from './rtf/interpreter.ts';
import { eachToken } from './rtf/tokens.ts';

/** Reads Rich Text. @throws ReadError no-text; RangeError where groups are nested too deeply */
export function readRtf({ path, bytes }: ReadInput): Content {
  const aside = new Aside();
  const interpreter = new Interpreter(aside);
  eachToken(bytes, (token) => interpreter.take(token));
  if (!interpreter.isWhole) aside.note('The file breaks off before its end; what was there was read.');
  const body = interpreter.finish();
  return writeManuscript(path, {
    title: interpreter.title,
    author: interpreter.author,
    date: interpreter.date,
    body,
    footnotes: interpreter.footnotes,
    pictures: aside.pictures,
    notes: aside.sentences(),
    omitted: aside.omitted(),
    inner: [],
  });
}
