/** Why a collection file was not opened, or not written, as sentences for the person. */

/** `message` is a whole sentence; nothing has been opened or changed. */
export class CarriedError extends Error {
  override readonly name = 'CarriedError';
  constructor(
    readonly code: 'damaged' | 'newer' | 'too-large' | 'passphrase' | 'impossible',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** @param what went wrong, without a full stop: `the entry documents/3/document.json is not what was saved` */
export function damaged(what: string, cause?: unknown): CarriedError {
  return new CarriedError(
    'damaged',
    `The collection file is damaged or was changed: ${what}. Nothing was opened. Take another copy of it, or save it again.`,
    { cause },
  );
}

export function tooLarge(what: string): CarriedError {
  return new CarriedError(
    'too-large',
    `The collection file holds more than Carrel opens: ${what}. Nothing was opened.`,
  );
}
