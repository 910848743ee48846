/** An Outlook message, and those inside it, from their properties. */
import { mailDate } from '../mail/date.ts';
import { MAX_NESTED } from '../mail/message.ts';
import type { Attachment, Body, MailHeader, Message } from '../mail/message.ts';
import { TOO_DEEP, followable } from '../nesting.ts';
import { decompressRtf } from './compressed-rtf.ts';
import { HEADER_LENGTH, Properties, decodeCodePage } from './properties.ts';
import { rtfBody } from './rtf-body.ts';
import type { Storage } from './storage.ts';

const RECIPIENTS = { to: 1, cc: 2, bcc: 3 } as const;
const EMBEDDED_OBJECT = 6;
/** Rendered in the body. */
const INLINE_FLAG = 4;

/** What a contact holds besides a name. */
const CONTACT: readonly (readonly [string, number])[] = [
  ['Company', 0x3a16],
  ['Job title', 0x3a17],
  ['Business phone', 0x3a08],
  ['Home phone', 0x3a09],
  ['Mobile phone', 0x3a1c],
];

/** Reads the message that a storage holds. */
export function outlookMessage(storage: Storage, outer?: Properties, depth = 0): Message {
  const properties = new Properties(storage, outer === undefined ? HEADER_LENGTH.message : HEADER_LENGTH.inner, outer);
  const author = mailbox(
    properties.text(0x0c1a) || properties.text(0x0042),
    properties.text(0x5d01) || properties.text(0x5d02) || properties.text(0x0c1f) || properties.text(0x0065),
  );
  const sent = properties.date(0x0039) || properties.date(0x0e06);
  const transport = /^Date:[ \t]*(.+)$/im.exec(properties.text(0x007d))?.[1]?.trim() ?? '';
  const subject = properties.text(0x0037).trim();
  const carried = attachmentsOf(storage, properties, depth);
  const { body, notes } = followableBody(bodyOf(properties));
  const isMail = !/^IPM\.Contact/i.test(properties.text(0x001a));
  const recipients = recipientsOf(storage, properties);
  const headers: MailHeader[] = [
    { name: 'From', value: isMail ? author : '' },
    { name: 'To', value: recipients(RECIPIENTS.to) || properties.text(0x0e04) },
    { name: 'Cc', value: recipients(RECIPIENTS.cc) || properties.text(0x0e03) },
    { name: 'Bcc', value: recipients(RECIPIENTS.bcc) || properties.text(0x0e02) },
    { name: 'Date', value: transport || (isMail ? sent.replace('T', ' ').replace('Z', ' UTC') : '') },
    { name: 'Subject', value: subject },
    ...(isMail ? [] : CONTACT.map(([name, id]) => ({ name, value: properties.text(id).trim() }))),
  ];
  return {
    headers: headers.filter(({ value }) => value !== ''),
    subject,
    author,
    date: sent || mailDate(transport) || properties.date(0x3007),
    bodies: [...(body === null ? [] : [body]), ...carried.messages],
    attachments: carried.files,
    pictures: carried.pictures,
    notes: [...lockNotes(properties.text(0x001a)), ...notes, ...carried.notes],
    omitted: [],
  };
}

/** HTML where the message has it, else its RTF where that wraps HTML or stands alone, else its plain text. */
function bodyOf(properties: Properties): Body | null {
  const bytes = properties.binary(0x1013);
  const html = bytes === undefined ? properties.text(0x1013) : htmlText(bytes, properties.internetCodePage);
  if (/\S/.test(html)) return { kind: 'html', html };
  const plain = properties.text(0x1000);
  const compressed = properties.binary(0x1009);
  const rich = compressed === undefined ? null : rtfBody(decompressRtf(compressed));
  if (rich !== null && (rich.kind === 'html' || !/\S/.test(plain))) return rich;
  return /\S/.test(plain) ? { kind: 'plain', text: plain } : null;
}

function followableBody(body: Body | null): { body: Body | null; notes: readonly string[] } {
  if (body?.kind !== 'html') return { body, notes: [] };
  const { markup, tooDeep } = followable(body.html);
  return { body: { kind: 'html', html: markup }, notes: tooDeep ? [TOO_DEEP] : [] };
}

function htmlText(bytes: Uint8Array, codePage: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeCodePage(bytes, codePage);
  }
}

function recipientsOf(storage: Storage, outer: Properties): (type: number) => string {
  const all = [...storage.storages]
    .filter(([name]) => name.startsWith('__recip_version1.0_'))
    .map(([, recipient]) => new Properties(recipient, HEADER_LENGTH.part, outer));
  return (type) =>
    all
      .filter((recipient) => recipient.number(0x0c15) === type)
      .map((recipient) => mailbox(recipient.text(0x3001), recipient.text(0x39fe) || recipient.text(0x3003)))
      .filter((text) => text !== '')
      .join(', ');
}

/** A name with its address; those of an Exchange directory say nothing to a person. */
function mailbox(name: string, address: string): string {
  const known = address.includes('@') ? address : '';
  if (known === '' || name.includes(known)) return name.trim();
  return name.trim() === '' ? known : `${name.trim()} <${known}>`;
}

interface Carried {
  readonly files: readonly Attachment[];
  readonly messages: readonly Body[];
  readonly pictures: number;
  readonly notes: readonly string[];
}

function attachmentsOf(storage: Storage, outer: Properties, depth: number): Carried {
  const files: Attachment[] = [];
  const messages: Body[] = [];
  const notes: string[] = [];
  let pictures = 0;
  for (const [key, part] of storage.storages) {
    if (!key.startsWith('__attach_version1.0_')) continue;
    const properties = new Properties(part, HEADER_LENGTH.part, outer);
    const name = properties.text(0x3707) || properties.text(0x3704) || properties.text(0x3001);
    const type = properties.text(0x370e).toLowerCase();
    const inner = properties.inner(0x3701);
    const bytes = properties.binary(0x3701);
    if (inner !== undefined && properties.number(0x3705) !== EMBEDDED_OBJECT) {
      if (depth < MAX_NESTED) messages.push({ kind: 'message', message: outlookMessage(inner, outer, depth + 1) });
      else notes.push(`“${name}” lies in more than ${MAX_NESTED} messages, one in the other, and was not read.`);
    } else if (bytes === undefined)
      notes.push(`The attachment “${name || 'without a name'}” is not in the file itself and was not read.`);
    else if (isInline(properties, name, type)) pictures++;
    else files.push({ name, type, bytes });
  }
  return { files, messages, pictures, notes };
}

function isInline(properties: Properties, name: string, type: string): boolean {
  const isPicture = type.startsWith('image/') || /\.(?:png|jpe?g|gif|bmp|emz|wmz)$/i.test(name);
  const isShown = (properties.number(0x3714) & INLINE_FLAG) !== 0 || (properties.number(0x7ffe) & 1) !== 0;
  return isPicture && isShown && properties.text(0x3712) !== '';
}

/** Told of messages of a class that is for encrypted ones; signed ones have it, too. */
export const LOCKED = 'It is encrypted (S/MIME), and its body was not read. Save the mail decrypted and add that.';

function lockNotes(messageClass: string): string[] {
  return /^IPM\.Note\.SMIME$/i.test(messageClass) ? [LOCKED] : [];
}
