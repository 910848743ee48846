import { expect, it } from 'vitest';
import type { Passage } from '../document.ts';
import { centralSentences, WordShares } from './central.ts';

const none = () => Promise.resolve(null);
const passage = (text: string): Passage => ({
  ...{ id: text, path: 'a.txt', start: 0, end: text.length, context: '', text, tokens: 50 },
});

it('says less of what has been said: a second point is of something else', async () => {
  const text =
    'Visitors who moor boats pay harbour fees every night. Residents who moor boats pay harbour fees every year. ' +
    'Fishermen who moor boats pay harbour fees every season. Children learn swimming behind the lighthouse on Sundays.';
  const group = [passage(text)];
  const found = await centralSentences(group, new WordShares(group), 2, none);
  expect(found.map(({ text }) => text.split(' ')[0])).toEqual(['Visitors', 'Children']);
});

it('prefers a sentence that stands alone to one that leans on another', async () => {
  const group = [passage('It sells bread and cakes from the oven. The bakery sells bread and cakes from the oven.')];
  const found = await centralSentences(group, new WordShares(group), 1, none);
  expect(found[0]!.text).toMatch(/^The bakery/);
});
