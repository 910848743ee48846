/**
 * The English stemmer of Snowball 3 ("Porter2": Porter 2001, after "An algorithm for suffix stripping", 1980).
 * It lets `renew`, `renewed` and `renewing` meet, so that a question may be worded a little unlike the text.
 */

const WHOLE = new Map(
  (
    'skis:ski skies:sky dying:die lying:lie tying:tie vying:vie idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl ' +
    'sky:sky news:news howe:howe atlas:atlas cosmos:cosmos bias:bias andes:andes'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
const DONE_AFTER_PLURAL = /^(?:(?:inn|out|cann|herr|earr|even)ing|(?:proc|exc|succ)eed)$/;

/** Y stands for a y that is a consonant. */
const V = '[aeiouy]';
const C = '[^aeiouy]';
const FIRST_REGION = new RegExp(`^(?:gener|commun|arsen|past|univers|later|emerg|organ|inter|${C}*${V}+${C})`);
const NEXT_REGION = new RegExp(`^${C}*${V}+${C}`);
const HAS_VOWEL = new RegExp(V);
const ENDS_SHORT = new RegExp(`(?:${C}${V}[^aeiouywxY]|^${V}${C})$`);
const FINAL_Y = new RegExp(`(?<=.${C})[yY]$`);
const PLURAL_S = new RegExp(`${V}.+s$`);
const DERIVED = /^(.+?)(eedly|ingly|edly|eed|ing|ed)$/;

type Rules = readonly (readonly [suffix: string, replacement: string])[];

/** Longest first where one ends in another. */
function rules(list: string): Rules {
  return list
    .split(' ')
    .map((rule) => rule.split('>') as [string, string])
    .sort((a, b) => b[0].length - a[0].length);
}

const STEP_2 = rules(
  'tional>tion enci>ence anci>ance abli>able entli>ent izer>ize ization>ize ational>ate ation>ate ator>ate alism>al ' +
    'aliti>al alli>al fulness>ful ousli>ous ousness>ous iveness>ive iviti>ive biliti>ble bli>ble ogi>og ogist>og fulli>ful ' +
    'lessli>less li>',
);
const STEP_3 = rules('tional>tion ational>ate alize>al icate>ic iciti>ic ical>ic ful> ness> ative>');
const STEP_4 = rules('al> ance> ence> er> ic> able> ible> ant> ement> ment> ent> ism> ate> iti> ous> ive> ize> ion>');

/** The stem of a word of the letters a to z; a word of one or two letters is its own. */
export function stemEnglish(word: string): string {
  if (word.length < 3) return word;
  const whole = WHOLE.get(word);
  if (whole !== undefined) return whole;
  let w = word.replace(/^y|([aeiouy])y/g, (_, vowel: string | undefined) => `${vowel ?? ''}Y`);
  const r1 = FIRST_REGION.exec(w)?.[0].length ?? w.length;
  const r2 = r1 + (NEXT_REGION.exec(w.slice(r1))?.[0].length ?? w.length - r1);
  w = withoutPlural(w);
  if (DONE_AFTER_PLURAL.test(w)) return w;
  w = withoutInflection(w, r1);
  w = w.replace(FINAL_Y, 'i');
  w = replaceSuffix(w, STEP_2, (suffix, before) => {
    if (before.length < r1) return false;
    if (suffix === 'ogi') return before.endsWith('l');
    return suffix !== 'li' || /[cdeghkmnrt]$/.test(before);
  });
  w = replaceSuffix(w, STEP_3, (suffix, before) => before.length >= (suffix === 'ative' ? r2 : r1));
  w = replaceSuffix(w, STEP_4, (suffix, before) => before.length >= r2 && (suffix !== 'ion' || /[st]$/.test(before)));
  return withoutFinalLetter(w, r1, r2).toLowerCase();
}

function withoutPlural(w: string): string {
  if (w.endsWith('sses')) return w.slice(0, -2);
  if (/ie[sd]$/.test(w)) return w.slice(0, w.length > 4 ? -2 : -1);
  if (/[us]s$/.test(w)) return w;
  return PLURAL_S.test(w) ? w.slice(0, -1) : w;
}

function withoutInflection(w: string, r1: number): string {
  const found = DERIVED.exec(w);
  if (!found) return w;
  const before = found[1]!;
  if (found[2]!.startsWith('eed')) return before.length >= r1 ? `${before}ee` : w;
  if (!HAS_VOWEL.test(before)) return w;
  if (/(?:at|bl|iz)$/.test(before)) return `${before}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(before)) return /^[aeo]..$/.test(before) ? before : before.slice(0, -1);
  return before.length <= r1 && ENDS_SHORT.test(before) ? `${before}e` : before;
}

/** The longest suffix that fits decides, whether or not its condition then holds. */
function replaceSuffix(w: string, list: Rules, holds: (suffix: string, before: string) => boolean): string {
  const rule = list.find(([suffix]) => w.endsWith(suffix));
  if (!rule) return w;
  const before = w.slice(0, w.length - rule[0].length);
  return holds(rule[0], before) ? before + rule[1] : w;
}

function withoutFinalLetter(w: string, r1: number, r2: number): string {
  const before = w.slice(0, -1);
  if (w.endsWith('e')) return before.length >= r2 || (before.length >= r1 && !ENDS_SHORT.test(before)) ? before : w;
  return w.endsWith('ll') && before.length >= r2 ? before : w;
}
