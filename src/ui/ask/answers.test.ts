import { describe, expect, it } from 'vitest';
import type { Answer, Sentence, Source } from '../../pipeline/answer.ts';
import { contentWords, excerpt } from './excerpt.ts';
import { newTurn } from '../../library/turns.ts';
import { answerMarkdown, conversationMarkdown } from './markdown.ts';
import { answerPlain } from './plain.ts';
import { pieces, stretches } from './pieces.ts';
import type { Piece } from './pieces.ts';

const source = (number: number, text: string): Source => ({
  number,
  documentName: `doc${number}.txt`,
  part: number === 1 ? 'page 4' : '',
  passage: { id: String(number), path: `doc${number}.txt`, start: 0, end: text.length, context: '', text, tokens: 9 },
});
const answer = (text: string, sentences: Sentence[], sources: Source[]): Answer => ({
  text,
  made: 'adapter',
  madeBecause: '',
  refused: false,
  sources,
  sentences,
  removedCitations: [],
  stopped: false,
  offered: null,
  trace: {
    question: '',
    corrections: [],
    candidates: [],
    evidence: 1,
    features: { cosine: 1, coverage: 1, standing: 1, length: 1, size: 1 },
    calibrated: true,
    threshold: 0,
    searched: { passages: 0, embedded: 0 },
    prompt: null,
    writtenIds: [],
    times: [],
  },
});
const shown = (list: readonly Piece[]): string =>
  list.map((p) => ('source' in p ? `<${p.source.number}>` : p.text)).join('');

describe('pieces', () => {
  const sources = [source(1, 'one'), source(2, 'two')];
  it('turns marks with a source into citations and leaves other brackets alone', () => {
    expect(shown(pieces('1349 [2]. See [7] and [1][2]', sources))).toBe('1349 <2>. See [7] and <1><2>');
  });
  it('keeps every character of the answer, in order, and the reason with its sentence', () => {
    const text = '  Three months [1].\n\nA week [2]. end';
    const first = text.indexOf('Three');
    const second = text.indexOf('A week');
    const parts = stretches(
      answer(
        text,
        [
          {
            start: first,
            end: first + 17,
            text: text.slice(first, first + 17),
            citations: [1],
            support: { supported: true },
          },
          {
            start: second,
            end: second + 11,
            text: text.slice(second, second + 11),
            citations: [2],
            support: { supported: false, why: 'No.' },
          },
        ],
        sources,
      ),
    );
    expect(parts.map((p) => shown(p.pieces)).join('')).toBe(text.replace(/\[(\d)\]/g, '<$1>'));
    expect(parts.filter((p) => p.unsupported).map((p) => shown(p.pieces))).toEqual(['A week <2>.']);
    expect(parts.filter((p) => p.struck).map((p) => shown(p.pieces))).toEqual(['A week <2>.']);
  });
});

describe('excerpt', () => {
  it('shows a short passage whole and joins marks over a short word', () => {
    const parts = excerpt(
      'Ended with three months notice to the end of a quarter.',
      contentWords('three months notice quarter'),
      400,
    );
    expect(parts.map((p) => p.text).join('')).toBe('Ended with three months notice to the end of a quarter.');
    expect(parts.filter((p) => p.marked).map((p) => p.text)).toEqual(['three months notice', 'quarter']);
  });
  it('moves to where the words are, cut between words', () => {
    const text = `${'Plain filler words here. '.repeat(30)}The deposit is 1,200 euros. ${'More of it. '.repeat(30)}`;
    const parts = excerpt(text, contentWords('deposit 1,200 euros'), 90);
    const whole = parts.map((p) => p.text).join('');
    expect(whole).toContain('deposit is 1,200 euros');
    expect(whole.length).toBeLessThan(100);
    expect(whole.startsWith('… ')).toBe(true);
    expect(whole.endsWith(' …')).toBe(true);
    expect(parts.filter((p) => p.marked).map((p) => p.text)).toEqual(['deposit is 1,200 euros']);
  });
  it('never splits a word and never invents text', () => {
    const text = 'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda';
    for (let length = 10; length < 70; length += 7) {
      const inner = excerpt(text, contentWords('kappa'), length)
        .map((p) => p.text)
        .join('')
        .replace(/^… | …$/g, '');
      expect(text).toContain(inner);
      for (const w of inner.split(' ')) expect(text.split(' ')).toContain(w);
    }
  });
  it('shows text without any word too', () => {
    expect(excerpt('***', new Set(), 100)).toEqual([{ text: '***', marked: false }]);
  });
});

describe('answerMarkdown', () => {
  it('holds question, answer, doubt and sources', () => {
    const text = 'Three months [1].';
    const doubt: Sentence = {
      start: 0,
      end: 17,
      text,
      citations: [1],
      support: { supported: false, why: 'The number 3 is not there.' },
    };
    expect(answerMarkdown('How\nlong?', answer(text, [doubt], [source(1, 'a  b'), source(2, 'c')]))).toBe(
      '**How long?**\n\nThree months [^1].\n\n> Not supported: “Three months [1].” The number 3 is not there.\n\nRead as well, and not cited:\n\n- doc2.txt: “c”\n\n[^1]: doc1.txt, page 4: “a b”\n',
    );
  });
  it('keeps the footnotes of several answers apart, and each number of a group', () => {
    const both = answer('So [1, 2]. See [7].', [], [source(1, 'a'), source(2, 'b')]);
    const turns = [newTurn(1, 'Why?'), newTurn(2, 'How?')].map((turn) => ({
      ...turn,
      answer: both,
      understood: 'Why so?',
    }));
    const text = conversationMarkdown(turns);
    expect(text).toContain('So [^1-1][^1-2]. See [7].');
    expect(text).toContain('So [^2-1][^2-2]. See [7].');
    expect(text).toContain('_Understood as: Why so?_');
    expect(text.match(/^\[\^\d-\d\]: doc/gm)).toHaveLength(4);
  });
});

describe('answerPlain', () => {
  it('holds the sources under their numbers', () => {
    const given = answer('Three months [1].', [], [source(1, 'a  b')]);
    expect(answerPlain('How long?', given)).toBe(
      'How long?\n\nThree months [1].\n\nSources:\n[1] doc1.txt, page 4: “a b”\n',
    );
  });
});

describe('an answer that was asked only of some documents', () => {
  it('says so wherever it is taken along', () => {
    const whole = answer('Three months [1].', [], [source(1, 'one')]);
    const limited = { ...whole, trace: { ...whole.trace, searched: { passages: 9, embedded: 9, documents: 2 } } };
    expect(answerMarkdown('How long?', limited)).toContain('\n_Asked only of 2 documents._\n');
    expect(answerPlain('How long?', limited)).toContain('\n(Asked only of 2 documents.)\n');
    const survey = { kind: 'list', of: 'rent', fitting: 3, read: 3, searched: 9, documents: 1 } as const;
    expect(answerMarkdown('List all rents', { ...whole, survey })).toContain('_Asked only of 1 document._');
    for (const text of [answerMarkdown('How long?', whole), answerPlain('How long?', whole)])
      expect(text).not.toContain('Asked only');
  });
});
