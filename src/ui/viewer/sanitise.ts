/**
 * Lets only text markup into the page. The reader's markup is safe already; this is the second lock,
 * at the place where a mistake in a reader would otherwise run.
 */
import createPurifier, { type DOMPurify } from 'dompurify';

const TAGS = (
  'h1 h2 h3 h4 h5 h6 p div section article header footer aside figure figcaption blockquote pre code ' +
  'ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td ' +
  'a span em strong b i u s del ins sub sup small mark abbr cite q kbd samp var time br hr wbr'
).split(' ');
const ATTRIBUTES = [
  'data-start',
  'data-end',
  'data-part',
  'data-address',
  'colspan',
  'rowspan',
  'scope',
  'start',
  'lang',
  'dir',
];

/** The address of a link as the browser would open it, or null if it is none that a document may lead to. */
export function address(href: string): string | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  return url && ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

/** Characters parsed between two pauses: about 30 ms of work. */
const SLICE = 200_000;

/**
 * Parses markup into a document that runs and loads nothing, letting the page breathe.
 * @throws the signal's reason when it is aborted
 */
export async function parseInert(html: string, signal: AbortSignal): Promise<HTMLElement> {
  const inert = document.implementation.createHTMLDocument();
  inert.open();
  inert.write('<!doctype html><body>');
  for (let at = 0; at < html.length; at += SLICE) {
    if (at > 0) await new Promise((resume) => setTimeout(resume));
    signal.throwIfAborted();
    inert.write(html.slice(at, at + SLICE));
  }
  inert.close();
  return inert.body;
}

/**
 * Makes a function that leaves nothing but text markup in an element of an inert document. A link keeps its address
 * in `data-address` and has no `href`: nothing but the viewer can follow it.
 */
export function cleaner(): (element: HTMLElement) => void {
  const purifier = prepared();
  return (element) => {
    for (const link of element.querySelectorAll('a[href]')) makeInert(link);
    purifier.sanitize(element, {
      IN_PLACE: true,
      ALLOWED_TAGS: TAGS,
      ALLOWED_ATTR: ATTRIBUTES,
      ALLOW_DATA_ATTR: false,
    });
  };
}

function makeInert(link: Element): void {
  const target = address(link.getAttribute('href') ?? '');
  link.removeAttribute('href');
  if (target === null) link.removeAttribute('data-address');
  else link.setAttribute('data-address', target);
}

/** An instance of our own, so that no hook of another part of the page changes what is let in. */
function prepared(): DOMPurify {
  const purifier = createPurifier(window);
  purifier.addHook('afterSanitizeAttributes', (node) => {
    const target = node.getAttribute('data-address');
    if (target === null) return;
    if (node.tagName !== 'A' || address(target) === null) {
      node.removeAttribute('data-address');
      return;
    }
    node.setAttribute('role', 'link');
    node.setAttribute('tabindex', '0');
  });
  return purifier;
}
