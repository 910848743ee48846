/** Title, author and date as an Office file's own properties give them. */
import { descendants, textOf } from './xml.ts';
import type { Package } from './package.ts';
import type { XmlElement } from './xml.ts';

export interface Properties {
  readonly title: string;
  readonly author: string;
  /** ISO 8601, the day; '' where there is none. */
  readonly date: string;
}

const NONE: Properties = { title: '', author: '', date: '' };

/** Of an Office Open XML package. */
export function coreProperties(archive: Package): Properties {
  return propertiesIn(archive, 'docProps/core.xml');
}

/** Of an OpenDocument package. */
export function metaProperties(archive: Package): Properties {
  return propertiesIn(archive, 'meta.xml');
}

function propertiesIn(archive: Package, path: string): Properties {
  try {
    const root = archive.xml(path);
    return root === null ? NONE : propertiesOf(root);
  } catch {
    // The text can be read without them.
    return NONE;
  }
}

/** The last change counts as the date: templates carry the day on which they were made. */
export function propertiesOf(root: XmlElement): Properties {
  const first = (...names: readonly string[]): string => {
    for (const name of names) {
      const text = textOf(descendants(root, name)[0]).trim();
      if (text !== '') return text;
    }
    return '';
  };
  const date = /^\d{4}-\d{2}-\d{2}/.exec(first('modified', 'date', 'created', 'creation-date'))?.[0] ?? '';
  return { title: first('title'), author: first('initial-creator', 'creator'), date };
}
