/** What a question brings back: the answer, the evidence behind it, and a trace of how it was found. */
import type { Passage, Span } from './document.ts';

/** One passage as a stage of the search saw it. Ranks are 1-based; `null` where a stage did not return it. */
export interface Candidate {
  readonly passage: Passage;
  readonly keywordRank: number | null;
  readonly keywordScore: number | null;
  /** BM25's score by query term; the shares add up to `keywordScore`. */
  readonly terms: readonly { readonly term: string; readonly share: number }[];
  readonly vectorRank: number | null;
  /** `null` while the passage has no vector yet. */
  readonly cosine: number | null;
  /** The fused score that orders the candidates; its scale belongs to the fusion method. */
  readonly fused: number;
  readonly fate:
    | {
        readonly kept: true;
        /** The number n of `[n]` in prompt and answer. */
        readonly number: number;
        /** A sentence where there is something to know: `It adjoins passage 1.` */
        readonly note?: string;
      }
    | { readonly kept: false; readonly why: string };
}

/** What the evidence for an answer is computed from. */
export interface EvidenceFeatures {
  /** Best cosine among the first passages; null while none has a vector. */
  readonly cosine: number | null;
  /** The greatest share of the question's content words, each by its idf plus 1, that one of the first passages holds, in [0, 1]. */
  readonly coverage: number;
  /** How far the best passage stands out from the other candidates: its fused score, in standard deviations. */
  readonly standing: number;
  /** How much is asked: ln(1 + content words). Of a long question no passage holds most words. */
  readonly length: number;
  /** ln(1 + passages searched): among many, one that looks right is found by chance. */
  readonly size: number;
}

/** A word of the question that was taken for a slip of the keyboard, and what it was taken to mean. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

/** How strongly the candidates speak for an answer being in them, and the two points on that scale. */
export interface Evidence {
  /** In [0, 1]; what it was computed from stands in `features`. */
  readonly evidence: number;
  readonly features: EvidenceFeatures;
  /** False where only words count for it: no passage has a vector, or the embedder's cosines have not been measured. */
  readonly calibrated: boolean;
  /** Below it the page refuses without asking the model. */
  readonly threshold: number;
  /** From here on the evidence is strong: an extract is offered where the model refuses. */
  readonly strong: number;
}

/** What retrieval gives for a question. */
export interface Found extends Evidence {
  /** Best first; the kept ones carry the numbers 1, 2, … in this order, or those that they had earlier in a conversation. */
  readonly candidates: readonly Candidate[];
  readonly searched: Trace['searched'];
}

/** A kept passage under its number in the prompt. */
export interface Source {
  readonly number: number;
  readonly passage: Passage;
  readonly documentName: string;
  /** The part it lies in: `page 4`, `Animals`; '' if the document has none. */
  readonly part: string;
}

/** A sentence of an answer with its checked citations. Spans are over `Answer.text`. */
export interface Sentence extends Span {
  readonly text: string;
  /** Source numbers that stand in the sentence and were given in the prompt. */
  readonly citations: readonly number[];
  readonly support:
    /** `insteadOf`: what the writer cited, where the person has taken the source that was offered. */
    | { readonly supported: true; readonly insteadOf?: readonly number[] }
    /**
     * `why` is for the person: "The number 42 does not stand in source 1." `instead` is a source that supports it, of
     * those read or found beside them; without one the sentence is struck through.
     */
    | { readonly supported: false; readonly why: string; readonly instead?: Source };
}

/** The model with its adapter, the model without. */
export type OwnModel = 'adapter' | 'base';

/** A model that the page does not ship, by its id. None of them was trained to cite. */
export interface OtherModel {
  readonly model: string;
}

/** What another model wrote: how many citations the page placed in it, each where its check found support. */
export interface MadeByOther extends OtherModel {
  readonly placed: number;
}

/**
 * Which path wrote the answer: one of the models, the best sentences of the passages, or nobody: `evidence` is a
 * refusal because retrieval found too little to ask the model.
 */
export type Maker = OwnModel | MadeByOther | 'extractive' | 'evidence';

export type Stage = 'embed' | 'search' | 'prompt' | 'load' | 'read' | 'write' | 'check';

/** What the generator was given. */
export interface AskedPrompt {
  readonly text: string;
  readonly ids: readonly number[];
  /** How many of the ids had been read before the question came, and were not read again. */
  readonly readBefore: number;
}

export interface Trace extends Omit<Evidence, 'strong'> {
  /** The question as it was searched: as it was understood, with its corrections. */
  readonly question: string;
  /** What was put right in the question before it was searched. */
  readonly corrections: readonly Correction[];
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** Passages that were searched by words, and how many of them had a vector already. */
  readonly searched: {
    readonly passages: number;
    readonly embedded: number;
    /** How many documents they lie in, where the question was limited to some of them. */
    readonly documents?: number;
  };
  /** The exact prompt; null if the generator was not asked. */
  readonly prompt: AskedPrompt | null;
  /** Ids the model wrote, without the end token. */
  readonly writtenIds: readonly number[];
  /** Milliseconds by stage, in the order they ran. */
  readonly times: readonly { readonly stage: Stage; readonly milliseconds: number }[];
}

export interface Answer {
  readonly text: string;
  readonly made: Maker;
  /** Why the model did not write it, or what it did not read, in sentences; '' when there is nothing to say. */
  readonly madeBecause: string;
  /** `Not in the documents`: nothing was found that answers the question; `sources` are then the nearest passages. */
  readonly refused: boolean;
  readonly sources: readonly Source[];
  readonly sentences: readonly Sentence[];
  /** Citations to numbers that were not in the prompt, removed from the text. */
  readonly removedCitations: readonly number[];
  readonly stopped: boolean;
  /** An extractive answer offered where the model refused though the evidence is strong; null else. */
  readonly offered: { readonly text: string; readonly source: number } | null;
  /** Set where the answer is a list of points from many passages. */
  readonly survey?: Survey;
  readonly trace: Trace;
}

/** How much of what there was the points come from. */
export interface Survey {
  readonly kind: 'summarise' | 'list' | 'compare';
  /** The document's name, or what was asked for. */
  readonly of: string;
  /** Passages that were to be read: all of the document, or all that speak of it. */
  readonly fitting: number;
  /** Passages that were read. */
  readonly read: number;
  /** Passages of the document, or of the collection. */
  readonly searched: number;
  /** How many documents the question was limited to, where it was. */
  readonly documents?: number;
}
