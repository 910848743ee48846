/** Tells pages when they come near the window and when they have left it; while one races past, nobody is told to come. */

/** How far beyond the window a page counts as near, as a share of the window's height. */
const MARGIN = 0.9;
/** Milliseconds between two looks at how fast one scrolls, and the windows' heights in that time that are a race. */
const LOOK = 60;
const RACE = 0.6;

export class Nearness {
  readonly #scroller: HTMLElement;
  readonly #observer: IntersectionObserver;
  readonly #tell = new Map<Element, (near: boolean) => void>();
  /** Near, but not told yet. */
  readonly #waiting = new Set<Element>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    const options = { root: scroller, rootMargin: `${MARGIN * 100}% 0px` };
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#waiting.add(target);
        else if (!this.#waiting.delete(target)) this.#tell.get(target)?.(false);
      }
      if (this.#waiting.size > 0) this.#look();
    }, options);
  }

  /** `tell` hears of every change. The answer ends it. */
  watch(element: Element, tell: (near: boolean) => void): () => void {
    this.#tell.set(element, tell);
    this.#observer.observe(element);
    return () => {
      this.#observer.unobserve(element);
      this.#tell.delete(element);
      this.#waiting.delete(element);
    };
  }

  /** Pixels between the middles of the element and of the window. */
  distance(element: Element): number {
    const [own, window] = [element.getBoundingClientRect(), this.#scroller.getBoundingClientRect()];
    return Math.abs(own.top + own.height / 2 - window.top - window.height / 2);
  }

  end(): void {
    this.#observer.disconnect();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
  }

  #look(): void {
    if (this.#timer !== undefined) return;
    const { scrollTop } = this.#scroller;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const moved = Math.abs(this.#scroller.scrollTop - scrollTop);
      if (moved > this.#scroller.clientHeight * RACE) this.#look();
      else this.#call();
    }, LOOK);
  }

  /** One a frame, the nearest first: a page that comes is work, and several at once would hold the scrolling. */
  #call(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const [first] = [...this.#waiting].sort((a, b) => this.distance(a) - this.distance(b));
      if (!first) return;
      this.#waiting.delete(first);
      this.#tell.get(first)?.(true);
      if (this.#waiting.size > 0) this.#call();
    });
  }
}
