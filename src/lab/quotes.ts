/** Where quoted evidence stands in the documents as the page reads them. */
import type { Span } from '../pipeline/document.ts';
import type { Place } from './metrics.ts';
import type { Question } from './question.ts';

/** A question whose evidence has its places. */
export type Placed = Omit<Question, 'wanted'> & { readonly wanted: Exclude<Question['wanted'], { by: 'quotes' }> };

/** The one place of quoted words in a text, white space counting as equal; else why there is none. */
export function quoteIn(text: string, quote: string): Span | 'missing' | 'ambiguous' {
  const words = quote.trim().split(/\s+/);
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'gu');
  const [first, second] = text.matchAll(pattern);
  if (!first) return 'missing';
  return second ? 'ambiguous' : { start: first.index, end: first.index + first[0].length };
}

/**
 * Finds quoted evidence in the texts of the documents.
 * @throws Error that names the question whose quotation does not stand in its document, or stands there twice
 */
export function placed(question: Question, texts: ReadonlyMap<string, string>): Placed {
  const { id, wanted } = question;
  if (wanted.by !== 'quotes') return { ...question, wanted };
  const places = wanted.quotes.map(({ document, quote }): Place => {
    const found = quoteIn(texts.get(document) ?? '', quote);
    if (found === 'missing') throw new Error(`Question ${id}: “${quote}” does not stand in ${document}.`);
    if (found === 'ambiguous') throw new Error(`Question ${id}: “${quote}” stands more than once in ${document}.`);
    return { document, ...found };
  });
  return { ...question, wanted: { by: 'spans', places } };
}
