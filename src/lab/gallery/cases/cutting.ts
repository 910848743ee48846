/** What is lost where documents are cut, or are not. */
import type { GalleryCase } from '../case.ts';

/** Some 620 tokens: the last paragraph lies past the 512 that the embedder reads. */
const handbook = [
  'The boathouse was built by the rowing club in the year of the great flood, on oak piles that had been meant for a bridge. It has two floors. Below lie the boats on their racks, the long ones by the wall and the short ones in the middle; above are the changing rooms, the kitchen and the room with the balcony where the regatta is watched. The roof is of slate and was renewed by members over three summers.',
  'Boats are carried by their crews and by nobody else. The cox gives the word, all lift together, and the bow goes first through the door. A boat that touches the frame is laid down at once and looked at, and what is found is written into the book on the table. Oars are carried one in each hand, blades in front, so that whoever carries them sees what they may hit.',
  'Before an outing the crew writes its names, its boat and the hour into the same book, and after it the hour of the return. A crew that has not come back an hour after sunset is looked for. Nobody goes out alone from October to March, nobody at all when the water stands over the red mark on the steps, and in fog only as far as the second bend. Wind from the east raises short waves at the lock; wind from the west does little.',
  'After an outing the boat is rinsed inside and out, dried with the cloths from the basket and laid on its own rack, keel up. Riggers are checked for loose nuts. Seats run freely or are oiled. Cloths are hung over the rail. Whoever finds a crack, however fine, hangs the red tag on the boat, and the boat then stays where it is until the boatman has seen it.',
  'The kitchen may be used by all. Cups are washed and put back, the stove is switched off at the wall, and what is left in the refrigerator on Sunday evening goes to whoever is there. The room with the balcony can be had for birthdays and weddings by members of two years and longer, for a sum that the committee sets each spring, and is left swept. Music ends at eleven, and the windows over the river are closed while it plays.',
  'Young people row in the afternoon, when a trainer is there, and wear life jackets until they have shown that they can swim two hundred metres in their clothes. Parents are welcome on the landing stage and not in the launch. A child that is cold is brought in and given tea before anything else is done, and is rowed home by nobody but walks.',
  'Whoever is last to leave looks into every room, closes the windows over the river, and turns the lock of the big door twice. The spare key hangs in the kitchen, on the nail behind the clock.',
].join('\n\n');

const tools = [
  ['Hedge trimmer', 9, 14, 50, 40],
  ['Lawn mower', 12, 20, 70, 80],
  ['Chipper', 35, 55, 190, 150],
  ['Turf cutter', 31, 48, 165, 120],
  ['Post auger', 18, 29, 98, 60],
  ['Cement mixer', 14, 22, 75, 70],
  ['Floor sander', 24, 38, 130, 100],
  ['Tile saw', 16, 26, 88, 60],
  ['Carpet cleaner', 13, 21, 72, 50],
  ['Scaffold tower', 28, 45, 150, 200],
] as const;

const tableRow = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

export const cutting: readonly GalleryCase[] = [
  {
    id: 'too-long',
    title: 'Text past the embedder’s limit',
    why:
      'An embedder reads so many tokens, this one 512, and many programs cut the rest off without a word: its vector ' +
      'is then that of the beginning. The handbook is longer, and where the key hangs stands in its last sentence. ' +
      '(Carrel never embeds more than fits: on the left it is made to, for this case alone.)',
    remedy: 'Cut documents into passages that the embedder reads to the end.',
    files: [
      { name: 'Boathouse handbook.txt', text: handbook },
      {
        name: 'Notice.txt',
        text: 'A bunch of keys was found on the landing stage, with a blue ribbon. It can be had from the secretary.',
      },
      { name: 'Regatta.txt', text: 'The regatta is held on the first Sunday in June. Boats start at the bridge.' },
    ],
    question: 'Where is the spare key of the boathouse?',
    compares: 'ranking',
    right: [{ file: 'Boathouse handbook.txt', words: 'The spare key hangs in the kitchen' }],
    wants: 'first',
    arms: [
      { name: 'Each document as one text', cut: 'whole', search: 'meaning' },
      { name: 'Cut into passages', search: 'meaning' },
    ],
    limit:
      'Each cut makes a border, and what only the whole document says (what it is about, how it ends) stands in none of the passages.',
  },
  {
    id: 'border',
    title: 'A chunk border through the answer',
    why:
      'Cut every 48 tokens, wherever that is, and a sentence can end in one passage and go on in the next. The first ' +
      'names the dough and the larder, the second begins with eleven hours of something. Each is found only half as ' +
      'well, and neither answers.',
    remedy: 'Let passages overlap: what stands at the end of one stands at the beginning of the next as well.',
    files: [
      {
        name: 'Bread.txt',
        text: 'This bread is made from rye and wheat, in equal parts, with water, salt and a spoonful of the old dough. Knead it for a quarter of an hour. The dough then rests in the cold larder for eleven hours, under a damp cloth, before it is shaped into two loaves. Bake them on a stone in the hot oven, the first ten minutes with steam, until they sound hollow when you knock.',
      },
      {
        name: 'Soup.txt',
        text: 'Fry the onions slowly in butter, add the barley and let the soup simmer for an hour.',
      },
    ],
    question: 'How long does the dough rest?',
    compares: 'cut',
    file: 'Bread.txt',
    together: ['The dough then rests in the cold larder for eleven hours'],
    arms: [
      { name: 'Every 48 tokens', cut: { strategy: 'fixed', passageTokens: 48, overlapTokens: 0 } },
      { name: 'With an overlap of 15', cut: { strategy: 'fixed', passageTokens: 48, overlapTokens: 15 } },
    ],
    limit:
      'A sentence longer than the overlap is torn all the same, and everything repeated is embedded and searched ' +
      'twice; cutting between sentences, as the page does unless told otherwise, needs no overlap for this.',
  },
  {
    id: 'table',
    title: 'A table torn apart',
    why:
      'In a table the meaning of a number stands in another line: in the header. Cut every 48 tokens, the row of the ' +
      'turf cutter comes away from it, and four bare numbers are left. Which of them is the deposit nobody can tell, ' +
      'and a model will guess.',
    remedy: 'Cut by structure: a table is cut between rows, and its header goes with each of the passages.',
    files: [
      {
        name: 'Tools for hire.md',
        text: [
          tableRow(['Tool', 'Half day', 'Day', 'Week', 'Deposit']),
          tableRow(['---', '---', '---', '---', '---']),
          ...tools.map(tableRow),
        ].join('\n'),
      },
    ],
    question: 'How much is the deposit for the turf cutter?',
    compares: 'cut',
    file: 'Tools for hire.md',
    together: ['Turf cutter', '120', 'Deposit'],
    arms: [
      { name: 'Every 48 tokens', cut: { strategy: 'fixed', passageTokens: 48 } },
      { name: 'By structure', cut: { strategy: 'structure', passageTokens: 48 } },
    ],
    limit:
      'It takes a table that the reader knows for one: columns set with spaces, or drawn in a scan, are only text.',
  },
];
