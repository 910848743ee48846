/** What the search by meaning does not see, and what the search by words does not. */
import type { RankingCase } from '../case.ts';

const holders = ['choir', 'chess club', 'school', 'orchestra', 'sewing circle', 'walking group'];
const lockers = [12, 21, 112, 121, 211, 212];

export const finding: readonly RankingCase[] = [
  {
    id: 'negation',
    title: 'Negation',
    why:
      'An embedder is trained to bring together what speaks of the same matter. “May be eaten” and “may not be eaten” ' +
      'speak of the same matter, so their vectors lie close together; and for the search by words, “not” is one word ' +
      'among many. A question for what is forbidden then finds what is allowed.',
    remedy: 'Ask for the thing itself, in the words a rule would use, in place of the denial of its contrary.',
    files: [
      { name: 'Garden.txt', text: 'Food may be eaten in the garden, where there are tables for readers.' },
      { name: 'Café.txt', text: 'Food may be eaten in the café on the ground floor, at any hour.' },
      {
        name: 'Reading room.txt',
        text: 'Food stays outside the reading room, and so does every drink but water in a closed bottle.',
      },
      { name: 'Bags.txt', text: 'Bags and coats are left in the lockers downstairs.' },
    ],
    question: 'Where may food not be eaten?',
    compares: 'ranking',
    right: [{ file: 'Reading room.txt', words: 'Food stays outside the reading room' }],
    wants: 'first',
    arms: [
      { name: 'Asked with “not”', passages: 1 },
      { name: 'Asked for the rule itself', passages: 1, question: 'Which room must food stay outside of?' },
    ],
    limit:
      'One has to guess how the rule is worded; where that fails, let the model read more passages, so that the right ' +
      'one is at least among them.',
  },
  {
    id: 'numbers',
    title: 'Numbers swapped',
    why:
      'A number is split into pieces like a rare word, and its digits say little about what a text is about. 112 and ' +
      '121 have nearly the same vector, and which of the two comes out nearer to the question is an accident.',
    remedy: 'Search by words as well: for an index of words, 112 and 121 have nothing in common.',
    files: lockers.map((locker, i) => ({
      name: `Note ${i + 1}.txt`,
      text: `Locker ${locker} on the first floor belongs to the ${holders[i]}.`,
    })),
    question: 'Who does locker 121 belong to?',
    compares: 'ranking',
    right: [{ file: 'Note 4.txt', words: 'Locker 121' }],
    wants: 'first',
    arms: [
      { name: 'By meaning alone', search: 'meaning' },
      { name: 'By words and meaning', search: 'both' },
    ],
    limit:
      'A bag of words has no order: “room 4 has 12 seats” and “room 12 has 4 seats” are the same to it, so numbers ' +
      'that changed places inside one sentence are for the reader to see.',
  },
  {
    id: 'code',
    title: 'A rare code',
    why:
      'The embedder has never seen this code. It knows that an error of a device is meant, so a text that speaks of ' +
      'errors in general comes before the line that explains this one.',
    remedy: 'Search by words as well: a rare word that is matched exactly weighs the more the rarer it is.',
    files: [
      { name: 'Boiler 1.txt', text: 'E-4071: the pressure is too low. Top up the water and start the boiler again.' },
      { name: 'Boiler 2.txt', text: 'E-4017: the flue is blocked. Switch the boiler off and call the fitter.' },
      { name: 'Boiler 3.txt', text: 'E-4170: the clock has lost the time. Set it and press Enter.' },
      {
        name: 'Boiler 4.txt',
        text: 'An error is shown on the display of the boiler as a letter and a number.',
      },
    ],
    question: 'What does error E-4170 mean?',
    compares: 'ranking',
    right: [{ file: 'Boiler 3.txt', words: 'E-4170: the clock has lost the time' }],
    wants: 'first',
    arms: [
      { name: 'By meaning alone', search: 'meaning' },
      { name: 'By words and meaning', search: 'both' },
    ],
    limit: 'The code has to be written as it stands there: a slip in it, or a space inside, is another word.',
  },
  {
    id: 'paraphrase',
    title: 'A paraphrase',
    why:
      'The reverse: the tenancy agreement speaks of cats and dogs, the question of a kitten. For an index of words ' +
      'these have nothing in common, and a clause that happens to share “keep”, “may” and “flat” with the question ' +
      'comes first.',
    remedy: 'Search by meaning as well: the vectors of “kitten” and “cats and dogs” lie close together.',
    files: [
      { name: 'Animals.txt', text: 'Cats and dogs in the flat need the landlord’s written consent.' },
      { name: 'Keys.txt', text: 'The tenant keeps two keys to the flat and may not have more cut.' },
      { name: 'Stairs.txt', text: 'Please keep the stairs free of prams and boxes.' },
      { name: 'Noise.txt', text: 'Keep the noise down after ten at night.' },
      { name: 'Heating.txt', text: 'The landlord repairs the boiler.' },
    ],
    question: 'May I keep a kitten in my flat?',
    compares: 'ranking',
    right: [{ file: 'Animals.txt', words: 'Cats and dogs in the flat' }],
    wants: 'first',
    arms: [
      { name: 'By words alone', search: 'words' },
      { name: 'By words and meaning', search: 'both' },
    ],
    limit:
      'What comes near is what is often said together; a word of a trade or of a house that the embedder never met gains nothing.',
  },
  {
    id: 'language',
    title: 'A question in another language',
    why:
      'The embedder that comes with the page has learnt English. A German question is a row of unknown pieces to it, ' +
      'and its vector lies near nothing; what the search by words finds is what both languages happen to spell alike. ' +
      'The page refuses, and says why.',
    remedy: 'Ask in the language of the documents.',
    files: [
      {
        name: 'Loans.txt',
        text: 'A book may be kept for four weeks, and for four more if nobody else has asked for it.',
      },
      { name: 'Hours.txt', text: 'The library is open from nine to six, on Thursdays until eight.' },
      {
        name: 'Walks.txt',
        text: 'The walking group meets on Sundays at the old mill. The name of its leader is Lange.',
      },
      { name: 'Late.txt', text: 'A book that is brought back late costs ten cents a day.' },
    ],
    question: 'Wie lange darf ich ein Buch behalten?',
    compares: 'ranking',
    right: [{ file: 'Loans.txt', words: 'A book may be kept for four weeks' }],
    wants: 'first',
    arms: [{ name: 'Asked in German' }, { name: 'Asked in English', question: 'How long may I keep a book?' }],
    limit:
      'Somebody has to translate; the embedder multilingual-e5-small (Settings, Other models) finds across languages, ' +
      'but the model that writes the answer still knows English only.',
  },
];
