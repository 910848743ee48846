/** Lists as markup nests them, out of items that only know how deep they stand. */
import type { Container } from './writer.ts';

/** The lists and their entries around an item, those of the item before kept where it goes on in them. */
export function listFor(
  item: { readonly list: 'ul' | 'ol'; readonly level: number },
  open: readonly Container[],
  mostLevels: number,
): Container[] {
  const level = Math.min(item.level, mostLevels);
  const list = open.slice(0, level * 2 + 1);
  // A list of the other kind is another list.
  if (list.length === level * 2 + 1 && list[level * 2]!.tag !== item.list) list.pop();
  while (list.length < level * 2) list.push({ tag: list.length % 2 === 0 ? item.list : 'li' });
  if (list.length === level * 2) list.push({ tag: item.list });
  return [...list, { tag: 'li' }];
}
