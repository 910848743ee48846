import { expect, it } from 'vitest';
import { answerRow } from '../../../tests/support/answer-row.ts';
import { asMarkdown } from './twenty.ts';

it('sets base and adapter under each question, and nothing of theirs as Markdown', () => {
  const asked = { question: 'When *was* it?', golds: ['1349'], passages: ['a 0-9', 'b c 0-9'], gold: [2] };
  const base = answerRow({ ...asked, answer: 'In\n1349.', checked: ['It cites no passage.'] });
  const adapter = answerRow({ ...asked, answer: '1349 [1][2].', citations: [1, 2], checked: [null] });
  const none = answerRow({ question: 'Who?', answer: 'Not in the documents.', made: 'evidence', refused: true });
  expect(asMarkdown([base, none], [adapter, none])).toBe(
    [
      '1. **When \\*was\\* it?**',
      '   - right: 1349 (2 passages, the evidence in [2])',
      '   - base: In 1349. — _marked: It cites no passage._',
      '   - adapter: 1349 [1][2]. — _cites [1] a, which is not the evidence; [2] b c_',
      '',
      '2. **Who?**',
      '   - right: _not in the documents_ (0 passages)',
      '   - base: Not in the documents. — _refused by the search: the model was not asked_',
      '   - adapter: Not in the documents. — _refused by the search: the model was not asked_',
      '',
    ].join('\n'),
  );
});
