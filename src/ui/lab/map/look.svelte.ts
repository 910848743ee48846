/** The colours of the page as a canvas can use them, kept up with light, dark and the system's own. */
import { colours, forced, type Colours } from './palette.ts';

const asked = ['(prefers-color-scheme: dark)', '(forced-colors: active)'] as const;

export class Look {
  colours = $state.raw<Colours>(colours.light);

  /** Follows the page from now on. @returns how to end it */
  follow(element: Element): () => void {
    const read = () => (this.colours = coloursOf(element));
    read();
    const queries = asked.map((query) => matchMedia(query));
    for (const query of queries) query.addEventListener('change', read);
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      for (const query of queries) query.removeEventListener('change', read);
      observer.disconnect();
    };
  }
}

function coloursOf(element: Element): Colours {
  const { color, backgroundColor } = getComputedStyle(element);
  if (matchMedia('(forced-colors: active)').matches) return forced(color, backgroundColor);
  // Words are light where the page is dark, whoever has chosen that.
  const parts = color.match(/[\d.]+/g)?.map(Number) ?? [];
  return parts[0]! > 128 ? colours.dark : colours.light;
}
