/** What goes wrong where documents say the same, the same of another time, or the contrary. */
import type { GalleryCase } from '../case.ts';

/** Long enough that one other word leaves it nearly the same. */
const returns = (done: string): string =>
  'A book that is returned late is missed by somebody. Please bring every book back to the desk in the hall by the ' +
  'day that is stamped in it, and tell us when you cannot. Whoever is ill may send a friend, or telephone, and the ' +
  `book is ${done} for another week. A book that is returned damp, torn or written in is shown at the desk, so that ` +
  'it can be mended before the next reader takes it home.';

export const agreeing: readonly GalleryCase[] = [
  {
    id: 'near-duplicates',
    title: 'Near-duplicates',
    why:
      'A leaflet lies on the desk three times, with one word changed here and there. All three fit the question ' +
      'equally well, so they take the first places, and the two that are read say the same thing twice. What else ' +
      'there was to know does not get in.',
    remedy: 'Fold passages that say nearly the same: one of them is read, and its place goes to the next best.',
    files: [
      { name: 'Leaflet.txt', text: returns('renewed') },
      { name: 'Leaflet, copy.txt', text: returns('extended') },
      { name: 'Notice board.txt', text: returns('prolonged') },
      { name: 'Charges.txt', text: 'Late books: ten cents for each day, two euros at the most.' },
    ],
    question: 'What happens when a book is returned late?',
    compares: 'ranking',
    right: [{ file: 'Charges.txt', words: 'ten cents for each day' }],
    wants: 'read',
    arms: [{ name: 'Copies are not folded', folding: false }, { name: 'Copies are folded' }],
    limit:
      'Passages that differ in a number or a name are never folded, since that may be what is asked for: three leases ' +
      'from one form still fill three places, and then only more passages, or fewer documents, help.',
  },
  {
    id: 'outdated',
    title: 'An outdated version beside the new',
    why:
      'The search knows nothing of time. Both versions of the rules speak of the same matter, and the one whose words ' +
      'are nearer to the question comes first, here the one that has not been in force for years.',
    remedy:
      'Take the outdated document off the desk, or add the new one under the same path, so that it replaces the old.',
    files: [
      { name: 'Rules 2015.txt', text: 'Members may borrow up to six books at a time and keep them for four weeks.' },
      { name: 'Rules 2024.txt', text: 'From this year on a member takes ten books home at the most, for three weeks.' },
      { name: 'Opening hours.txt', text: 'The reading room is open from nine to six, on Thursdays until eight.' },
    ],
    question: 'How many books may members borrow at a time?',
    compares: 'ranking',
    right: [{ file: 'Rules 2024.txt', words: 'ten books home' }],
    wants: 'first',
    arms: [{ name: 'Both on the desk' }, { name: 'The old one removed', without: ['Rules 2015.txt'] }],
    limit: 'Somebody has to know which one is in force; the page compares words and vectors, never dates.',
  },
  {
    id: 'disagreement',
    title: 'Two documents that disagree',
    why:
      'A leaflet and a poster name different hours. Both are found, both are read, and the model writes one of them ' +
      'down as if there were no other: it was trained to answer, not to weigh. Nothing on the page compares what the ' +
      'sources say.',
    remedy: 'Ask each document by itself (tick it in the list), and lay the answers side by side.',
    files: [
      { name: 'Leaflet.txt', text: 'The reading room opens at nine in the morning and closes at six.' },
      { name: 'Poster.txt', text: 'The reading room opens at ten in the morning. Tea is served from three.' },
    ],
    question: 'When does the reading room open?',
    compares: 'answer',
    wants: { by: 'words', said: ['nine', 'ten'], not: [] },
    arms: [
      { name: 'Asked of both at once', writer: 'adapter' },
      { name: 'Asked of each by itself', each: true, writer: 'adapter' },
    ],
    limit: 'It shows that they differ, not which is right; and one has to suspect it before one asks twice.',
  },
];
