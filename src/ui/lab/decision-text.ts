/** What the guide says of priorities and of what they lean to. */
import type { Lean, Priority, Unclear } from '../../lab/decision.ts';

export interface PriorityText {
  readonly name: string;
  readonly because: string;
  /** Where the page shows it. */
  readonly shown: string;
}

export const priorityText: Readonly<Record<Priority, PriorityText>> = {
  style: {
    name: 'A certain form or style of answer',
    because:
      'Behaviour is what training changes: form, tone, when to refuse. A passage in the prompt changes what is said, seldom how.',
    shown: '“In format” in the table above, fine-tuning switched on and off',
  },
  changing: {
    name: 'Data that changes',
    because:
      'A changed document takes effect with the next question. A model would have to be trained again, and would mix old and new.',
    shown: 'drop a changed file on the desk and ask again',
  },
  traceable: {
    name: 'Answers that can be traced',
    because: 'Only a passage that was read can be cited and opened. What stands in weights has no place to point to.',
    shown: '“Cites the evidence” in the table above: alone, neither model can',
  },
  stable: {
    name: 'Knowledge that stays as it is',
    because:
      'What never changes and is asked for again and again may be worth training in, if there are examples enough. Facts learnt so come back without a source, and not always right.',
    shown: '“Correct” in the table above, without passages',
  },
  soon: {
    name: 'To begin today',
    because:
      'Retrieval begins with the files as they are. Training wants examples, hours, and a way to know that it got better.',
    shown: 'how long the desk took to read your documents',
  },
  short: {
    name: 'Short prompts, little reading',
    because:
      'What a model has been taught need not be told with every question; passages have to be read, and that takes time.',
    shown: '“Prompt” and “Time” in the table above',
  },
  large: {
    name: 'Much data, growing fast',
    because:
      'An index takes what comes, and a question reads only what is near to it. To train on all of it, again and again, costs with its size.',
    shown: 'a question takes about as long with ten documents as with a hundred',
  },
  restricted: {
    name: 'Not everybody may see everything',
    because:
      'A search can be kept to the documents that someone may see. What is trained into weights is told to everybody who asks well.',
    shown: 'tick one document in the list: only that one is asked',
  },
};

const unclearText: Readonly<Record<Unclear, string>> = {
  nothing: 'Say what matters, and it leans one way, the other, or to both.',
  conflict:
    'It is not clear: the same knowledge cannot both change and stay. Ask it for each kind of knowledge by itself; many a project has one of either.',
  even: 'It is not clear: too little, or as much for one as for the other. Then begin with retrieval, which is sooner undone, and measure whether training adds to it.',
};

export function leanText(lean: Lean): string {
  switch (lean.to) {
    case 'retrieval':
      return 'It leans to retrieval: change what the model reads.';
    case 'tuning':
      return 'It leans to fine-tuning: change how the model behaves.';
    case 'both':
      return 'It leans to both: fine-tuning for how it answers, retrieval for what it answers from. So it is on this page.';
    case 'unclear':
      return unclearText[lean.why];
  }
}
