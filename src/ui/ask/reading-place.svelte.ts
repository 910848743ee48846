/**
 * Where one reads in the conversation, and the ways to its other questions. While an answer is being written nothing
 * moves by itself; only who has gone to its end, by hand or by the button, is kept there.
 */
import type { Attachment } from 'svelte/attachments';

/** Pixels by which an end may lie below the window and still be in sight. */
const NEAR = 8;
/** Milliseconds after a key, a wheel or a finger for which a scrolling is the person's. */
const BY_HAND = 2000;
/** Pixels below the window's top at which a question is the one that is read. */
const READING = 60;

export class ReadingPlace {
  /** The newest question, or the end of what is being written to it, lies below what is in sight. */
  away = $state(false);
  /** Id of the turn that is read; null before the first. */
  at = $state<number | null>(null);
  #scroller: HTMLElement | null = null;
  #following = false;
  #before = 0;
  /** Where the page itself scrolled to last. */
  #own = -1;
  /** When a key, a wheel or a finger was last felt. */
  #felt = -Infinity;
  #waiting = false;

  /** For the element that scrolls; its first child holds the turns. */
  readonly watch: Attachment<HTMLElement> = (scroller) => {
    this.#scroller = scroller;
    const observer = new ResizeObserver(() => {
      if (this.#following) this.#toEnd();
      this.#look();
    });
    observer.observe(scroller);
    if (scroller.firstElementChild) observer.observe(scroller.firstElementChild);
    const abort = new AbortController();
    const listening = { passive: true, signal: abort.signal };
    scroller.addEventListener('scroll', this.#scrolled, listening);
    for (const move of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
      scroller.addEventListener(move, () => (this.#felt = performance.now()), listening);
    }
    return () => {
      observer.disconnect();
      abort.abort();
      this.#scroller = null;
    };
  };

  /** A new question stands at the top, and its answer grows below it. */
  begin(): void {
    this.#following = false;
    const newest = this.#turns.at(-1);
    if (newest) this.#show(newest);
  }

  /** To the newest question; to the end of its answer where that is being written. */
  newest(): void {
    const newest = this.#turns.at(-1);
    if (!newest) return;
    const writing = this.#writing;
    if (writing && newest.getBoundingClientRect().top < this.#window.bottom - READING) {
      this.#following = true;
      this.#toEnd();
    } else this.#show(newest);
    focusQuestion(newest);
  }

  /** @param id of a turn */
  jump(id: number): void {
    const turn = this.#turns.find((one) => idOf(one) === id);
    if (!turn) return;
    this.#following = false;
    this.#show(turn);
    focusQuestion(turn);
  }

  /** To the next question, or to the one before: first to the start of the one that is read. */
  step(by: 1 | -1): void {
    const turns = this.#turns;
    const at = turns.findIndex((turn) => idOf(turn) === this.at);
    const current = turns[at];
    const inside = current && current.getBoundingClientRect().top < this.#window.top - READING;
    const turn = by < 0 && inside ? current : turns[Math.max(0, Math.min(turns.length - 1, at + by))];
    const id = turn && idOf(turn);
    if (id) this.jump(id);
  }

  get #turns(): HTMLElement[] {
    return [...(this.#scroller?.querySelectorAll<HTMLElement>('[data-turn]') ?? [])];
  }

  get #window(): DOMRect {
    return this.#scroller?.getBoundingClientRect() ?? new DOMRect();
  }

  get #writing(): Element | null {
    return this.#turns.at(-1)?.querySelector('article[aria-busy="true"]') ?? null;
  }

  readonly #scrolled = (): void => {
    const { scrollTop } = this.#scroller ?? { scrollTop: 0 };
    if (Math.abs(scrollTop - this.#own) > 1) {
      const writing = this.#writing;
      const atEnd = writing !== null && writing.getBoundingClientRect().bottom <= this.#window.bottom + NEAR;
      const byHand = performance.now() - this.#felt < BY_HAND;
      if (scrollTop < this.#before) this.#following = false;
      else if (byHand) this.#following = atEnd;
    }
    this.#before = scrollTop;
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() => {
      this.#waiting = false;
      this.#look();
    });
  };

  #look(): void {
    const turns = this.#turns;
    const { top, bottom } = this.#window;
    const read = turns.findLast((turn) => turn.getBoundingClientRect().top <= top + READING) ?? turns[0];
    this.at = read ? idOf(read) : null;
    const newest = turns.at(-1);
    const below = newest !== undefined && newest.getBoundingClientRect().top > bottom - READING;
    const ending = (this.#writing?.getBoundingClientRect().bottom ?? -Infinity) > bottom + NEAR;
    this.away = below || (ending && !this.#following);
  }

  #show(turn: HTMLElement): void {
    turn.scrollIntoView({ block: 'start', behavior: 'instant' });
    this.#own = this.#scroller?.scrollTop ?? -1;
  }

  #toEnd(): void {
    const writing = this.#writing;
    if (!this.#scroller || !writing) return;
    const hidden = writing.getBoundingClientRect().bottom + 24 - this.#window.bottom;
    if (hidden <= 0) return;
    this.#scroller.scrollTop += hidden;
    this.#own = this.#scroller.scrollTop;
  }
}

function idOf(turn: HTMLElement): number {
  return Number(turn.dataset['turn']);
}

function focusQuestion(turn: HTMLElement): void {
  turn.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
}

/** There is one conversation on the page. */
export const readingPlace = new ReadingPlace();
