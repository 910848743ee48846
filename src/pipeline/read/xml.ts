/** XML: the words of its elements as blocks. External entities and files are never fetched, its own never expanded. */
import { SaxesParser } from 'saxes';
import { sections } from './cover.ts';
import { nameOf, noText, stemOf, tidyTitle } from './reading.ts';
import type { Content } from './reading.ts';
import { readText } from './text.ts';
import { Writer } from './writer.ts';
import { XmlMeta } from './xml-meta.ts';
import { parseXml, surveyXml } from './xml-survey.ts';
import { XmlWriter } from './xml-writer.ts';

/** Reads decoded XML; what has no element at all is read as plain text, and said. @throws ReadError no-text */
export function readXml(path: string, text: string, notes: readonly string[]): Content {
  const survey = surveyXml(text);
  if (survey.root === '')
    return readText(path, text, [...notes, 'It has no XML elements that can be followed; it was read as plain text.']);
  const writer = new Writer();
  const walk = new XmlWriter(writer, survey);
  const meta = new XmlMeta();
  const comments: string[] = [];
  let entities = 0;
  // Where something stands in the file was only of interest to the survey.
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', ({ message }) => {
    if (/undefined entity/i.test(message)) entities++;
  });
  parser.on('opentag', ({ name, attributes }) => {
    meta.open(name, attributes);
    walk.open(name, attributes);
  });
  const onText = (words: string): void => {
    meta.text(words);
    walk.text(words);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    meta.close();
    walk.close();
  });
  parser.on('comment', (words) => {
    if (/[\p{L}\p{N}]/u.test(words)) comments.push(words.trim());
  });
  parseXml(text, parser);
  walk.finish();
  const html = writer.finish();
  if (writer.length === 0) throw noText(nameOf(path), 'its elements hold no words.');
  const labels = writer.labels.map(tidyTitle);
  const title = tidyTitle(meta.title) || labels.find((label) => label !== '') || stemOf(path);
  return {
    title,
    author: meta.author,
    date: meta.date,
    text: writer.text,
    blocks: writer.blocks,
    parts: sections(writer.text, writer.blocks, labels, title),
    shown: { as: 'html', html },
    notes: [...notes, ...(survey.fault === null ? [] : [survey.fault]), ...leftOut(walk, comments.length, entities)],
    omitted: [
      ...(walk.attributes.length === 0 ? [] : [{ what: 'attributes', text: walk.attributes.join('\n') }]),
      ...(comments.length === 0 ? [] : [{ what: 'comments', text: comments.join('\n') }]),
    ],
  };
}

function leftOut(walk: XmlWriter, comments: number, entities: number): string[] {
  const notes: string[] = [];
  if (walk.attributes.length > 0)
    notes.push('Attributes of elements (numbers, addresses, settings) were left out; those that hold words were kept.');
  if (comments > 0) notes.push(`${comments === 1 ? 'One comment was' : `${comments} comments were`} left out.`);
  if (walk.unread > 0) notes.push('Scripts and styles were left out.');
  if (entities > 0)
    notes.push(
      `${entities === 1 ? 'One abbreviation' : `${entities} abbreviations`} that the file defines itself (entities) ${entities === 1 ? 'stands' : 'stand'} as written, for safety.`,
    );
  return notes;
}
