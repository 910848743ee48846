/** The words in which the page's own model is asked: those of its training, and others for the lab to compare with. */
import { answerBudget, grounded, passageBudget, refusal, type PromptFormat } from './format.ts';

/**
 * - `training`: as the desk asks; the adapter has learned what is not said there
 * - `instruction`: all of it said: rules in words and worked examples, as one would have to tell the base model
 * - `plain`: the question alone, as a turn of a conversation
 * - `continuation`: no turn at all, a text to go on with
 */
export const wordings = ['training', 'instruction', 'plain', 'continuation'] as const;
export type Wording = (typeof wordings)[number];

const rules = `You answer questions about documents. Keep to these rules.
1. Answer from the numbered passages only. Use nothing that you know from elsewhere.
2. Answer in one short sentence, or with just the name, number or date that was asked for.
3. End with the number of the passage that the answer stands in, in square brackets, like [1].
4. Cite no passage that was not given.
5. If the passages do not answer the question, write exactly: ${refusal}.
6. Write nothing else: no introduction, no explanation, no list.`;

/** Self-made, about things that no question of a measurement asks. */
const workedExamples: readonly { readonly passages: readonly string[]; readonly question: string; answer: string }[] = [
  {
    passages: [
      'The mill: The mill at Harrow Ford grinds barley on Tuesdays and wheat on Fridays.',
      'The mill: Its wheel was made anew in 1902, after the flood had taken the old one.',
    ],
    question: 'When was the wheel of the mill made anew?',
    answer: '1902 [2].',
  },
  {
    passages: [
      'The choir: The choir meets in the school hall at half past seven. New singers are heard by Mr Penn in September.',
      'The choir: Music is lent for a season and given back after the last concert.',
    ],
    question: 'What happens with the music after the last concert?',
    answer: 'It is given back after the last concert [2].',
  },
  {
    passages: ['The orchard: Apples are picked from August on, pears a month later.'],
    question: 'Who owns the orchard?',
    answer: `${refusal}.`,
  },
];

const userTurn = '<|im_start|>user\n';

function exampleTurns(): string {
  return workedExamples
    .map(({ passages, question, answer }) => {
      const numbered = passages.map((text, i) => grounded.numbered(i + 1) + text + grounded.afterPassage.join(''));
      return `${userTurn}${numbered.join('')}${grounded.asked(question)}${answer}<|im_end|>\n`;
    })
    .join('');
}

const instruction: PromptFormat = {
  ...grounded,
  head: `<|im_start|>system\n${rules}<|im_end|>\n${exampleTurns()}${userTurn}`,
  // The passages get as much room as in training, whatever is said before them: the model reads 8,192 tokens.
  room: (_, tokensOf) => passageBudget - tokensOf(grounded.head) + tokensOf(instruction.head),
};

const plain: PromptFormat = {
  ...grounded,
  head: userTurn,
  asked: (question) => `${question}<|im_end|>\n<|im_start|>assistant\n`,
};

const continuation: PromptFormat = { ...grounded, head: '', asked: (text) => text };

export const formatOf: Readonly<Record<Wording, PromptFormat>> = {
  training: grounded,
  instruction,
  plain,
  continuation,
};

/** How the page's own model is asked, beside how it reads. */
export interface Asking {
  readonly wording: Wording;
  /** The longest answer; a longer one is cut. */
  readonly maxTokens: number;
}

/** As the desk asks. */
export const asTrained: Asking = { wording: 'training', maxTokens: answerBudget };
