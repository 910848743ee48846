/** Leads the eye to an element and keeps it there while the page around it takes its final size. */

/** Milliseconds without a shift after which the element has arrived (fonts and blocks come late), and the most waited. */
const STILL = 700;
const MOST = 4000;

let running: AbortController | null = null;

/**
 * Scrolls what `find` gives into view at once (no glide: it would cross hundreds of pages) and again for as long as blocks that
 * come into view change their heights. Any move of the person ends it.
 * @param find asked at every frame: marks are made anew whenever the highlights change
 * @param into pixels from the target's top down to the place that is meant
 */
export function hold(
  scroller: HTMLElement,
  find: () => Element | null,
  then: () => void,
  into: (target: Element) => number = () => 0,
): void {
  running?.abort();
  const abort = new AbortController();
  running = abort;
  for (const move of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    scroller.addEventListener(move, () => abort.abort(), { signal: abort.signal, passive: true });
  }
  const began = performance.now();
  let shifted = began;
  const step = (): void => {
    const target = find();
    if (abort.signal.aborted || !target) return;
    const before = scroller.scrollTop;
    target.scrollIntoView({ block: 'start', inline: 'nearest', behavior: 'instant' });
    scroller.scrollTop += into(target);
    const now = performance.now();
    if (Math.abs(scroller.scrollTop - before) >= 2 || document.fonts.status === 'loading') {
      shifted = now;
      then();
    }
    if (now - shifted < STILL && now - began < MOST) requestAnimationFrame(step);
    else abort.abort();
  };
  step();
  then();
}

/** Pixels from the top of `element` down to its character number `into`. */
export function drop(element: Element, into: number): number {
  if (into <= 0) return 0;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let left = into;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left < length) {
      const range = document.createRange();
      range.setStart(node, left);
      range.setEnd(node, left + 1);
      return range.getBoundingClientRect().top - element.getBoundingClientRect().top;
    }
    left -= length;
  }
  return 0;
}
