/** Writes a mail: its headers as people see them, then its bodies. */
import { parseHTML } from 'linkedom';
import { walkHtml } from '../html-walk.ts';
import { safeName } from '../inner.ts';
import type { Container, Writer } from '../writer.ts';
import type { Message } from './message.ts';
import { writePlain } from './plain-body.ts';

const STRONG = ['<strong>'];

/** Writes it inside `within`; returns how many pictures were passed by, those of mails inside it included. */
export function writeMessage(message: Message, writer: Writer, within: readonly Container[]): number {
  writeHeaders(message, writer, within);
  let seen = 0;
  let nested = 0;
  for (const body of message.bodies) {
    if (body.kind === 'plain') writePlain(body.text, writer, within);
    else if (body.kind === 'html') seen += writeHtml(body.html, writer, within);
    else nested += writeMessage(body.message, writer, [...within, { tag: 'blockquote' }]);
  }
  writer.end();
  // A picture of the body is one of the mail's own parts too.
  return Math.max(seen, message.pictures) + nested;
}

/** One block, a line for each header. */
function writeHeaders({ headers, attachments }: Message, writer: Writer, within: readonly Container[]): void {
  const names = attachments.map(({ name }) => safeName(name)).filter((name) => name !== '');
  const lines = names.length === 0 ? headers : [...headers, { name: 'Attachments', value: names.join(', ') }];
  writer.end();
  lines.forEach(({ name, value }, i) => {
    if (i > 0) writer.lineBreak();
    writer.add(`${name}: `, { kind: 'paragraph' }, within, STRONG);
    writer.add(value, { kind: 'paragraph' }, within, []);
  });
  writer.end();
}

function writeHtml(html: string, writer: Writer, within: readonly Container[]): number {
  const whole = /<html[\s>]/i.test(html) ? html : `<!doctype html><html><head></head><body>${html}</body></html>`;
  const { pictures } = walkHtml(parseHTML(whole).document, writer, new Set(), within);
  writer.end();
  return pictures;
}
