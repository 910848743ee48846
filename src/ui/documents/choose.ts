/** Asks for files or a folder, where no input of the page is at hand. */
import { accept } from '../formats.ts';
import { chosen, type Dropped } from './dropped.ts';

/** To be called while a key or a click is being heard: browsers open nothing else. */
export function chooseFiles(what: 'files' | 'folder', onchosen: (dropped: Dropped) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  if (what === 'folder') input.webkitdirectory = true;
  else {
    input.multiple = true;
    input.accept = accept;
  }
  input.addEventListener('change', () => onchosen(chosen(input.files ?? [])));
  input.click();
}
