/** The files that mails carry, under names that do no harm. */
import type { InnerFile } from '../../document.ts';
import { UniquePaths, depthIn, safeName } from '../inner.ts';
import type { Attachment, Message } from './message.ts';

/** Mails in mails in mails: files deeper than this are not handed out. */
const MAX_DEPTH = 6;
const MAX_FILES = 5000;
const HOLDERS = ['eml', 'msg', 'mbox', 'mhtml', 'mht', 'zip'];

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
  'text/calendar': 'ics',
  'text/markdown': 'md',
  'text/rtf': 'rtf',
  'application/rtf': 'rtf',
  'application/json': 'json',
  'application/zip': 'zip',
  'message/rfc822': 'eml',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};

/** Gathers the files of one or many mails of the file at `path`. */
export class Attachments {
  readonly inner: InnerFile[] = [];
  readonly #paths = new UniquePaths();
  readonly #tooDeep: boolean;
  #left = 0;

  constructor(path: string) {
    this.#tooDeep = depthIn(`${path}/`, HOLDERS) > MAX_DEPTH;
  }

  /** Adds those of a mail and of the mails inside it, below `folder` (ending in a slash, or ''). */
  add(message: Message, folder: string): void {
    message.attachments.forEach((attachment, i) => this.#file(attachment, folder, i + 1));
    for (const body of message.bodies)
      if (body.kind === 'message') this.add(body.message, `${folder}${safeName(body.message.subject) || 'message'}/`);
  }

  /** Sentences on what was not handed out. */
  get notes(): readonly string[] {
    if (this.#left === 0) return [];
    const files = this.#left === 1 ? 'One attachment was' : `${this.#left} attachments were`;
    return [
      this.#tooDeep
        ? `${files} not read: they lie in files inside files more than ${MAX_DEPTH} deep.`
        : `${files} not read: a file may bring ${MAX_FILES} at most.`,
    ];
  }

  #file({ name, type, bytes }: Attachment, folder: string, number: number): void {
    if (bytes.length === 0) return;
    if (this.#tooDeep || this.inner.length >= MAX_FILES) {
      this.#left++;
      return;
    }
    this.inner.push({ path: this.#paths.take(folder + nameFor(name, type, number)), bytes });
  }
}

function nameFor(name: string, type: string, number: number): string {
  const ending = ENDINGS[type] ?? '';
  const given = safeName(name);
  if (given === '') return `attachment ${number}${ending === '' ? '' : `.${ending}`}`;
  // A mail's name is often its subject alone.
  return type === 'message/rfc822' && !/\.(?:eml|msg)$/i.test(given) ? `${given}.eml` : given;
}
