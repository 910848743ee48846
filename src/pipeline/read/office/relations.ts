/** The relations of a file in an Office archive: which other file each id stands for. */
import { elementsOf } from './xml.ts';
import type { Package } from './package.ts';

export interface Relation {
  readonly id: string;
  /** The last segment of its type: `slide`, `notesSlide`, `hyperlink`. */
  readonly type: string;
  /** A path in the archive, or an address where it is external. */
  readonly target: string;
  readonly external: boolean;
}

/** By id; empty where the file has none. @throws Error where they are damaged */
export function relationsOf(archive: Package, path: string): ReadonlyMap<string, Relation> {
  const slash = path.lastIndexOf('/') + 1;
  const root = archive.xml(`${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`);
  const relations = new Map<string, Relation>();
  for (const { attributes } of root === null ? [] : elementsOf(elementsOf(root)[0] ?? root)) {
    const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
    const external = attributes.TargetMode === 'External';
    relations.set(id, {
      id,
      type: type.slice(type.lastIndexOf('/') + 1),
      target: external ? target : resolve(path.slice(0, slash), target),
      external,
    });
  }
  return relations;
}

/** The first relation of a type. */
export function relationOf(relations: ReadonlyMap<string, Relation>, type: string): Relation | undefined {
  return [...relations.values()].find((relation) => relation.type === type);
}

function resolve(folder: string, target: string): string {
  const segments = target.startsWith('/') ? [] : folder.split('/').filter((segment) => segment !== '');
  for (const segment of target.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}
