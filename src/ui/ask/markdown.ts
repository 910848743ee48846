/** An answer as Markdown, to take along. */
import type { Answer } from '../../pipeline/answer.ts';
import { placeText } from '../wording.ts';

/** The question, the answer with its `[n]`, doubts in words, and the sources with their passages. */
export function answerMarkdown(question: string, answer: Answer): string {
  const lines = [`**${oneLine(question)}**`, '', answer.text.trim()];
  for (const { text, support } of answer.sentences) {
    if (!support.supported) lines.push('', `> Not supported: “${oneLine(text)}” ${support.why}`);
  }
  if (answer.sources.length > 0) {
    lines.push('', answer.refused ? 'Nearest passages:' : 'Sources:', '');
    for (const { number, documentName, part, passage } of answer.sources) {
      lines.push(`${number}. ${placeText(documentName, part)}: “${oneLine(passage.text)}”`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const oneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');
