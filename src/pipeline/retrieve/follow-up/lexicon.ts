/** Closed classes of English words, and the open ones as far as short questions need them told apart. */

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));

export const ASKING = set('what which who whom whose when where why how');
export const AUXILIARIES = set(
  "is are was were be been being do does did have has had can could will would shall should may might must isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't mustn't",
);
export const TO_BE = set("is are was were isn't aren't wasn't weren't");
export const ARTICLES = set('the a an');
export const POSSESSIVES = set('my our your his her its their whose');
export const POINTING = set('this that these those');
export const PREPOSITIONS = set(
  'of in on at by for to from with about into onto over under after before between during through per until till since against behind beside near above below without within than as',
);
export const PRONOUNS = set(
  'i you we us me he she him it they them himself herself itself themselves anybody anyone anything everybody everyone everything nobody nothing somebody someone something there here one ones',
);
/** Words that stand between phrases and belong to none. */
export const LOOSE = set(
  'and or but if while because not never also too instead then just still already ever only yes no well so ok okay please up out off down away back again later earlier together more most less',
);

/** Verbs as they follow `may`, `must`, `did`: the commonest, and those that people ask documents about. */
export const VERBS = set(
  'accept add admit agree aim allow amend announce answer appear apply appoint approve arrange arrive ask attend avoid bake become begin belong borrow break brew bring build burn buy calibrate call cancel carry catch cause change charge charter check choose claim clean clear climb close collect come complain connect consist contain continue cook copy cost count cover cross cut deal decide deliver depend design die differ dig direct dissolve divide do draw dress drink drive drop dry eat elect employ end enter expect explain fall feed fetch fill find finish fit fix follow found gain get give go grow hand hang happen have hear heat help hold hope hurt include increase inherit inspect install insure invite join keep know last lay lead learn leave lend let lie lift light list live lock look lose make mark mash mean measure meet mend move need notice offer open order own paint park pass pay peel photograph plant play pour press produce promise propose protect publish put raise reach read rebuild receive recommend record refuse remain remove renew rent repair replace reply report require reserve rest return ring rinse rise run sail save say see seem sell send serve set shave show shrink shut sign sink sit sleep smoke solve speak spend stand start state stay stop store study sublet suffer suggest swim take talk taste tell terminate test think throw transfer travel treat try turn understand use visit vote wait walk want wash watch wear weigh win withdraw work write',
);
/** Past forms that do not end in `ed`. */
const PAST = set(
  'became began bought built came caught chose cost cut died did drank drew drove fell felt found gave got grew had heard held hung kept knew laid lay led left lent let lost made meant met owned paid put ran rang read rose said sank sat saw sent set shut slept sold spent spoke stood swam swept taught thought threw told took understood went won wore wrote been begun broken brought chosen done drawn driven eaten fallen given gone grown known lain seen shown sunk taken thrown worn written burnt sworn shot stuck split hit lit struck torn hidden hid dug fed fought bred bound cast dealt dreamt fled flown forbidden forgotten frozen hurt ridden risen sought shaken sung spun spread stolen swollen thought woken',
);
/** Adjectives that stand behind `is` and its subject; participles are told by their form. */
const PREDICATES = set(
  'open free full empty ready necessary possible due late long tall high deep wide old new large small big heavy expensive cheap right wrong true valid liable responsible available better worse safe dangerous able included required worth',
);

export const PERSONS = set(
  'member members tenant tenants landlord landlords landlady caretaker librarian architect treasurer chair chairman chairwoman secretary surveyor engineer doctor surgeon nurse patient patients child children pupil pupils guest guests visitor visitors holder holders owner owners person persons people man men woman women author teacher president director manager founder bishop king queen mother father son daughter wife husband employee employer worker workers student students commissioner commissioners labourer miller bailiff vicar miner captain auditor auditors lawyer neighbour neighbours customer customers buyer seller winner leader',
);
export const UNITS = set(
  'litres litre metres metre kilometres miles grams kilograms tons tonnes acres pounds euros hours days weeks months years minutes pieces glasses bottles cups',
);
export const MONTHS = set('january february march april may june july august september october november december');
export const TIMES = set('year day month week time date morning evening night summer winter spring autumn today');
const NUMBERS = set('two three four five six seven eight nine ten eleven twelve twenty thirty hundred thousand');

export const isNumber = (word: string): boolean => /^[£€$]?\d/.test(word) || NUMBERS.has(word);
export const isPast = (word: string): boolean => PAST.has(word) || (/[a-z]{2}ed$/.test(word) && !/eed$/.test(word));
export const isPredicate = (word: string): boolean => isPast(word) || PREDICATES.has(word);
export const isPlural = (word: string): boolean =>
  (/[a-z]{2}s$/.test(word) && !/(?:ss|us|is)$/.test(word)) ||
  ['people', 'children', 'men', 'women', 'sheep'].includes(word);
