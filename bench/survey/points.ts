/** What a summary, a list or a comparison should say, and what of it an answer says. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.ts';
import { containsGold } from '../../src/lab/answer-metrics.ts';
import type { Share } from '../../src/lab/bootstrap.ts';

const FIXTURES = join(ROOT, 'tests/fixtures');

/** Files of documents, and of the questions about them. */
export interface QuestionSet {
  readonly documents: readonly string[];
  readonly questions: string;
}

export const sets = {
  fitted: {
    documents: readdirSync(join(FIXTURES, 'survey/documents')).map((name) => join(FIXTURES, 'survey/documents', name)),
    questions: join(FIXTURES, 'survey/fitted.jsonl'),
  },
  held: {
    documents: [
      ...['lease.pdf', 'bylaw.docx'].map((name) => join(FIXTURES, 'documents/collection', name)),
      ...['history.txt', 'house-rules.md', 'minutes-2025.pdf', 'visiting.html'].map((name) =>
        join(ROOT, 'public/samples', name),
      ),
    ],
    questions: join(FIXTURES, 'survey/held.jsonl'),
  },
} as const satisfies Record<string, QuestionSet>;

export interface KnownPoint {
  /** All of them; each may be written in several ways, `fifty minutes|50 minutes`. */
  readonly says: readonly string[];
  /** Which of two compared things it is about, 0 or 1; in a summary or a list it has none. */
  readonly side?: 0 | 1;
}

export interface Question {
  readonly id: string;
  readonly question: string;
  readonly points: readonly KnownPoint[];
}

/** One point of an answer. */
export interface Line {
  readonly text: string;
  /** As for a known point. */
  readonly side?: 0 | 1;
  /** The page's own check found it in what it cites. */
  readonly supported: boolean;
}

export interface Judged {
  /** Of the known points, those that a line says. */
  readonly covered: Share;
  /** Of the lines, those that say a known point. */
  readonly toThePoint: Share;
  /** Of the lines, those that are supported. */
  readonly supported: Share;
  readonly missed: readonly string[];
}

export function questionsOf(jsonl: string): readonly Question[] {
  return jsonl
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Question);
}

/** Points that stand in no paragraph of the documents: of a summary, of its own. @param texts by the document's name */
export function unknown(questions: readonly Question[], texts: ReadonlyMap<string, string>): readonly string[] {
  return questions.flatMap(({ id, question, points }) => {
    const own = [...texts].filter(([name]) => !id.startsWith('summary') || question.endsWith(name));
    const paragraphs = own.flatMap(([, text]) => text.split(/\n\s*\n/));
    return points.flatMap((point) =>
      paragraphs.some((text) => says(text, point)) ? [] : [`${id}: ${point.says.join(' + ')}`],
    );
  });
}

function says(text: string, { says: wanted }: KnownPoint): boolean {
  return wanted.every((one) => containsGold(text, one.split('|')));
}

export function judged(lines: readonly Line[], points: readonly KnownPoint[]): Judged {
  const isSaid = (line: Line, point: KnownPoint) => line.side === point.side && says(line.text, point);
  const missed = points.filter((point) => !lines.some((line) => isSaid(line, point)));
  const share = (test: (line: Line) => boolean): Share => ({ sum: lines.filter(test).length, weight: lines.length });
  return {
    covered: { sum: points.length - missed.length, weight: points.length },
    toThePoint: share((line) => points.some((point) => isSaid(line, point))),
    supported: share(({ supported }) => supported),
    missed: missed.map((point) => point.says.join(' + ')),
  };
}
