/** Words that stand in a master or layout, outside of placeholders: shown on each of its slides, read once. */
import { wordsOf } from './deck.ts';
import type { Piece, Slide } from './deck.ts';

interface Shown {
  readonly piece: Piece;
  readonly slides: number[];
}

export class MasterTexts {
  readonly #texts = new Map<string, Shown>();

  /** The slide of this number shows these pieces of its master. */
  add(pieces: readonly Piece[], slide: number): void {
    for (const piece of pieces) {
      const words = wordsOf(piece);
      if (!/[\p{L}\p{N}]/u.test(words)) continue;
      const shown = this.#texts.get(words) ?? { piece, slides: [] };
      if (!shown.slides.includes(slide)) shown.slides.push(slide);
      this.#texts.set(words, shown);
    }
  }

  /**
   * What one slide alone shows is read with it. What several show is to slides what running headers are to pages, and is
   * only told; where no slide has words of its own it is all there is to read, and goes to the first that shows it.
   */
  settle(slides: readonly Slide[]): { readonly slides: readonly Slide[]; readonly repeated: readonly string[] } {
    const nothingElse = slides.every(({ pieces }) => pieces.length === 0);
    const read = new Map<number, Piece[]>();
    const repeated: string[] = [];
    for (const [words, { piece, slides: shownOn }] of this.#texts) {
      const first = shownOn[0]!;
      if (shownOn.length === 1 || nothingElse) read.set(first, [...(read.get(first) ?? []), piece]);
      else repeated.push(words);
    }
    return { slides: slides.map((slide) => withPieces(slide, read.get(slide.number) ?? [])), repeated };
  }
}

/** After the slide's own words, before the speaker's notes. */
function withPieces(slide: Slide, pieces: readonly Piece[]): Slide {
  if (pieces.length === 0) return slide;
  const isNote = ({ kind }: Piece): boolean => kind === 'note';
  return {
    ...slide,
    pieces: [...slide.pieces.filter((piece) => !isNote(piece)), ...pieces, ...slide.pieces.filter(isNote)],
  };
}

/** A sentence for the report, or none. */
export function masterNotes(repeated: readonly string[]): string[] {
  return repeated.length === 0 ? [] : ['Text that the slide master repeats on its slides was left out.'];
}
