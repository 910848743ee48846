/** Files inside a PDF: they become documents of their own. */
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { InnerFile } from '../../document.ts';
import { UniquePaths, safeName } from '../inner.ts';
import type { AttachedFile } from './annotations.ts';

const MOST_FILES = 500;
const MOST_BYTES = 200 * 1024 * 1024;

/** The document's own attachments and those pinned to its pages; `notes` tells what was left out. */
export async function innerFiles(
  pdf: PDFDocumentProxy,
  pinned: readonly AttachedFile[],
): Promise<{ inner: InnerFile[]; notes: string[] }> {
  const paths = new UniquePaths();
  const inner: InnerFile[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  let left = 0;
  for (const { filename, content } of [...(await attached(pdf)), ...pinned]) {
    // Programs often list a pinned file among the document's own too.
    const key = `${filename} ${content.length}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (inner.length >= MOST_FILES || bytes + content.length > MOST_BYTES) {
      left++;
      continue;
    }
    bytes += content.length;
    inner.push({ path: paths.take(safeName(filename) || 'attachment'), bytes: new Uint8Array(content) });
  }
  const notes =
    left === 0
      ? []
      : [
          `${left} attached ${left === 1 ? 'file was' : 'files were'} left out: there are too many, or they are too large.`,
        ];
  return { inner, notes };
}

async function attached(pdf: PDFDocumentProxy): Promise<AttachedFile[]> {
  try {
    const found = ((await pdf.getAttachments()) ?? {}) as Record<string, Partial<AttachedFile>>;
    return Object.entries(found).flatMap(([name, { filename, content }]) =>
      content instanceof Uint8Array ? [{ filename: filename || name, content }] : [],
    );
  } catch {
    // A broken list of attachments takes nothing from the pages.
    return [];
  }
}
