/** The question set of this desk: made in the page, opened from a file, saved to one; kept and carried with a collection. */
import type { Question, Quote } from '../lab/question.ts';
import type { QuestionSetApi } from './state.ts';

export class QuestionSet implements QuestionSetApi {
  questions = $state.raw<readonly Question[]>([]);

  add(question: string, evidence: Quote | null, answer = ''): void {
    const text = question.trim();
    if (text === '') return;
    const before = this.questions.find((one) => one.question === text);
    const others = this.questions.filter((one) => one !== before);
    if (!evidence) {
      const wanted = { by: 'nothing' } as const;
      this.questions = [...others, { id: before?.id ?? this.newId(), question: text, wanted, answers: [] }];
      return;
    }
    const quoted = before?.wanted.by === 'quotes' ? before.wanted.quotes : [];
    const isThere = quoted.some(({ document, quote }) => document === evidence.document && quote === evidence.quote);
    const wanted = { by: 'quotes', quotes: isThere ? quoted : [...quoted, evidence] } as const;
    const answers = [...new Set([...(before?.answers ?? []), ...[answer.trim()].filter(Boolean)])];
    const asked = { id: before?.id ?? this.newId(), question: text, wanted };
    this.questions = [...others, { ...asked, ...(answers.length > 0 && { answers }) }];
  }

  remove(id: string): void {
    this.questions = this.questions.filter((one) => one.id !== id);
  }

  clear(): void {
    this.questions = [];
  }

  /** Those of a collection that comes onto the desk. */
  restore(questions: readonly Question[]): void {
    this.questions = questions;
  }

  async open(file: File): Promise<number> {
    const { parseQuestions } = await import('../lab/question-file.ts');
    const opened = parseQuestions(await file.text(), file.name, null);
    if (opened.length === 0) throw new Error(`“${file.name}” holds no questions.`);
    const ids = new Set(opened.map(({ id }) => id));
    this.questions = [...this.questions.filter(({ id }) => !ids.has(id)), ...opened];
    return opened.length;
  }

  private newId(): string {
    const taken = new Set(this.questions.map(({ id }) => id));
    let n = this.questions.length + 1;
    while (taken.has(`q${n}`)) n++;
    return `q${n}`;
  }
}
