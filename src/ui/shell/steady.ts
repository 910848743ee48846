/** Keeps what is being read at its height when the place it is read in begins lower or higher than before. */
import type { Attachment } from 'svelte/attachments';

/** For an element that scrolls: a notice that comes or goes above it then moves nothing in it. */
export const steady: Attachment<HTMLElement> = (element) => {
  let { top, width } = element.getBoundingClientRect();
  const observer = new ResizeObserver(() => {
    // of a hidden tab nothing can be told
    if (element.clientHeight === 0) return;
    const before = { top, width };
    ({ top, width } = element.getBoundingClientRect());
    // at another width the text is laid out anew, and whoever did that sees to its place
    if (width === before.width) element.scrollTop += top - before.top;
  });
  observer.observe(element);
  return () => observer.disconnect();
};
