/** The material of each live view as it stands in a lesson pack. */
import type { Lesson, LessonId, Materials } from './lesson.ts';
import type { Fields, Reading } from './pack-reading.ts';

/** What all lessons have. */
type Words = Omit<Lesson, 'id' | 'material'>;

/** The lesson with its material; what is wrong with it is told to `reading`. */
export function materialOf(id: LessonId, words: Words, fields: Fields, reading: Reading): Lesson {
  const texts = (name: string, least: number) =>
    fields.list(name, least, 24, (one, where) => reading.text(one, where, 600));
  const question = () => fields.text('question', 300);
  const document = () => fields.text('document', 6000);
  const only = (...names: readonly string[]) => fields.nothingElse(names);
  switch (id) {
    case 'pieces': {
      only('text', 'question', 'answer');
      const material = { text: fields.text('text', 4000), question: question(), answer: fields.text('answer', 1000) };
      if (!plain(material.text).includes(plain(material.answer)))
        reading.fault(`${fields.where}: the words of “answer” do not stand in “text”, one after the other.`);
      return { id, ...words, material };
    }
    case 'words': {
      only('sentences', 'question', 'wanted', 'without');
      const sentences = texts('sentences', 3);
      const wanted = fields.whole('wanted', 0, Math.max(0, sentences.length - 1));
      return {
        id,
        ...words,
        material: { sentences, question: question(), wanted, without: fields.text('without', 60) },
      };
    }
    case 'both': {
      only('passages', 'questions');
      const passages = texts('passages', 3);
      const questions = fields.list('questions', 1, 24, (one, where) => {
        const inside = reading.fields(one, where);
        inside?.nothingElse(['question', 'passage']);
        const last = Math.max(0, passages.length - 1);
        return inside && { question: inside.text('question', 300), passage: inside.whole('passage', 0, last) };
      });
      return { id, ...words, material: { passages, questions: questions.flatMap((one) => one ?? []) } };
    }
    case 'meaning':
      only('passages', 'questions');
      return { id, ...words, material: { passages: texts('passages', 3), questions: texts('questions', 1) } };
    case 'evidence': {
      only('passages', 'questions');
      return { id, ...words, material: { passages: texts('passages', 3), questions: asked(fields, reading) } };
    }
    case 'check':
      only('passage', 'question', 'answer');
      return {
        ...{ id, ...words },
        material: { passage: fields.text('passage', 3000), question: question(), answer: fields.text('answer', 1000) },
      };
    case 'prompt':
    case 'change':
    case 'tuning':
    case 'saves':
      only('document', 'question');
      return { id, ...words, material: { document: document(), question: question() } };
    case 'costs': {
      only('document', 'second', 'question');
      const material = { document: document(), second: fields.text('second', 6000), question: question() };
      return { id, ...words, material };
    }
  }
}

function asked(fields: Fields, reading: Reading): Materials['evidence']['questions'] {
  const questions = fields.list('questions', 2, 24, (one, where) => {
    const inside = reading.fields(one, where);
    inside?.nothingElse(['question', 'answered']);
    return inside && { question: inside.text('question', 300), answered: inside.truth('answered') };
  });
  const whole = questions.flatMap((one) => one ?? []);
  for (const answered of [true, false])
    if (whole.length > 0 && !whole.some((one) => one.answered === answered))
      reading.fault(`${fields.where}: at least one of the questions is to have “answered”: ${answered}.`);
  return whole;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
