/** An answer as plain text to take along. */
import type { Answer } from '../../pipeline/answer.ts';
import { askedOf, oneLine, sourceText } from './markdown.ts';

/** The question, the answer with its `[n]`, doubts in words, and each source under its number. */
export function answerPlain(question: string, answer: Answer, understood = ''): string {
  const lines = [oneLine(question), ''];
  if (understood) lines.push(`(Understood as: ${oneLine(understood)})`, '');
  const of = askedOf(answer);
  if (of) lines.push(`(${of})`, '');
  lines.push(answer.text.trim());
  for (const { text, support } of answer.sentences) {
    if (!support.supported) lines.push('', `Not supported: “${oneLine(text)}” ${support.why}`);
  }
  if (answer.sources.length > 0) lines.push('', answer.refused ? 'Nearest passages:' : 'Sources:');
  lines.push(...answer.sources.map((source) => `[${source.number}] ${sourceText(source)}`));
  return `${lines.join('\n')}\n`;
}
