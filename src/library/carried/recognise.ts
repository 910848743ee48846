/** Whether a file is a collection, by its content or by its name: a damaged one is to be refused, not read as text. */

export const extension = '.carrel';

/** Content of the first entry: a reader of magic numbers finds it at byte 38, as in OpenDocument files and e-books. */
export const mediaType = 'application/vnd.carrel.collection+zip';

/** Begins the first line of an encrypted one; a version follows. */
export const encryptedMagic = 'carrel encrypted collection ';

const entryName = 'mimetype';
const headLength = 128;

/** Not all that can be read, but what is read most: a file of such a name enters the list at once. */
const documents =
  /\.(?:txt|log|md|html?|pdf|docx?|odt|rtf|pptx?|odp|xlsx?|ods|csv|tsv|epub|ipynb|jsonl?|xml|ya?ml|srt|vtt|eml|msg|mbox|png|jpe?g|webp|gif|bmp)$/i;

/** Whether the content has to be looked at: a name that promises a document settles it without. */
export function mayBeCollection(path: string): boolean {
  return !documents.test(path);
}

export async function isCollectionFile(file: File): Promise<boolean> {
  if (file.name.toLowerCase().endsWith(extension)) return true;
  // What cannot be read is told of by the reader.
  const head = await file
    .slice(0, headLength)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  const text = new TextDecoder('latin1').decode(head);
  return (
    text.startsWith(encryptedMagic) || (text.startsWith('PK\x03\x04') && text.startsWith(entryName + mediaType, 30))
  );
}

export async function isEncrypted(file: Blob): Promise<boolean> {
  return (await file.slice(0, encryptedMagic.length).text()) === encryptedMagic;
}
