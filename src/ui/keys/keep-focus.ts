/**
 * A keyboard never falls back to the top of the page: when what has the focus is taken away and nothing else was given
 * it, it goes to what stands in its place. In a list that is the next item, or the last one; else what has come in its
 * stead; else what is nearest to it.
 */

/** An ancestor of the focus, and how many elements stood before the one on the way down. */
interface Step {
  readonly ancestor: Element;
  readonly index: number;
}

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, ' +
  '[tabindex]:not([tabindex="-1"])';

/** Watches the whole page until what it gives is called. */
export function keepFocus(page: Document): () => void {
  let focused: Element | null = null;
  let way: readonly Step[] = [];

  const remember = (): void => {
    const { activeElement } = page;
    if (!activeElement || activeElement === page.body) return;
    focused = activeElement;
    way = wayTo(activeElement);
  };
  const observer = new MutationObserver((changes) => {
    if (!focused) return;
    const here = focused;
    if (here.isConnected) {
      // what stands before it on its way may have changed
      if (here === page.activeElement && changes.some(({ target }) => target.contains(here))) way = wayTo(here);
      return;
    }
    focused = null;
    if (page.activeElement && page.activeElement !== page.body) return;
    standIn(way)?.focus();
  });

  page.addEventListener('focusin', remember);
  observer.observe(page.body, { childList: true, subtree: true });
  return () => {
    page.removeEventListener('focusin', remember);
    observer.disconnect();
  };
}

function wayTo(element: Element): Step[] {
  const steps: Step[] = [];
  for (let child = element; child.parentElement; child = child.parentElement) {
    steps.push({ ancestor: child.parentElement, index: [...child.parentElement.children].indexOf(child) });
  }
  return steps;
}

/** Nearest first: at the same place in the innermost ancestor that is still there, then what follows, then what precedes. */
function standIn(way: readonly Step[]): HTMLElement | null {
  for (const { ancestor, index } of way) {
    if (!ancestor.isConnected) continue;
    const children = [...ancestor.children];
    for (const child of [...children.slice(index), ...children.slice(0, index).reverse()]) {
      const found = focusableIn(child);
      if (found) return found;
    }
  }
  return null;
}

function focusableIn(element: Element): HTMLElement | null {
  for (const one of [element, ...element.querySelectorAll(FOCUSABLE)]) {
    if (one instanceof HTMLElement && one.matches(FOCUSABLE) && one.checkVisibility()) return one;
  }
  return null;
}
