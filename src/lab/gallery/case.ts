/** A case of the failure gallery, as data: what is put on a desk beside the person's, what is asked, and what should come. */
import type { ChunkSettings } from '../../pipeline/chunk/chunk.ts';
import type { OwnModel } from '../../pipeline/answer.ts';

/** A document of a case, as it would be dropped: the reader reads it like any file. */
export interface CaseFile {
  readonly name: string;
  readonly text: string;
}

/** One of the two ways in which a case is run. What is left out is as in the page's defaults. */
export interface Arm {
  /** What is done, as a heading: `By meaning alone`. */
  readonly name: string;
  /** `whole`: each document is one text for the embedder, cut off where that ends. */
  readonly cut?: Partial<ChunkSettings> | 'whole';
  readonly search?: 'both' | 'words' | 'meaning';
  /** Passages that are read at the most. */
  readonly passages?: number;
  readonly promptText?: 'passages' | 'surroundings';
  /** Names of files that are not there. */
  readonly without?: readonly string[];
  /** Names of the files that are searched; all where it is left out. */
  readonly within?: readonly string[];
  /** Each file is asked by itself. */
  readonly each?: true;
  /** In the place of the case's question. */
  readonly question?: string;
  /** Copies of a passage take places of their own. */
  readonly folding?: false;
  /** Weak evidence is no reason to refuse. */
  readonly threshold?: false;
  /** Who writes, where an answer is compared. */
  readonly writer?: OwnModel | 'extractive';
}

/** Words that stand in one file. */
export interface Evidence {
  readonly file: string;
  readonly words: string;
}

interface Common {
  readonly id: string;
  /** What goes wrong, in a few words. */
  readonly title: string;
  /** What goes wrong and why: a paragraph. */
  readonly why: string;
  /** What to do about it: a sentence. */
  readonly remedy: string;
  readonly files: readonly CaseFile[];
  readonly question: string;
  /** As it fails, and with the remedy. */
  readonly arms: readonly [Arm, Arm];
  /** What the remedy does not do: a sentence. */
  readonly limit: string;
}

/** Which passages come first, or are read. */
export interface RankingCase extends Common {
  readonly compares: 'ranking';
  /** What should be found. */
  readonly right: readonly Evidence[];
  /** `first`: it should stand first; `read`: all of it should be among what is read. Nor may the search refuse. */
  readonly wants: 'first' | 'read';
}

/** What stands together in one passage. */
export interface CutCase extends Common {
  readonly compares: 'cut';
  readonly file: string;
  /** Words that only say something together: one of the passages that are read should hold them all. */
  readonly together: readonly string[];
}

/** What is answered. */
export interface AnswerCase extends Common {
  readonly compares: 'answer';
  readonly wants:
    | { readonly by: 'refusal' }
    /** All of them said, and none of `not`. */
    | { readonly by: 'words'; readonly said: readonly string[]; readonly not: readonly string[] };
}

export type GalleryCase = RankingCase | CutCase | AnswerCase;

/** Whether a language model has to write for it. */
export function needsModel({ compares, arms }: GalleryCase): boolean {
  return compares === 'answer' && arms.some(({ writer }) => writer !== 'extractive');
}
