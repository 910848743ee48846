/** What came of a case, and whether it went as it should. */
import type { Answer, Candidate, Found } from '../../pipeline/answer.ts';
import type { Passage } from '../../pipeline/document.ts';
import type { CutCase, Evidence, GalleryCase } from './case.ts';

/** A question that was asked once. */
export interface Asking {
  /** As it was searched. */
  readonly question: string;
  /** The file that it was asked of alone; null for all. */
  readonly of: string | null;
  readonly found: Found;
  /** Null where none was wanted. */
  readonly answer: Answer | null;
}

export interface ArmRun {
  readonly passages: readonly Passage[];
  /** Files whose end the embedder did not read. */
  readonly unread: readonly { readonly file: string; readonly tokens: number }[];
  readonly askings: readonly Asking[];
}

/** The search would refuse: the evidence is below the threshold. */
export function refuses({ evidence, threshold }: Found): boolean {
  return evidence < threshold;
}

/** 1-based place of the first candidate that holds the words; null where none does. */
export function placeOf({ candidates }: Found, evidence: Evidence): number | null {
  const at = candidates.findIndex(({ passage }) => holds(passage, evidence));
  return at < 0 ? null : at + 1;
}

export function holds({ path, text }: Pick<Passage, 'path' | 'text'>, { file, words }: Evidence): boolean {
  return path === file && text.includes(words);
}

/** The passages that are read. */
export function readOf({ candidates }: Found): readonly Passage[] {
  return candidates.flatMap(({ fate, passage }) => (fate.kept ? [passage] : []));
}

/** A passage with all that the model is told with it: a row's header too, where the context has no room for it. */
export function toldOf({ context, header = '', text }: Passage): string {
  return [context, header, text].join('\n');
}

/** Whether a passage, with what is told of it, holds all that should stand together. */
export function isWhole(passage: Passage, { file, together }: CutCase): boolean {
  return passage.path === file && together.every((piece) => toldOf(passage).includes(piece));
}

/** Whether one arm of a case went as it should: what was to be found, to stand together or to be said does. */
export function succeeds(one: GalleryCase, { askings }: ArmRun): boolean {
  switch (one.compares) {
    case 'ranking':
      return askings.every(({ found }) => {
        if (refuses(found)) return false;
        if (one.wants === 'first') return one.right.every((evidence) => placeOf(found, evidence) === 1);
        const read = readOf(found);
        return one.right.every((evidence) => read.some((passage) => holds(passage, evidence)));
      });
    case 'cut':
      return askings.some(({ found }) => !refuses(found) && readOf(found).some((passage) => isWhole(passage, one)));
    case 'answer': {
      const answers = askings.flatMap(({ answer }) => answer ?? []);
      if (one.wants.by === 'refusal') return answers.length > 0 && answers.every(({ refused }) => refused);
      const texts = answers.filter(({ refused }) => !refused).map(({ text }) => text);
      const says = (words: string): boolean => texts.some((text) => saidIn(text, words));
      return one.wants.said.every(says) && !one.wants.not.some(says);
    }
  }
}

/** The words stand in the text as whole words, in any case. */
export function saidIn(text: string, words: string): boolean {
  const plain = (one: string): string =>
    ` ${one
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `;
  return plain(text).includes(plain(words));
}

/** It fails as it teaches, and the remedy helps; or it does not, here. */
export interface Verdict {
  readonly fails: boolean;
  readonly helps: boolean;
}

export function verdict(one: GalleryCase, [failing, remedied]: readonly [ArmRun, ArmRun]): Verdict {
  return { fails: !succeeds(one, failing), helps: succeeds(one, remedied) };
}

/** The fates of the candidates (best first) if copies of a passage were not folded: the best `most` are read. */
export function unfolded(candidates: readonly Candidate[], most: number): Candidate[] {
  return candidates.map((candidate, i): Candidate => {
    if (i < most) return { ...candidate, fate: { kept: true, number: i + 1 } };
    return { ...candidate, fate: { kept: false, why: `Only the best ${most} passages are used.` } };
  });
}
