/** Mail as it travels (RFC 5322, MIME): postal-mime takes it apart, this chooses what a person reads. */
import PostalMime, { decodeWords } from 'postal-mime';
import type { Omitted } from '../../document.ts';
import { decodeText } from '../decode.ts';
import { TOO_DEEP, followable } from '../nesting.ts';
import { mailDate } from './date.ts';
import { outlookMessage } from '../outlook/message.ts';
import { tnefStorage } from '../outlook/tnef.ts';
import { MAX_NESTED } from './message.ts';
import type { Attachment, Body, MailHeader, Message } from './message.ts';
import { securedContent } from './signed-content.ts';
import { tidied } from './tidied.ts';

/** What postal-mime keeps of each part; its published types leave it out. */
export interface MimePart {
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly contentType: {
    readonly parsed: { readonly value: string; readonly params: Readonly<Record<string, string>> };
    readonly multipart: string | false;
  };
  readonly contentDisposition: {
    readonly parsed: { readonly value: string; readonly params: Readonly<Record<string, string>> };
  };
  /** Decoded from base64 or quoted-printable. */
  readonly content: ArrayBuffer | null;
  readonly contentId?: string | undefined;
  readonly childNodes: readonly MimePart[];
  getTextContent(): string;
}

/** Parts inside parts deeper than this are no mail. */
const MAX_DEPTH = 100;

/** The tree of a mail's parts. @throws Error where it is nested or headed beyond the limits */
export async function mimeTree(bytes: Uint8Array): Promise<MimePart> {
  const parser = new PostalMime({
    maxNestingDepth: MAX_DEPTH,
    // Mails inside mails are taken apart here, where their place is known.
    forceRfc822Attachments: true,
  }) as PostalMime & { readonly root: MimePart };
  await parser.parse(tidied(bytes));
  return parser.root;
}

/** Reads one mail. @throws Error where it is nested or headed beyond the limits */
export async function readMime(bytes: Uint8Array, depth = 0): Promise<Message> {
  const root = await mimeTree(bytes);
  const found = new Found(depth);
  await found.collect(root);
  const header = (key: string): string => headerOf(root, key);
  return {
    headers: SHOWN.map(([name, key]): MailHeader => ({ name, value: allOf(root, key).join(', ') })).filter(
      ({ value }) => value !== '',
    ),
    subject: header('subject'),
    author: header('from') || header('sender'),
    date: mailDate(header('date')) || mailDate(/;([^;]*)$/.exec(header('received'))?.[1] ?? ''),
    bodies: found.bodies,
    attachments: found.attachments,
    pictures: found.pictures,
    notes: found.notes,
    omitted: found.omitted,
  };
}

const SHOWN = [
  ['From', 'from'],
  ['Sender', 'sender'],
  ['Reply-To', 'reply-to'],
  ['To', 'to'],
  ['Cc', 'cc'],
  ['Bcc', 'bcc'],
  ['Date', 'date'],
  ['Subject', 'subject'],
] as const;

/** Decoded; '' if the part has none. */
export function headerOf(part: MimePart, key: string): string {
  return allOf(part, key)[0] ?? '';
}

function allOf({ headers }: MimePart, key: string): string[] {
  return headers
    .filter((header) => header.key === key)
    .map(({ value }) => decodeWords(value).replace(/\s+/g, ' ').trim())
    .filter((value) => value !== '');
}

/** A part's bytes; empty where it has none. */
export function bytesOf(part: MimePart): Uint8Array<ArrayBuffer> {
  return new Uint8Array(part.content ?? new ArrayBuffer(0));
}

/** A part's text: as it states, unless its bytes say otherwise. */
export function textOf(part: MimePart): { text: string; notes: readonly string[] } {
  const { charset } = part.contentType.parsed.params;
  const text = part.getTextContent();
  if (!text.includes('\uFFFD')) return { text, notes: [] };
  const decoded = decodeText(bytesOf(part), charset);
  return decoded === null || decoded.text.includes('\uFFFD') ? { text, notes: decoded?.notes ?? [] } : decoded;
}

export const UNCHECKED = 'It carries a digital signature, which was not checked.';

/** What a mail's parts come to, in order. */
class Found {
  readonly bodies: Body[] = [];
  readonly attachments: Attachment[] = [];
  readonly notes: string[] = [];
  readonly omitted: Omitted[] = [];
  pictures = 0;
  /** Opaque signatures taken off, one inside the other. */
  #signatures = 0;

  constructor(private readonly depth: number) {}

  async collect(part: MimePart): Promise<void> {
    const { multipart, parsed } = part.contentType;
    if (multipart === false) return this.#leaf(part);
    if (multipart === 'encrypted') {
      this.notes.push('Its body is encrypted and was not read. Save the mail decrypted and add that.');
      return;
    }
    if (part.childNodes.length === 0) {
      this.#text(part, 'plain');
      if (part.content !== null && part.content.byteLength > 0)
        this.notes.push('Its parts could not be told from each other; they were read as one text.');
      return;
    }
    if (multipart === 'alternative') return this.#alternative(part.childNodes);
    for (const child of part.childNodes) await this.collect(child);
    if (multipart === 'signed' && parsed.value !== '') this.notes.push(UNCHECKED);
  }

  /** The richest of several forms of one text; of the others only what has other words. */
  async #alternative(forms: readonly MimePart[]): Promise<void> {
    const best =
      forms.findLast((form) => holds(form, 'text/html')) ?? forms.findLast((form) => holds(form, 'text/plain'));
    for (const form of forms) {
      const type = form.contentType.parsed.value;
      if (form === best || (type !== 'text/plain' && type !== 'text/html')) await this.collect(form);
    }
    const written = wordsIn(this.bodies);
    for (const form of forms) {
      if (form === best || form.contentType.parsed.value !== 'text/plain') continue;
      const { text } = textOf(form);
      if (!saysMore(text, written)) continue;
      this.omitted.push({ what: 'another form of the text', text: text.trim() });
      this.notes.push('Its plain text says other things than its formatted text, which was read.');
    }
  }

  async #leaf(part: MimePart): Promise<void> {
    const { value: type, params } = part.contentType.parsed;
    const disposition = part.contentDisposition.parsed.value;
    const name = decodeWords(part.contentDisposition.parsed.params['filename'] ?? params['name'] ?? '');
    if (type === 'message/rfc822' || type === 'message/global') return this.#message(part, name, disposition);
    if (SIGNATURES.has(type)) return;
    if (/^application\/(?:x-)?pkcs7-mime$/.test(type)) return this.#secured(bytesOf(part));
    if (type === 'application/ms-tnef' || /^winmail\.dat$/i.test(name)) {
      this.#outlook(bytesOf(part));
      return;
    }
    if (disposition !== 'attachment') {
      if (type === 'text/html') return this.#text(part, 'html');
      if (type === 'text/plain' || type === '' || REPORTS.has(type)) return this.#text(part, 'plain');
      if (type.startsWith('image/') && (part.contentId !== undefined || disposition === 'inline')) {
        this.pictures++;
        return;
      }
    }
    const bytes = bytesOf(part);
    if (bytes.length > 0 || name !== '') this.attachments.push({ name, type, bytes });
  }

  #text(part: MimePart, kind: 'plain' | 'html'): void {
    const { text, notes } = textOf(part);
    for (const note of notes) if (!this.notes.includes(note)) this.notes.push(note);
    if (kind === 'html') {
      const { markup, tooDeep } = followable(text);
      if (tooDeep) this.notes.push(TOO_DEEP);
      this.bodies.push({ kind, html: markup });
      return;
    }
    const armour = /-----BEGIN PGP MESSAGE-----[\s\S]*?(?:-----END PGP MESSAGE-----|$)/;
    if (armour.test(text))
      this.notes.push('Its text is encrypted (PGP) and was not read. Save it decrypted and add that.');
    this.bodies.push({ kind, text: text.replace(armour, '') });
  }

  /** Opaque S/MIME: what is signed is a part like any other. */
  async #secured(bytes: Uint8Array): Promise<void> {
    const found = securedContent(bytes);
    if (found.kind === 'signed' && this.#signatures < MAX_NESTED) {
      this.#signatures++;
      await this.collect(await mimeTree(found.content));
      if (!this.notes.includes(UNCHECKED)) this.notes.push(UNCHECKED);
      return;
    }
    this.notes.push(
      found.kind === 'encrypted'
        ? 'Its body is encrypted (S/MIME) and was not read. Save the mail decrypted and add that.'
        : 'Its body is wrapped in S/MIME in a way that could not be followed, and was not read. Save the mail decrypted and unsigned and add that.',
    );
  }

  /** What Outlook packed in `winmail.dat`; its text often says again what stands beside it. */
  #outlook(bytes: Uint8Array): void {
    const storage = tnefStorage(bytes);
    if (storage === null) {
      this.notes.push(
        '“winmail.dat”, a package that only Outlook opens, is damaged and was not read. Ask the sender for plain files.',
      );
      return;
    }
    const packed = outlookMessage(storage);
    const written = wordsIn(this.bodies);
    for (const body of packed.bodies)
      if (body.kind === 'message' || saysMore(wordsIn([body]), written)) this.bodies.push(body);
    this.attachments.push(...packed.attachments);
    this.pictures += packed.pictures;
    this.notes.push(...packed.notes);
  }

  async #message(part: MimePart, name: string, disposition: string): Promise<void> {
    const bytes = bytesOf(part);
    if (disposition !== 'attachment' && this.depth < MAX_NESTED)
      this.bodies.push({ kind: 'message', message: await readMime(bytes, this.depth + 1) });
    else this.attachments.push({ name, type: 'message/rfc822', bytes });
  }
}

const SIGNATURES = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'application/pgp-encrypted',
]);
/** Machines write these for people to read. */
const REPORTS = new Set(['message/delivery-status', 'message/disposition-notification', 'text/rfc822-headers']);

function holds(part: MimePart, type: string): boolean {
  const { value } = part.contentType.parsed;
  // An empty form is no form.
  if (value === type) return part.contentDisposition.parsed.value !== 'attachment' && bytesOf(part).some((b) => b > 32);
  return part.childNodes.some((child) => holds(child, type));
}

function wordsIn(bodies: readonly Body[]): string {
  return bodies
    .map((body) => (body.kind === 'plain' ? body.text : body.kind === 'html' ? body.html.replace(/<[^>]*>/g, ' ') : ''))
    .join(' ');
}

/** Whether at least half of a text's words are not in the other. */
function saysMore(text: string, other: string): boolean {
  const words = wordsOf(text);
  const known = new Set(wordsOf(other));
  return words.length > 0 && words.filter((word) => !known.has(word)).length * 2 > words.length;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}
