import type { Place } from '../../src/lab/metrics.ts';
import type { Question } from './questions.ts';

/** A question whose evidence has its places. */
export type Placed = Omit<Question, 'wanted'> & { readonly wanted: Exclude<Question['wanted'], { by: 'quotes' }> };

/**
 * Finds quoted evidence in the texts of the documents as the page reads them; white space counts as equal.
 * @throws Error that names the question whose quotation does not stand in its document, or stands there twice
 */
export function placed(question: Question, texts: ReadonlyMap<string, string>): Placed {
  const { id, wanted } = question;
  if (wanted.by !== 'quotes') return { ...question, wanted };
  const places = wanted.quotes.map(({ document, quote }): Place => {
    const words = quote.trim().split(/\s+/);
    const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'gu');
    const [first, second] = (texts.get(document) ?? '').matchAll(pattern);
    if (!first) throw new Error(`Question ${id}: “${quote}” does not stand in ${document}.`);
    if (second) throw new Error(`Question ${id}: “${quote}” stands more than once in ${document}.`);
    return { document, start: first.index, end: first.index + first[0].length };
  });
  return { ...question, wanted: { by: 'spans', places } };
}
