/** The arrows lead from the search field through what was found and back; Enter in the field opens the first passage. */

const FOUND = '[data-found]';
const FIELD = '[data-search]';

export function stepThrough(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const { key, target, currentTarget } = event;
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || !(target instanceof HTMLElement)) return;
  const field = currentTarget.querySelector<HTMLElement>(FIELD);
  const found = [...currentTarget.querySelectorAll<HTMLElement>(FOUND)];
  const at = found.indexOf(target);
  if (target !== field && at < 0) return;
  const next = {
    ArrowDown: found[at + 1],
    ArrowUp: at === 0 ? field : found[at - 1],
    Home: at < 0 ? null : found[0],
    End: at < 0 ? null : found.at(-1),
    Escape: at < 0 ? null : field,
  }[key];
  if (next) {
    event.preventDefault();
    next.focus();
  } else if (key === 'Enter' && at < 0) {
    event.preventDefault();
    (currentTarget.querySelector<HTMLElement>(`li ${FOUND}`) ?? found[0])?.click();
  }
}
