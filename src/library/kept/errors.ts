/** What can go wrong with the browser's storage, as sentences for the person. */
import { sentenceOf } from '../sentence.ts';

/** `message` is a whole sentence. */
export class KeptError extends Error {
  override readonly name = 'KeptError';
  constructor(
    readonly code: 'full' | 'newer' | 'refused' | 'unreadable' | 'other',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** @param what was to be done: `“lease.pdf” could not be kept` */
export function keptError(what: string, cause: unknown): KeptError {
  if (cause instanceof KeptError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  switch (name) {
    case 'QuotaExceededError':
      return new KeptError('full', `${what}: the storage that the browser gives this page is full.`, { cause });
    case 'VersionError':
      return new KeptError(
        'newer',
        `${what}: it was written by a newer version of Carrel. It is left as it is; reload the page to get that version.`,
        { cause },
      );
    case 'SecurityError':
    case 'InvalidStateError':
    case 'UnknownError':
      return new KeptError(
        'refused',
        `${what}: the browser lets this page keep nothing, as in some private windows, or its storage is damaged.`,
        { cause },
      );
    case 'NotFoundError':
    case 'NotReadableError':
      return new KeptError('unreadable', `${what}: the file was moved or changed since it was added.`, { cause });
    default:
      return new KeptError('other', `${what}: ${sentenceOf(cause)}`, { cause });
  }
}
