import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foreignLanguage } from './language.ts';

const questions = (name: string): { id: string; question: string }[] =>
  readFileSync(new URL(`../../../tests/fixtures/questions/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; question: string });

describe('foreignLanguage', () => {
  it('tells the languages of the questions made for it', () => {
    const wrong = questions('languages').filter(({ id, question }) => foreignLanguage(question) !== id.slice(0, 2));
    expect(wrong).toEqual([]);
  });

  it.each(['typos', 'one-word', 'paragraph', 'codes', 'two-documents', 'refused'])('takes %s for English', (name) => {
    expect(questions(name).filter(({ question }) => foreignLanguage(question) !== null)).toEqual([]);
  });

  it.each([
    ['Как долго хранится залог?', 'ru'],
    ['敷金はいつ返されますか？', 'ja'],
    ['押金什么时候退还？', 'zh'],
    ['보증금은 언제 돌려받나요?', 'ko'],
    ['متى يعاد التأمين؟', 'ar'],
    ['Quando é que o depósito é devolvido?', 'pt'],
    ['Who wrote “Die Verwandlung”?', null],
    ['?', null],
  ])('%s: %s', (question, code) => {
    expect(foreignLanguage(question)).toBe(code);
  });
});
