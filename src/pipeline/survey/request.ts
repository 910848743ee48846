/** Questions that want more than one passage can answer: summarise a document, list all of something, compare two things. */

/** A document that can be asked for by name. */
export interface Named {
  readonly path: string;
  /** As it is shown. */
  readonly name: string;
  readonly title: string;
}

export type SurveyRequest =
  | { readonly kind: 'summarise'; readonly path: string; readonly name: string }
  | { readonly kind: 'list'; readonly about: string }
  /** `aspect` is what of the two is compared; '' for everything. */
  | { readonly kind: 'compare'; readonly sides: readonly [string, string]; readonly aspect: string };

const POLITE = /^(?:please|can you|could you|would you|i want you to)[,\s]+/i;
const SUMMARISE =
  /^(?:summari[sz]e|sum up|give me (?:a|the) summary of|(?:write )?a summary of|what does .{0,3}say in short)\s*(.*)$/i;
const THIS = /^(?:it|this|that|(?:this|the|that)(?: whole| entire)? (?:document|file|text|paper))$/i;
const LIST =
  /^(?:list|enumerate)\s+(?:me\s+)?(?:all\s+|every\s+|each\s+)?(?:(?:of\s+)?the\s+)?(.{3,})$|^(?:name|give me|show me|tell me|find|what are|which are|collect)\s+(?:all|every|each)\s+(?:(?:of\s+)?the\s+)?(.{3,})$/i;
const COMPARE = [
  /^compare\s+(?:(?<aspect>.+?)\s+(?:of|in|for)\s+)?(?<a>.+?)\s+(?:and|with|to|against)\s+(?<b>.+)$/i,
  /^what (?:is|are) the differences? between\s+(?<a>.+?)\s+and\s+(?<b>.+)$/i,
  /^how (?:does|do|is|are)\s+(?<a>.+?)\s+(?:differ|different) from\s+(?<b>.+)$/i,
  /^(?<a>.{3,40}?)\s+(?:versus|vs\.?)\s+(?<b>.{3,40})$/i,
];

/** What the menu of a document asks: the same words that a person may type. */
export const summariseQuestion = (name: string): string => `Summarise ${name}`;

/**
 * Null for an ordinary question. `opened` is the path of the document that is open, which `this document` means; a
 * summary of something that is no document's name becomes a list of what is said about it.
 */
export function surveyRequest(
  question: string,
  documents: readonly Named[],
  opened: string | null,
): SurveyRequest | null {
  const asked = question
    .trim()
    .replace(/[\s?.!]+$/, '')
    .replace(POLITE, '');
  const summary = SUMMARISE.exec(asked);
  if (summary) return summaryOf(summary[1]!.trim(), documents, opened);
  const list = LIST.exec(asked);
  if (list) return { kind: 'list', about: (list[1] ?? list[2])!.trim() };
  for (const form of COMPARE) {
    const found = form.exec(asked)?.groups;
    if (found) return comparison(asked, found);
  }
  return null;
}

function comparison(asked: string, { a = '', b = '', aspect = '' }: Readonly<Record<string, string>>): SurveyRequest {
  // `the deposit for the flat and the security for the plot`: each side has its own.
  const isOwn = aspect !== '' && /\s(?:of|in|for)\s/i.test(b);
  const from = asked.indexOf(aspect, 'compare'.length);
  const first = isOwn ? asked.slice(from, asked.indexOf(a, from + aspect.length) + a.length) : a;
  return { kind: 'compare', sides: [first.trim(), b.trim()], aspect: isOwn ? '' : aspect.trim() };
}

function summaryOf(target: string, documents: readonly Named[], opened: string | null): SurveyRequest | null {
  if (target === '' || THIS.test(target)) {
    const meant = documents.find(({ path }) => path === opened) ?? (documents.length === 1 ? documents[0] : undefined);
    return meant ? { kind: 'summarise', path: meant.path, name: meant.name } : null;
  }
  const named = namedIn(target, documents);
  if (named) return { kind: 'summarise', path: named.path, name: named.name };
  return { kind: 'list', about: target.replace(/^(?:what is said about|all about|the)\s+/i, '') };
}

/** The document whose name or title the words are; among several the one with the fewest other words. */
function namedIn(target: string, documents: readonly Named[]): Named | undefined {
  const exact = documents.find(({ name, path }) =>
    [name, path].some((one) => one.toLowerCase() === target.toLowerCase()),
  );
  if (exact) return exact;
  const wanted = wordsOf(target.replace(/\b(?:the|document|file|called|named)\b/gi, ' '));
  if (wanted.length === 0) return undefined;
  const fitting = documents.flatMap((document) =>
    [document.name.replace(/\.\w{1,5}$/, ''), document.title].flatMap((called) => {
      const words = wordsOf(called);
      return words.length > 0 && wanted.every((word) => words.includes(word))
        ? [{ document, others: words.length }]
        : [];
    }),
  );
  return fitting.sort((a, b) => a.others - b.others)[0]?.document;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
