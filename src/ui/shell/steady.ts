/** Keeps what is being read at its height when the place it is read in begins lower or higher than before. */
import type { Attachment } from 'svelte/attachments';

/** For an element that scrolls: a notice that comes or goes above it then moves nothing in it. */
export const steady: Attachment<HTMLElement> = (element) => {
  let top = element.getBoundingClientRect().top;
  const observer = new ResizeObserver(() => {
    // of a hidden tab nothing can be told
    if (element.clientHeight === 0) return;
    const now = element.getBoundingClientRect().top;
    element.scrollTop += now - top;
    top = now;
  });
  observer.observe(element);
  return () => observer.disconnect();
};
