/** What the model would be asked, as lines for tools/model/evaluate.py, which asks a file of weights that the page does not ship. */
import type { Model } from '../../../src/pipeline/pipeline.ts';
import type { PromptPassage } from '../../../src/pipeline/prompt/prompt.ts';
import { contextOfRows, labelledRows } from '../../../src/pipeline/prompt/rows.ts';
import { ask, type Task } from './ask.ts';

/** JSON lines {id, source, kind, question, passages, golds, goldNumbers}; null where the page refuses without asking. */
export async function promptLine(task: Task, model: Model): Promise<string | null> {
  let read: readonly PromptPassage[] | null = null;
  const listening: Model = {
    prompt: async (passages, question) => {
      const prompt = await model.prompt(passages, question);
      read = passages.slice(0, prompt.passages);
      return prompt;
    },
    readAhead: () => Promise.resolve(),
    // Never the shipped model: what is asked is all that counts.
    generate: () => Promise.resolve({ text: '', ids: [], ended: 'end-token', readBefore: 0 }),
  };
  const { id, source, kind, question, golds, gold } = await ask(task, listening, 'adapter');
  if (!read) return null;
  const passages = (read as readonly PromptPassage[]).map(asRead);
  return JSON.stringify({ id, source, kind, question, passages, golds, goldNumbers: gold });
}

function asRead(passage: PromptPassage): string {
  const context = contextOfRows(passage);
  const text = labelledRows(passage);
  return context ? `${context}: ${text}` : text;
}
