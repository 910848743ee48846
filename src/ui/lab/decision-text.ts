/** What the guide says of priorities and of what they lean to. */
import type { Lean, Priority, Unclear } from '../../lab/decision.ts';
import type { LessonId } from '../../lessons/lesson.ts';

export interface PriorityText {
  readonly name: string;
  readonly because: string;
  /** What was measured here that speaks of it, as a sentence (docs/lab.md); '' where nothing was. */
  readonly measured: string;
  /** Where the page shows it, beside the lesson. */
  readonly shown: string;
  readonly lesson: LessonId;
}

export const priorityText: Readonly<Record<Priority, PriorityText>> = {
  style: {
    name: 'A certain form or style of answer',
    because:
      'Behaviour is what training changes: form, tone, when to refuse. A passage in the prompt changes what is said, seldom how.',
    measured:
      'With the same passages, none of the base model’s answers to 100 questions was in the form asked for, and 99 of the tuned one’s.',
    shown: '“In format” in the table above, fine-tuning switched on and off',
    lesson: 'tuning',
  },
  changing: {
    name: 'Data that changes',
    because:
      'A changed document takes effect with the next question. A model would have to be trained again, and would mix old and new.',
    measured: '',
    shown: 'drop a changed file on the desk and ask again',
    lesson: 'change',
  },
  traceable: {
    name: 'Answers that can be traced',
    because: 'Only a passage that was read can be cited and opened. What stands in weights has no place to point to.',
    measured: 'With passages the tuned model cites one that holds the answer for 59 of 79 questions, without for none.',
    shown: '“Cites the evidence” in the table above: alone, neither model can',
    lesson: 'costs',
  },
  stable: {
    name: 'Knowledge that stays as it is',
    because:
      'What never changes and is asked for again and again may be worth training in, if there are examples enough. Facts learnt so come back without a source, and not always right.',
    measured: 'Tuned to answer from passages, and asked without any, the model had 3 of 57 short answers right.',
    shown: '“Correct” in the table above, without passages',
    lesson: 'saves',
  },
  soon: {
    name: 'To begin today',
    because:
      'Retrieval begins with the files as they are. Training wants examples, hours, and a way to know that it got better.',
    measured: '',
    shown: 'how long the desk took to read your documents',
    lesson: 'change',
  },
  short: {
    name: 'Short prompts, little reading',
    because:
      'What a model has been taught need not be told with every question; passages have to be read, and that takes time.',
    measured:
      'Told at length, with examples, the base model reads 306 tokens more with each of 60 questions, for twice the time, and 13% of its answers are in the form asked for; of the tuned one’s all are.',
    shown: '“Prompt” and “Time” in the table above',
    lesson: 'saves',
  },
  large: {
    name: 'Much data, growing fast',
    because:
      'An index takes what comes, and a question reads only what is near to it. To train on all of it, again and again, costs with its size.',
    measured: 'The search takes milliseconds, also in ten thousand passages; what is read is no more.',
    shown: 'a question takes about as long with ten documents as with a hundred',
    lesson: 'costs',
  },
  restricted: {
    name: 'Not everybody may see everything',
    because:
      'A search can be kept to the documents that someone may see. What is trained into weights is told to everybody who asks well.',
    measured: '',
    shown: 'tick one document in the list: only that one is asked',
    lesson: 'prompt',
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
