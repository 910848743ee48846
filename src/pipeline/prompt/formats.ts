/** How models are asked that the page does not ship. None of them was trained to cite, so none is asked to. */
import { breakUp } from './control.ts';
import { passageBudget, refusal, type PromptFormat } from './format.ts';

const instruction =
  'Answer the question in a sentence, from the passages only. ' + `If the passages do not answer it, say: ${refusal}.`;

/** A passage's number must not look like a citation: it would be copied. */
const numbered = (number: number): string => `Passage ${number}: `;

/** The encoder of T5 was trained on so many tokens (Raffel et al. 2020). */
const ENCODER = 512;

/** T5 and what was made from it: one text in plain words. SentencePiece has no line ends: they become spaces. */
export const plainInstruction: PromptFormat = {
  head: `${instruction}\n\n`,
  numbered,
  afterPassage: ['\n\n'],
  asked: (question) => `Question: ${question}\nAnswer:</s>`,
  breakUp: (text) => text.replace(/<(?=(?:\/s|pad|unk|extra_id_\d{1,2})>)/g, '< '),
  room: (asked) => ENCODER - asked,
  questionBudget: 120,
  ends: ['</s>'],
};

/** ChatML, as the model card of Qwen1.5 has it: `<|im_start|>role`, a line end, the text, `<|im_end|>`. */
export const chat: PromptFormat = {
  head: `<|im_start|>system\n${instruction}<|im_end|>\n<|im_start|>user\n`,
  numbered,
  afterPassage: ['\n\n'],
  asked: (question) => `Question: ${question}<|im_end|>\n<|im_start|>assistant\n`,
  breakUp,
  // It reads far more (32,768), but each token takes a machine several times as long as with the page's own model.
  room: () => passageBudget,
  questionBudget: 200,
  ends: ['<|im_end|>', '<|endoftext|>'],
};
