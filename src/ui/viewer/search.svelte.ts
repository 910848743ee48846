/** The search in the shown document: what is looked for, what matches, and the match one stands at. */
import type { Span } from '../../pipeline/document.ts';
import { Finder, firstFrom } from './find.ts';
import { around, type Highlight } from './marks.ts';

/** Matches painted on either side of the current one. */
const PAINTED = 150;
/** Milliseconds without another letter after which the search begins. */
const PAUSE = 120;

export interface Searched {
  /** Of the document that is shown; '' for none. */
  text(): string;
  /** The offset where one reads. */
  offset(): number;
  /** Leads the eye to the current match. */
  show(): Promise<void>;
}

export class Search {
  query = $state('');
  /** 0-based number of the match one stands at; -1 for none. */
  at = $state(-1);
  #matches = $state.raw<readonly Span[]>([]);
  readonly #finder = $derived.by(() => new Finder(this.searched.text()));
  readonly highlights = $derived.by(() =>
    around(
      this.#matches.map((match, index): Highlight => ({ ...match, as: index === this.at ? 'current' : 'found' })),
      this.at,
      PAINTED,
    ),
  );

  /** To be made while a component is set up: it searches for as long as that lives. */
  constructor(private readonly searched: Searched) {
    $effect(() => {
      const wanted = this.query;
      const finder = this.#finder;
      let dropped = false;
      const timer = setTimeout(() => void search(), PAUSE);
      const search = async (): Promise<void> => {
        const found = await finder.find(wanted);
        if (dropped) return;
        if (found.length > 0 || this.#matches.length > 0) this.#matches = found;
        // Search begins where one reads.
        this.at = firstFrom(found, this.searched.offset());
        await this.searched.show();
      };
      return () => {
        dropped = true;
        clearTimeout(timer);
      };
    });
  }

  get count(): number {
    return this.#matches.length;
  }

  /** Another document is shown: the search belonged to the one before. */
  clear(): void {
    this.query = '';
    this.#matches = [];
  }

  async step(by: 1 | -1): Promise<void> {
    if (this.count === 0) return;
    this.at = (this.at + by + this.count) % this.count;
    await this.searched.show();
  }
}
