/** In which language a question is asked, where that is plain: an embedder for English finds nothing by others. */

/** Words that only hold a sentence together, most of them of one language alone. */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: 'the of and to in is was were are what which who how when where why does did do it that this for with on by from can may must my our be has have had',
  de: 'der die das den dem des ein eine einen einem einer und ist sind war wie was wer wo wann warum welche welcher welches wird werden kann darf muss nicht mit von zu zum zur für auf im bei nach aus wenn ich wir sie es viel lange',
  fr: 'le la les un une des du de et est sont qui que quoi quel quelle quels quelles où quand comment pourquoi combien dans pour avec sur par pas ne au aux il elle ils elles peut doit on ce cette l d qu a t',
  es: 'el la los las un una unos unas y es son era qué quién cuál cuáles cuándo dónde cómo cuánto cuánta cuántos por para con de del en al se puede debe no lo su a hasta está',
  it: 'il lo la i gli le un uno una e è sono chi che cosa quale quali quando dove come perché quanto quanta quanti quante per con di del della dei delle nel nella in al alla si può deve non a l aveva ha',
  nl: 'de het een en is zijn was wie wat welk welke waar wanneer hoe waarom hoeveel voor met van op in te bij naar uit om dat die niet kan mag moet ik wij ze er iedere wordt',
  pt: 'o a os as um uma e é são quem que qual quais quando onde como porquê quanto quantos para com de do da dos das no na em ao se pode deve não por foi',
};
const LANGUAGES = Object.entries(FUNCTION_WORDS).map(([code, words]) => ({ code, words: new Set(words.split(' ')) }));

/** Scripts that tell the language, or nearly. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{scx=Hiragana}\p{scx=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
];
/** Fewer words of a language are chance: `die` and `was` are English too. */
const ENOUGH = 2;

/** BCP 47 code of the language; null for English, or where it cannot be told. */
export function foreignLanguage(question: string): string | null {
  const letters = question.match(/\p{L}/gu)?.length ?? 0;
  for (const [script, code] of SCRIPTS) {
    if ((question.match(script)?.length ?? 0) * 2 > letters) return code;
  }
  const asked = question.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counts = LANGUAGES.map(({ code, words }) => ({ code, count: asked.filter((word) => words.has(word)).length }));
  const best = counts.reduce((a, b) => (b.count > a.count ? b : a));
  return best.code === 'en' || best.count < ENOUGH ? null : best.code;
}
