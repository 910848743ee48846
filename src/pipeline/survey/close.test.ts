import { describe, expect, it } from 'vitest';
import type { Passage } from '../document.ts';
import { CloseSentences } from './close.ts';

const passage = (text: string, context = '', start = 0): Passage => ({
  ...{ id: text, path: 'a.txt', start, end: start + text.length, context, text, tokens: 50 },
});
const byWords = (text: string, other: string | null) =>
  new CloseSentences({ text, vector: null }, other, () => Promise.resolve(null));
const textsOf = async (close: CloseSentences, ...group: Passage[]) => (await close.of(group)).map(({ text }) => text);

const ferries = passage(
  'The Kittiwake carries 64 passengers. She sails all the year. The Guillemot carries 42 passengers. She has a ramp. ' +
    'It is used by wheelchairs. Her engine is new. Fares are paid on board.',
);

describe('CloseSentences', () => {
  it('finds every sentence that is close, not only the first few', async () => {
    const clubs = Array.from({ length: 10 }, (_, i) => `Club ${i} meets in room ${i} each week.`);
    expect(await textsOf(byWords('clubs', null), passage(`${clubs.join(' ')} Lunch costs nothing today.`))).toEqual(
      clubs,
    );
  });

  it('takes no heading, no title and no label for a point, and takes a row', async () => {
    const titled = passage('The Boats of Ostrey: a List\n\nThe boats. Two boats lie at the quay.');
    expect(await textsOf(byWords('boats', null), titled)).toEqual(['Two boats lie at the quay.']);
    const headed = passage(
      'Boats and cars (all of them)\nTwo boats lie at the quay.',
      'Rules › Boats and cars (all of them)',
    );
    expect(await textsOf(byWords('boats', null), headed)).toEqual(['Two boats lie at the quay.']);
    expect(await textsOf(byWords('boats', null), passage('Gannet | pilot boat | quay', '', 9))).toHaveLength(1);
  });

  it('takes along what goes on about a compared thing, two sentences at most, and nothing of the other', async () => {
    expect(await textsOf(byWords('the Kittiwake', 'the Guillemot'), ferries)).toEqual([
      'The Kittiwake carries 64 passengers. She sails all the year.',
    ]);
    expect(await textsOf(byWords('the Guillemot', 'the Kittiwake'), ferries)).toEqual([
      'The Guillemot carries 42 passengers. She has a ramp. It is used by wheelchairs.',
    ]);
  });

  it('measures a later group against the closest sentence so far', async () => {
    const close = byWords('mooring fees of the harbour', null);
    await textsOf(close, passage('The mooring fees of the harbour are £14 a night.'));
    expect(await textsOf(close, passage('Membership fees are not raised this year.'))).toEqual([]);
  });
});
