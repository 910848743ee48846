/** An answer, and a whole conversation, as Markdown to take along: sources are footnotes. */
import type { Turn } from '../../library/state.ts';
import type { Answer, Source } from '../../pipeline/answer.ts';
import { count, placeText } from '../wording.ts';

/**
 * The question, the answer with its `[^n]`, doubts in words, and the passages that it cites as footnotes; what was read
 * and is not cited stands in a list behind. `prefix` keeps the footnotes of several answers apart.
 */
export function answerMarkdown(question: string, answer: Answer, understood = '', prefix = ''): string {
  const lines = [`**${oneLine(question)}**`, ''];
  if (understood) lines.push(`_Understood as: ${oneLine(understood)}_`, '');
  const of = askedOf(answer);
  if (of) lines.push(`_${of}_`, '');
  lines.push(...answerLines(answer, prefix));
  return `${lines.join('\n')}\n`;
}

/** All turns in order, under one heading. */
export function conversationMarkdown(turns: readonly Turn[]): string {
  const parts = turns.map(({ question, understood, answer, error }, i) => {
    if (answer) return answerMarkdown(question, answer, understood, `${i + 1}-`);
    return `**${oneLine(question)}**\n\n${error || 'Not answered yet.'}\n`;
  });
  return `# Conversation\n\n${parts.join('\n---\n\n')}`;
}

function answerLines(answer: Answer, prefix: string): string[] {
  const known = new Map(answer.sources.map((source) => [source.number, source]));
  const cited = new Set<Source>();
  const text = answer.text.trim().replace(/\[(\d+(?:\s*[,;]\s*\d+)*)\]/g, (whole, inside: string) => {
    const sources = inside.split(/[,;]/).map((number) => known.get(Number(number)));
    if (sources.some((source) => !source)) return whole;
    return sources.map((source) => cited.add(source!) && `[^${prefix}${source!.number}]`).join('');
  });
  const lines = [text];
  for (const { text: sentence, support } of answer.sentences) {
    if (!support.supported) lines.push('', `> Not supported: “${oneLine(sentence)}” ${support.why}`);
  }
  const others = answer.sources.filter((source) => !cited.has(source));
  if (others.length > 0) {
    lines.push('', answer.refused ? 'Nearest passages:' : 'Read as well, and not cited:', '');
    lines.push(...others.map((source) => `- ${sourceText(source)}`));
  }
  if (cited.size > 0) lines.push('');
  for (const source of answer.sources) {
    if (cited.has(source)) lines.push(`[^${prefix}${source.number}]: ${sourceText(source)}`);
  }
  return lines;
}

/** `lease.pdf, page 4: “The rent is …”` */
export function sourceText({ documentName, part, passage }: Source): string {
  return `${placeText(documentName, part)}: “${oneLine(passage.text)}”`;
}

/** `Asked only of 2 documents.`; '' where it was asked of all. */
export function askedOf({ survey, trace }: Answer): string {
  const documents = survey ? survey.documents : trace.searched.documents;
  return documents === undefined ? '' : `Asked only of ${count(documents, 'document')}.`;
}

export const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');
