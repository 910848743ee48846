/** What the groups of Rich Text are for: which hold the document's text, which something else, which nothing of use. */

export type Destination =
  /** Text of the document, or of the story around. */
  | 'text'
  /** A story of its own. */
  | 'footnote'
  | 'margin'
  | 'comment'
  | 'box'
  /** Words that are kept for another use. */
  | 'title'
  | 'author'
  | 'field'
  | 'bullet'
  | 'commenter'
  /** Tables of the file's head. */
  | 'fonts'
  | 'styles'
  | 'created'
  | 'changed'
  | 'info'
  | 'skip';

const GROUPS: Readonly<Record<string, Destination>> = {
  footnote: 'footnote',
  annotation: 'comment',
  atnauthor: 'commenter',
  shptxt: 'box',
  dptxbxtext: 'box',
  title: 'title',
  author: 'author',
  fldinst: 'field',
  listtext: 'bullet',
  pntext: 'bullet',
  fonttbl: 'fonts',
  stylesheet: 'styles',
  info: 'info',
  creatim: 'created',
  revtim: 'changed',
};
for (const side of ['', 'l', 'r', 'f'])
  Object.assign(GROUPS, { [`header${side}`]: 'margin', [`footer${side}`]: 'margin' });

/** Groups marked as ones to pass by when unknown, whose text counts all the same. */
const THROUGH = new Set(
  'shpinst shppict do ud cs mmath moMath moMathPara mr mt md mf mnum mden msSup msSub msSubSup msup msub me mrad mdeg mnary mdelim mfunc mfName mm mmr macc mbar mbox mborderBox mgroupChr mlimLow mlimUpp mlim meqArr mphant msPre'.split(
    ' ',
  ),
);

/** Groups that hold no text of the document, marked so or not. */
const SKIPPED = new Set(
  (
    'colortbl pict objdata objclass objname objalias objsect nonshppict sp shprslt bkmkstart bkmkend xe tc rxe txe ' +
    'listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping datastore latentstyles xmlnstbl ' +
    'filetbl fontemb fontfile panose falt ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn template operator subject keywords doccomm comment ' +
    'manager company category hlinkbase userprops pgptbl nonesttables private datafield formfield mmathPr mctrlPr buptim printim'
  ).split(' '),
);

/** What a control word at the head of a group makes of it; null when it makes nothing of it. `starred` after `\*`. */
export function destinationOf(word: string, starred: boolean, inInfo: boolean): Destination | null {
  // Outside of the information these words are no destinations.
  if (!inInfo && /^(?:title|author|subject|keywords|comment|category|operator|company|manager)$/.test(word))
    return starred ? 'skip' : null;
  const known = GROUPS[word];
  if (known !== undefined) return known;
  if (SKIPPED.has(word)) return 'skip';
  if (!starred || THROUGH.has(word)) return null;
  return 'skip';
}

/** Whether what stands in such a group is a story of its own. */
export function isStory(destination: Destination): boolean {
  return destination === 'footnote' || destination === 'margin' || destination === 'comment' || destination === 'box';
}
