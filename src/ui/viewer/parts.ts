/** Where one is in a document, in the words of its parts. */
import type { Document, Part } from '../../pipeline/document.ts';
import { count } from '../wording.ts';

/** A line of the table of contents. `depth` is 0 for a part that lies in no other. */
export interface Line {
  readonly part: Part;
  readonly depth: number;
}

/** The parts in order with how deep each one lies inside the ones before it. */
export function contents(parts: readonly Part[]): Line[] {
  const open: Part[] = [];
  return parts.map((part) => {
    while (open.length > 0 && !encloses(open[open.length - 1], part)) open.pop();
    const depth = open.length;
    open.push(part);
    return { part, depth };
  });
}

function encloses(outer: Part | undefined, inner: Part): boolean {
  return outer !== undefined && outer.start <= inner.start && inner.end <= outer.end && inner.start < outer.end;
}

/** The innermost part that holds `offset`, or null before the first and between parts. */
export function partAt(parts: readonly Part[], offset: number): Part | null {
  return parts.findLast((part) => part.start <= offset && offset < part.end) ?? null;
}

/** What stands in the header for a part: a page says of how many, a section its heading. */
export function whereabouts(document: Document, part: Part | null): string {
  if (!part) return '';
  if (part.kind !== 'page') return part.label;
  return `${part.label} of ${document.parts.filter((other) => other.kind === 'page').length}`;
}

/** Parts that a reader made to have places to name: a file is not said to have so many of them. */
const STRETCHES = ['rows', 'time', 'lines'] as const;
type Stretch = (typeof STRETCHES)[number];

/** What a person calls a part. */
const NOUNS: Readonly<Record<Exclude<Part['kind'], Stretch>, string>> = {
  page: 'page',
  section: 'section',
  slide: 'slide',
  sheet: 'sheet',
  chapter: 'chapter',
  message: 'message',
  cell: 'cell',
};

/** `14 pages`, `3 sheets, 40 sections`; '' where a file has none of its own. */
export function tally(parts: readonly Part[]): string {
  const times = new Map<string, number>();
  for (const { kind } of parts) {
    if (isStretch(kind)) continue;
    times.set(NOUNS[kind], (times.get(NOUNS[kind]) ?? 0) + 1);
  }
  return [...times].map(([noun, n]) => count(n, noun)).join(', ');
}

function isStretch(kind: Part['kind']): kind is Stretch {
  return (STRETCHES as readonly string[]).includes(kind);
}
