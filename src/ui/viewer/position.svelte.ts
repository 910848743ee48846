/** Where one is in the shown document, and the ways to other places in it. */
import { tick } from 'svelte';
import type { Bookmark, Document, Part } from '../../pipeline/document.ts';
import type { Places } from './anchors.ts';
import type { Reason } from './marks.ts';
import { partAt } from './parts.ts';
import { drop, hold } from './scroll.ts';

/** What the eye reads lies this far below the header, in pixels. */
const READING_LINE = 90;

export class Position {
  /** The element that scrolls. */
  region = $state<HTMLElement | null>(null);
  /** What stays over its top. */
  header = $state<HTMLElement | null>(null);
  /** Null until the document's elements are there. */
  places = $state.raw<Places | null>(null);
  part = $state.raw<Part | null>(null);
  /** Number of the page one is at; 0 for none. */
  readonly page = $derived.by(() => {
    const document = this.document();
    if (document?.shown.as !== 'pages' || this.part === null) return 0;
    return document.shown.pages[document.parts.indexOf(this.part)]?.number ?? 0;
  });
  #waiting = false;

  /** @param document the one that is shown; null while there is none */
  constructor(private readonly document: () => Document | null) {}

  /** Another document is shown: its places are not known yet. */
  reset(): void {
    this.places = null;
    this.part = null;
  }

  focus(): void {
    this.region?.focus({ preventScroll: true });
  }

  /** To be called at every scrolling. */
  scrolled(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#locate();
    });
  }

  /** To the cited passage, or to the top where none is marked. */
  async lead(): Promise<void> {
    await tick();
    if (!this.region) return;
    if (!this.#holdMark('cited')) this.region.scrollTop = 0;
    this.#locate();
  }

  /** To the match one stands at. */
  async showMatch(): Promise<void> {
    await tick();
    this.#holdMark('current');
  }

  /** @param index the part's number among the document's */
  jump(part: Part, index: number): void {
    const { region, places } = this;
    if (!region || !places) return;
    const shown = this.document()?.shown;
    if (shown?.as === 'pages') {
      this.#turnTo(shown.pages[index]?.number ?? 1, 0);
    } else {
      const element = places.elementAt(part.start);
      const into = part.start - Number(element?.dataset.start);
      if (element)
        hold(
          region,
          () => element,
          this.#locate,
          (target) => drop(target, into),
        );
    }
    this.focus();
  }

  jumpToBookmark({ page, top }: Bookmark): void {
    this.#turnTo(page, top);
    this.focus();
  }

  /** The offset of what stands right below the header. */
  offset(): number {
    return this.places?.offsetAtHeight(this.#readingLine() - READING_LINE) ?? 0;
  }

  /** Keeps what one reads at its height while `change` changes sizes. */
  async keep(change: () => void): Promise<void> {
    const line = this.#readingLine();
    const element = this.places?.elementAtHeight(line);
    const share = element ? (line - element.getBoundingClientRect().top) / element.offsetHeight : 0;
    change();
    await tick();
    // By the next frame the pages, or the browser's scroll anchoring, have done their part; what is left over is ours.
    requestAnimationFrame(() => {
      if (!this.region || !element) return;
      const { top, height } = element.getBoundingClientRect();
      this.region.scrollTop += top + share * height - line;
    });
  }

  /** Says where one is: the part at the reading line. */
  readonly #locate = (): void => {
    const document = this.document();
    if (!this.places || !document) return;
    const line = this.#readingLine();
    if (document.shown.as === 'pages') {
      const number = Number(this.places.elementAtHeight(line)?.dataset.page);
      const index = document.shown.pages.findIndex((page) => page.number === number);
      this.part = document.parts[index] ?? null;
    } else {
      this.part = partAt(document.parts, this.places.offsetAtHeight(line));
    }
  };

  /** False where nothing is marked so. */
  #holdMark(kind: Reason): boolean {
    const mark = (): Element | null => this.region?.querySelector(`mark.${kind}`) ?? null;
    if (!this.region || !mark()) return false;
    hold(this.region, mark, this.#locate);
    return true;
  }

  /** @param top points from the page's upper edge */
  #turnTo(number: number, top: number): void {
    const shown = this.document()?.shown;
    const page = shown?.as === 'pages' && shown.pages.find((one) => one.number === number);
    const sheet = this.region?.querySelector<HTMLElement>(`[data-page="${number}"]`);
    if (!this.region || !page || !sheet) return;
    // A little of what stands above is seen too, as at the top of a page.
    hold(
      this.region,
      () => sheet,
      this.#locate,
      () => (Math.max(0, top - 6) / page.height) * sheet.offsetHeight,
    );
  }

  #readingLine(): number {
    return (this.header?.getBoundingClientRect().bottom ?? 0) + READING_LINE;
  }
}
