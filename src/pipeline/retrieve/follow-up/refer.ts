/** Pronouns of a question that point to what was said before, and what they point to. */
import * as lexicon from './lexicon.ts';
import { isCapital, slice, tokensOf, type Phrase, type Shape, type Token } from './phrases.ts';
import { itemsOf, ordinal, type Before, type Reference } from './listed.ts';

const HE_OR_SHE = /^(?:he|she|him|her|his|hers)$/;
const IT = /^(?:it|its)$/;
const THEY = /^(?:they|them|their)$/;
const POSSESSIVE = /^(?:his|her|its|their)$/;

/** The question with its pronouns replaced; `open` is true where one of them points to nothing that is known. */
export function resolved(asked: Shape, before: Before): { readonly text: string; readonly open: boolean } {
  const { tokens, text } = asked;
  const parts: string[] = [];
  let from = 0;
  let open = false;
  for (let i = 0; i < tokens.length; i++) {
    const found = referenceAt(asked, i, before);
    if (!found) continue;
    if (found.text === null) {
      open = true;
      continue;
    }
    parts.push(
      text.slice(from, tokens[i]!.start),
      i === 0 ? found.text.replace(/^./, (c) => c.toUpperCase()) : found.text,
    );
    from = tokens[found.to - 1]!.end;
    i = found.to - 1;
  }
  return { text: parts.join('') + text.slice(from), open };
}

function referenceAt(asked: Shape, i: number, before: Before): Reference | null {
  const { word } = asked.tokens[i]!;
  if (HE_OR_SHE.test(word) || IT.test(word) || THEY.test(word)) return pronoun(asked, i, before);
  if (lexicon.POINTING.has(word)) return pointing(asked, i, before);
  if (word === 'the') return ordinal(asked, i, before);
  return null;
}

function pronoun(asked: Shape, i: number, before: Before): Reference | null {
  const { word } = asked.tokens[i]!;
  if (IT.test(word) && isEmptyIt(asked.tokens, i)) return null;
  if (isInside(asked, i)) return null;
  const antecedent = HE_OR_SHE.test(word) ? person(before) : IT.test(word) ? thing(before) : several(before);
  if (antecedent === null) return { to: i + 1, text: null };
  const owned = asked.phrases.find(({ from }) => from === i);
  if (!POSSESSIVE.test(word) || (word === 'her' && !owned)) return { to: i + 1, text: antecedent };
  if (antecedent.split(' ').length <= 3)
    return { to: i + 1, text: `${antecedent}${/s$/.test(antecedent) ? '’' : '’s'}` };
  const to = owned?.to ?? i + 1;
  return { to, text: `the ${slice(asked.text, asked.tokens, i + 1, to)} of ${antecedent}` };
}

/** `it` that stands for nothing: `How long does it take to …`, `Is it allowed to …`, `What time is it?`. */
function isEmptyIt(tokens: readonly Token[], i: number): boolean {
  const rest = tokens.slice(i + 1).map(({ word }) => word);
  if (
    /^(?:what|which) time$/.test(
      tokens
        .slice(0, 2)
        .map(({ word }) => word)
        .join(' '),
    )
  )
    return true;
  const at = rest.slice(0, 4).findIndex((word) => /^(?:to|that|if|until|before|since)$/.test(word));
  // `How much did it cost to build?` asks about a thing.
  return at >= 0 && rest.length - at > 3;
}

/** Whether the question itself names before the pronoun what it can stand for. */
function isInside({ tokens, phrases, subject }: Shape, i: number): boolean {
  const { word } = tokens[i]!;
  // `Who was shot at in his first year?`
  if (HE_OR_SHE.test(word) && tokens[0]!.word === 'who' && subject === null && i > 2) return true;
  return phrases.some((phrase) => {
    if (phrase.to > i) return false;
    if (IT.test(word)) {
      // In `a limit to it` the one is not the other.
      if (phrase.to === i - 1 && lexicon.PREPOSITIONS.has(tokens[i - 1]!.word)) return false;
      const isNamed = lexicon.ARTICLES.has(phrase.determiner) || phrase.kind === 'name';
      return isNamed && phrase.kind !== 'person' && phrase.kind !== 'time';
    }
    if (THEY.test(word)) return phrase.plural || phrase.kind === 'person';
    return phrase.kind === 'person' || phrase.kind === 'name';
  });
}

/** Somebody's name in the answer, else a name or an office in the question. */
function person({ question, answer }: Before): string | null {
  const asked = new Set(question.tokens.map(({ word }) => word));
  // `Who is Hester Lovelace?` is about her, whomever the answer names.
  const { subject } = question;
  if (subject?.kind === 'name' && question.tokens[0]!.word === 'who') return whole(question, subject);
  const inAnswer = namesIn(answer).find((name) => !tokensOf(name).every(({ word }) => asked.has(word)));
  if (inAnswer && /\b(?:who|whom|whose|which|by whom)\b/i.test(question.text)) return inAnswer;
  const named = question.phrases.find(({ kind }) => kind === 'name');
  const office = question.phrases.find(({ kind }) => kind === 'person');
  const found = named ?? office;
  return inAnswer ?? (found ? whole(question, found) : null);
}

/** Runs of capitalised words, without a word that only begins the sentence. */
function namesIn(text: string): string[] {
  const names: string[] = [];
  let run: Token[] = [];
  const tokens = tokensOf(text);
  const close = (next?: Token) => {
    const first = run[0];
    // The first word of a sentence may be capitalised for that alone: `No`, `The architect Ilse Brandt`, `Nine men`.
    const begins = first?.start === 0 && !isName(first.word, run.length > 1 || next === undefined);
    const words = begins ? run.slice(1) : run;
    if (words.length > 0) names.push(text.slice(words[0]!.start, words.at(-1)!.end));
    run = [];
  };
  for (const token of tokens) {
    if (isCapital(token) || (token.word === '.' && /^(?:mr|mrs|ms|dr)$/.test(run.at(-1)?.word ?? ''))) run.push(token);
    else close(/[\p{L}\p{N}]/u.test(token.word) ? token : undefined);
  }
  close();
  return names.filter((name) => /\p{Ll}/u.test(name));
}

function isName(first: string, standsForItself: boolean): boolean {
  const closed = [lexicon.LOOSE, lexicon.PREPOSITIONS, lexicon.ARTICLES, lexicon.POINTING, lexicon.PRONOUNS];
  return standsForItself && !closed.some((words) => words.has(first)) && !lexicon.isNumber(first);
}

/** One thing: what the question asked for, if the answer names it in a few words; else what it is about. */
function thing({ question, answer }: Before): string | null {
  const { phrases, askedTo, subject } = question;
  const short = tokensOf(answer).filter(({ word }) => /[\p{L}\p{N}]/u.test(word));
  const asked = phrases.find(({ to }) => to <= askedTo && to > 1);
  const asksWhich = /^(?:which|what)\b/i.test(question.text) && asked && asked.kind !== 'time';
  if (asksWhich && !asked.plural && short.length > 0 && short.length <= 7) {
    const plain = answer.replace(/[.\s]+$/, '').replace(/^(?:One|A|An|The)\s/, 'the ');
    return namesIn(plain).length > 0 || plain.startsWith('the ')
      ? plain.replace(/^\p{Lu}(?=\p{Ll}+ \p{Lu}$)/u, (letter) => letter.toLowerCase())
      : `the ${plain}`;
  }
  const topics = [subject, ...phrases.filter(({ from }) => from >= askedTo)].filter((one) => one !== null);
  const topic = topics.find(({ kind, plural }) => kind !== 'person' && kind !== 'time' && !plural);
  if (topic) return whole(question, topic);
  // `How many litres of oat stout`
  const measured = phrases.find(({ to, preposition }) => to <= askedTo && preposition === 'of');
  return measured?.text ?? null;
}

function several({ question, answer }: Before): string | null {
  const { phrases, subject, askedTo } = question;
  if (subject?.plural) return whole(question, subject);
  const asked = phrases.find(({ to, plural }) => to <= askedTo && plural);
  if (asked && !lexicon.UNITS.has(asked.head)) {
    const owner = subject && subject.kind !== 'person' ? ` of ${subject.text}` : '';
    return `the ${asked.head}${owner}`;
  }
  const items = itemsOf(answer);
  if (items.length > 1) return answer.replace(/[.\s]+$/, '');
  const plural = phrases.find((phrase) => phrase.plural && phrase.from >= askedTo);
  return plural ? whole(question, plural) : null;
}

/** `that year`, `this house`, `Is that more than …`, `When was that?`. */
function pointing(asked: Shape, i: number, before: Before): Reference | null {
  const { tokens } = asked;
  const next = tokens[i + 1]?.word ?? '';
  const phrase = asked.phrases.find(({ from }) => from === i);
  if (phrase) return pointedAt(asked, phrase, before);
  const previous = tokens[i - 1]?.word ?? '';
  const isFree = lexicon.AUXILIARIES.has(previous) || /^(?:about|of|for|after|with)$/.test(previous) || i === 0;
  const after = tokens[i + 2]?.word ?? '';
  const isDescribed = i === 1 && !/[\p{L}\p{N}]/u.test(after);
  const isAlone =
    !/[\p{L}\p{N}]/u.test(next) || lexicon.LOOSE.has(next) || lexicon.PREPOSITIONS.has(next) || isDescribed;
  if (!isFree || !isAlone) return null;
  const answer = before.answer.replace(/[.\s]+$/, '');
  const compared = /^(?:more|less)$/.test(next) && /^[£€$]?\d/.test(answer);
  return { to: i + 1, text: compared ? answer : thing(before) };
}

function pointedAt({ tokens }: Shape, phrase: Phrase, before: Before): Reference | null {
  const { head, from, to } = phrase;
  if (head === 'year') {
    const year =
      /\b(?:1[0-9]|20)\d\d\b/.exec(before.answer)?.[0] ?? /\b(?:1[0-9]|20)\d\d\b/.exec(before.question.text)?.[0];
    if (!year) return null;
    const hasPreposition = lexicon.PREPOSITIONS.has(tokens[from - 1]?.word ?? '');
    return { to, text: hasPreposition ? year : `in ${year}` };
  }
  const named = before.question.phrases.find((one) => one.head === head || one.head === `${head}s`);
  if (!named || named.determiner === tokens[from]!.word) return null;
  return { to, text: whole(before.question, named) };
}

/** A phrase with what belongs to it. */
export function whole({ text, tokens }: Shape, phrase: Phrase): string {
  const said = slice(text, tokens, phrase.from, phrase.wholeTo);
  return phrase.determiner === 'a' || phrase.determiner === 'an' ? said.replace(/^an? /i, 'the ') : said;
}
