/** Guesses a legacy encoding: chardet's statistics of languages, and a look at what each candidate makes of the words. */
import chardet from 'chardet';
import { decodeAs } from './decode-as.ts';

/** Encodings that chardet does not know or ranks badly on short texts; each is tried beside its own findings. */
const ALSO = (
  'windows-1252 windows-1250 iso-8859-2 windows-1251 koi8-u ibm866 x-mac-cyrillic iso-8859-5 windows-1253 windows-1254 windows-1255 ' +
  'windows-1256 windows-1257 windows-874 shift_jis euc-jp gb18030 big5 euc-kr macintosh'
).split(' ');
/** What chardet's confidence (0 to 100) would be for those it does not name. */
const UNNAMED = 5;
/** The Mac's encodings have the letters of Windows' at other places for the most part; chardet knows only the latter. */
const KIN = [
  ['x-mac-cyrillic', 'windows-1251'],
  ['macintosh', 'windows-1252'],
] as const;
const KIN_LOSS = 10;
/** How much each suspicious place in a hundred letters beyond ASCII takes from a candidate. */
const WEIGHT = 2;

/** WHATWG label of the likeliest encoding of bytes that are not UTF-8; windows-1252 when none is likelier. */
export function guessEncoding(bytes: Uint8Array): string {
  const confidence = new Map<string, number>(ALSO.map((label) => [label, UNNAMED]));
  for (const { name, confidence: found } of chardet.analyse(bytes)) {
    const label = labelOf(name);
    if (label !== null) confidence.set(label, Math.max(found, confidence.get(label) ?? 0));
  }
  for (const [label, kin] of KIN) confidence.set(label, Math.max(UNNAMED, (confidence.get(kin) ?? 0) - KIN_LOSS));
  let best = { label: 'windows-1252', score: -Infinity };
  for (const [label, found] of confidence) {
    const text = decoded(bytes, label);
    if (text === null) continue;
    const score = found - WEIGHT * suspicion(text);
    if (score > best.score) best = { label, score };
  }
  return best.label;
}

function labelOf(name: string): string | null {
  if (/^(?:utf|ascii)/i.test(name)) return null;
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null;
  }
}

/** Null where the bytes are not valid in it. A character may be cut at the end of the sample. */
function decoded(bytes: Uint8Array, label: string): string | null {
  for (let cut = 0; cut < 4 && cut < bytes.length; cut++) {
    try {
      return decodeAs(bytes.subarray(0, bytes.length - cut), label, true);
    } catch {
      continue;
    }
  }
  return null;
}

/** Things that words in the right encoding do not have: controls, scripts mixed in a word, capitals inside one, signs at letters. */
const SUSPICIOUS: readonly (readonly [RegExp, number])[] = [
  [/[\u0080-\u009F\uE000-\uF8FF\uFFFD]/g, 3],
  [/[\u2500-\u25FF]/g, 2],
  [
    /\p{Script=Latin}(?=[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}])|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}](?=\p{Script=Latin})/gu,
    2,
  ],
  [/[a-z][\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}](?=[a-z])/gu, 2],
  [/\p{Ll}(?=\p{Lu})/gu, 1],
  [/(?:^|[.!?]\s)[„‘’“”‹›]\p{Ll}/gu, 3],
  [/\p{Lu}(?=[\u0080-\uFFFF])\p{Lu}(?=\p{Ll})/gu, 0.5],
  [/\p{L}[¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶¸¹º»¼½¾¿×÷€‚ƒ„†‡ˆ‰‹›™˜√∞∂∑∏π∫Ω≈∆◊](?=\p{L})/gu, 1],
  [/(?<![\p{L}\p{N}])[¤¦¬¯´¸¹³¼½¾ˇ˘˝˛¨](?=\p{L})|\p{L}[¤¦¬¯¸ˇ˘˝˛¨¡¿]/gu, 1],
  // Half-width katakana and rare ideographs beside each other: another encoding's letters.
  [/[\uFF61-\uFF9F]/g, 0.7],
];

/** Suspicious places in a hundred characters beyond ASCII. */
function suspicion(text: string): number {
  const beyond = text.match(/[^\0-\u007F]/g)?.length ?? 0;
  if (beyond === 0) return 0;
  let sum = 0;
  for (const [pattern, weight] of SUSPICIOUS) sum += weight * (text.match(pattern)?.length ?? 0);
  return (sum * 100) / beyond;
}
